"""One conversation: who may open it, where a post stands, what is there and what is gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from forum.accounts.models import Member
from forum.core import clock
from forum.extensions import db
from forum.threads.models import PostReaction
from tests import cast
from tests.threads.page import Page

Make = Callable[..., Any]
SignIn = Callable[[Member], cast.Browser]


def _address(thread: Any, query: str = "") -> str:
    return f"/threads/{thread.id}-{thread.slug}{query}"


@pytest.fixture
def thread(caregiver: Member, make_thread: Make) -> Any:
    return make_thread("bispecifics", caregiver, audience="everyone", body="The first words.")


@pytest.fixture
def long_thread(thread: Any, caregiver: Member, make_post: Make) -> Any:
    """45 posts, on three pages."""
    for number in range(2, 46):
        make_post(thread, caregiver, body=f"These are the words of post {number}.")
    return thread


@pytest.mark.parametrize(
    ("audience", "visitor", "suspended_status", "patient_status", "caregiver_status"),
    [
        ("everyone", 200, 200, 200, 200),
        ("members", 404, 404, 200, 200),
        ("caregivers", 404, 404, 404, 200),
    ],
)
def test_a_conversation_opens_for_its_audience_and_is_not_found_by_others(
    audience: str,
    visitor: int,
    suspended_status: int,
    patient_status: int,
    caregiver_status: int,
    client: cast.Browser,
    sign_in: SignIn,
    suspended: Member,
    patient: Member,
    caregiver: Member,
    thread: Any,
) -> None:
    thread.audience = audience
    for address in (_address(thread), f"/threads/{thread.id}-wrong", f"/posts/{_first(thread)}"):
        found = [
            reader.get(address, follow_redirects=True).status_code
            for reader in (client, sign_in(suspended), sign_in(patient), sign_in(caregiver))
        ]
        assert found == [visitor, suspended_status, patient_status, caregiver_status]


def _first(thread: Any) -> int:
    return cast.first_post(thread).id


@pytest.mark.parametrize("number", ["999", "0", "9223372036854775808", "99999999999999999999999"])
def test_a_conversation_or_post_that_is_not_there_is_not_found(
    client: cast.Browser, number: str
) -> None:
    for address in (f"/threads/{number}-x", f"/threads/{number}", f"/posts/{number}"):
        assert client.get(address).status_code == 404


def test_a_wrong_or_missing_slug_leads_to_the_right_one_with_its_page(
    client: cast.Browser, long_thread: Any
) -> None:
    for given in ("", "-", "-another-title"):
        answer = client.get(f"/threads/{long_thread.id}{given}?page=2")
        assert answer.status_code == 301
        assert answer.location == _address(long_thread, "?page=2")
    assert client.get(f"/threads/{long_thread.id}").location == _address(long_thread)


def test_post_n_stands_on_page_n_divided_by_20_whatever_was_deleted_before_it(
    client: cast.Browser, long_thread: Any
) -> None:
    wanted = cast.post_number(long_thread, 21)
    for number in (1, 5, 20):
        cast.post_number(long_thread, number).deleted_at = clock.now()
    answer = client.get(f"/posts/{wanted.id}")
    assert answer.status_code == 302
    assert answer.location == _address(long_thread, "?page=2#post-21")
    page = Page(client.get(_address(long_thread, "?page=2")))
    assert "These are the words of post 21." in page.post(21)
    assert not page.has("post-20")
    assert not page.has("post-41")


def test_pages_end_where_the_conversation_ends(client: cast.Browser, long_thread: Any) -> None:
    last = Page(client.get(_address(long_thread, "?page=3")))
    assert "These are the words of post 45." in last.post(45)
    assert "Next" not in last.main
    for query in ("?page=4", "?page=0", "?page=two"):
        assert client.get(_address(long_thread, query)).status_code == 404


def test_what_is_gone_leaves_a_quiet_mark_and_no_words_or_name(
    client: cast.Browser,
    sign_in: SignIn,
    caregiver: Member,
    patient: Member,
    thread: Any,
    make_post: Make,
) -> None:
    now = clock.now()
    for mark in ("deleted_at", "hidden_at", "removed_at"):
        make_post(thread, patient, body=f"Words that are gone: {mark}.", **{mark: now})
    for reader in (client, sign_in(caregiver)):
        page = Page(reader.get(_address(thread)))
        assert "This post was deleted by its author." in page.post(2)
        assert "This post is hidden while moderators look at it." in page.post(3)
        assert "Moderators have taken this post down." in page.post(4)
        assert "Words that are gone" not in page.html
        assert "Maple" not in page.html


def test_authors_still_read_their_hidden_post_but_not_their_removed_one(
    sign_in: SignIn, patient: Member, thread: Any, make_post: Make
) -> None:
    make_post(thread, patient, body="Hidden words.", hidden_at=clock.now())
    make_post(thread, patient, body="Removed words.", removed_at=clock.now())
    page = Page(sign_in(patient).get(_address(thread)))
    assert "Only you and they can read it. Hidden words." in page.post(2)
    assert "Removed words." not in page.html


def test_moderators_read_hidden_and_removed_posts_behind_a_fold(
    sign_in: SignIn, patient: Member, moderator: Member, thread: Any, make_post: Make
) -> None:
    make_post(thread, patient, body="Hidden words.", hidden_at=clock.now())
    make_post(thread, patient, body="Removed words.", removed_at=clock.now())
    make_post(thread, patient, body="Deleted words.", deleted_at=clock.now())
    page = Page(sign_in(moderator).get(_address(thread)))
    for number, text in ((2, "Hidden words."), (3, "Removed words.")):
        folded = next(page.within(f"post-{number}").iter("details"))
        assert folded.get("open") is None
        assert text in "".join(folded.itertext())
    assert "Deleted words." not in page.html


def test_authors_may_bring_back_a_post_for_ten_minutes(
    sign_in: SignIn, patient: Member, thread: Any, make_post: Make
) -> None:
    now = clock.now()
    make_post(thread, patient, deleted_at=now - timedelta(minutes=9))
    make_post(thread, patient, deleted_at=now - timedelta(minutes=11))
    page = Page(sign_in(patient).get(_address(thread)))
    assert "You deleted this post." in page.post(2)
    assert "Bring it back" in page.post(2)
    assert "Bring it back" not in page.post(3)


def test_a_hidden_conversation_is_there_for_its_author_and_moderators_with_a_notice(
    client: cast.Browser,
    sign_in: SignIn,
    caregiver: Member,
    patient: Member,
    moderator: Member,
    thread: Any,
) -> None:
    thread.hidden_at = clock.now()
    for reader in (sign_in(caregiver), sign_in(moderator)):
        answer = reader.get(_address(thread))
        assert "This conversation is hidden for now" in Page(answer).main
        assert f"/threads/{thread.id}/reply" not in answer.text
    for reader in (client, sign_in(patient)):
        assert reader.get(_address(thread)).status_code == 404


def test_a_removed_conversation_is_there_for_moderators_alone(
    sign_in: SignIn, caregiver: Member, moderator: Member, thread: Any
) -> None:
    thread.removed_at = clock.now()
    assert "taken down" in Page(sign_in(moderator).get(_address(thread))).main
    assert sign_in(caregiver).get(_address(thread)).status_code == 404


def test_a_closed_conversation_says_so_instead_of_offering_to_answer(
    sign_in: SignIn, patient: Member, thread: Any
) -> None:
    thread.locked_at = clock.now()
    page = Page(sign_in(patient).get(_address(thread)))
    assert "This conversation is closed to new replies." in page.main
    assert f"/threads/{thread.id}/reply" not in page.html


def test_visitors_are_asked_to_join_and_come_back_to_this_page(
    client: cast.Browser, long_thread: Any
) -> None:
    page = Page(client.get(_address(long_thread, "?page=2")))
    card = page.addresses(page.within("reply"))
    back = f"/sign-in?next=/threads/{long_thread.id}-{long_thread.slug}%3Fpage%3D2"
    assert card == ["/join", back]


def test_each_reader_is_offered_what_the_rules_allow_them(
    client: cast.Browser,
    sign_in: SignIn,
    caregiver: Member,
    patient: Member,
    moderator: Member,
    suspended: Member,
    thread: Any,
) -> None:
    def offered(reader: cast.Browser) -> set[str]:
        page = Page(reader.get(_address(thread)))
        links = page.within("post-1").iter("a")
        forms = page.within("post-1").iter("form")
        addresses = [each.get("href", "") for each in links]
        addresses += [each.get("action", "") for each in forms]
        known = ("edit", "delete", "report", "reactions", "moderation", "quote")
        return {word for word in known for address in addresses if word in address}

    assert offered(client) == set()
    assert offered(sign_in(suspended)) == set()
    assert offered(sign_in(patient)) == {"report", "reactions", "quote"}
    assert offered(sign_in(caregiver)) == {"edit", "delete", "quote"}
    assert offered(sign_in(moderator)) == {"report", "reactions", "quote", "moderation"}


def test_reactions_are_words_with_how_many_said_them(
    client: cast.Browser, sign_in: SignIn, caregiver: Member, patient: Member, thread: Any
) -> None:
    post_id = _first(thread)
    for member, kind in ((patient, "with_you"), (caregiver, "with_you"), (patient, "helpful")):
        row = PostReaction(post_id=post_id, member_id=member.id, kind=kind, created_at=clock.now())
        db.session.add(row)
    db.session.commit()
    assert "With you 2 Helpful 1" in Page(client.get(_address(thread))).post(1)
    page = Page(sign_in(patient).get(_address(thread)))
    pressed = [each.get("aria-pressed") for each in page.within("post-1").iter("button")]
    assert pressed == ["true", "false", "true"]
    assert "With you 2 Same here Helpful 1" in page.post(1)


def test_an_edited_post_says_so_and_leads_to_its_history_while_that_is_open(
    client: cast.Browser, sign_in: SignIn, patient: Member, thread: Any
) -> None:
    post = cast.first_post(thread)
    post.edited_at = clock.now() - timedelta(hours=23)
    history = f"/posts/{post.id}/history"
    for_member = sign_in(patient)
    assert history in Page(for_member.get(_address(thread))).addresses()
    for_visitor = Page(client.get(_address(thread)))
    assert "Edited" in for_visitor.post(1)
    assert history not in for_visitor.addresses()
    post.edited_at = clock.now() - timedelta(hours=25)
    later = Page(for_member.get(_address(thread)))
    assert "Edited" in later.post(1)
    assert history not in later.addresses()


def test_only_what_everybody_may_read_may_be_found(
    client: cast.Browser, sign_in: SignIn, patient: Member, long_thread: Any
) -> None:
    found = client.get(_address(long_thread, "?page=2&show=3"))
    assert "X-Robots-Tag" not in found.headers
    assert "Set-Cookie" not in found.headers
    assert found.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert Page(found).canonical() == cast.SITE_URL + _address(long_thread, "?page=2")
    long_thread.audience = "members"
    unfound = sign_in(patient).get(_address(long_thread))
    assert "noindex" in unfound.headers["X-Robots-Tag"]
    assert unfound.headers["Referrer-Policy"] == "no-referrer"
    assert Page(unfound).canonical() == ""


def test_a_search_engine_may_quote_the_opening_but_not_what_carries_a_note(
    client: cast.Browser, thread: Any
) -> None:
    quoted = '<meta name="description" content="The first words.">'
    assert quoted in client.get(_address(thread)).text
    thread.notes = frozenset({"death"})
    assert '<meta name="description"' not in client.get(_address(thread)).text


def test_the_way_back_and_what_is_related_stand_beside_the_conversation(
    client: cast.Browser, thread: Any
) -> None:
    page = Page(client.get(_address(thread)))
    assert page.targets("Bispecific antibodies") == ["/topics/bispecifics"]
    related = page.addresses(page.within("related"))
    assert "/topics/talvey-side-effects" in related
    assert "/topics/caregivers" not in related
