"""Lists of conversations: what they offer to whom, in which order, on which page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from forum.accounts.models import Member, NoteChoice
from forum.core import clock
from forum.extensions import db
from forum.threads.models import ThreadRead
from tests import cast
from tests.threads.page import Page

MakeThread = Callable[..., Any]
SignIn = Callable[[Member], cast.Browser]


def _choose(member: Member, note: str, choice: str) -> None:
    db.session.add(NoteChoice(member_id=member.id, note=note, choice=choice))
    db.session.commit()


def _read(member: Member, thread: Any, number: int) -> None:
    row = ThreadRead(
        member_id=member.id, thread_id=thread.id, last_number=number, read_at=clock.now()
    )
    db.session.add(row)
    db.session.commit()


def _one_of_each_audience(author: Member, make_thread: MakeThread) -> None:
    make_thread("after-cart", author, title="For everyone", audience="everyone")
    make_thread("after-cart", author, title="For members", audience="members")
    make_thread("caregivers", author, title="For caregivers", audience="caregivers")


@pytest.mark.parametrize("path", ["/threads", "/"])
def test_a_list_shows_only_what_its_reader_may_open(
    path: str,
    client: cast.Browser,
    sign_in: SignIn,
    patient: Member,
    caregiver: Member,
    suspended: Member,
    moderator: Member,
    make_thread: MakeThread,
) -> None:
    _one_of_each_audience(caregiver, make_thread)
    public, for_members = {"For everyone"}, {"For everyone", "For members"}
    assert set(Page(client.get(path)).rows()) == public
    assert set(Page(sign_in(suspended).get(path)).rows()) == public
    assert set(Page(sign_in(patient).get(path)).rows()) == for_members
    assert set(Page(sign_in(caregiver).get(path)).rows()) == for_members | {"For caregivers"}
    assert set(Page(sign_in(moderator).get(path)).rows()) == for_members | {"For caregivers"}


def test_the_caregivers_view_is_for_caregivers_alone(
    client: cast.Browser,
    sign_in: SignIn,
    patient: Member,
    caregiver: Member,
    make_thread: MakeThread,
) -> None:
    _one_of_each_audience(caregiver, make_thread)
    address = "/threads?view=caregivers"
    assert Page(sign_in(caregiver).get(address)).rows() == ["For caregivers"]
    assert sign_in(patient).get(address).status_code == 404
    asked = client.get(address)
    assert asked.status_code == 302
    assert asked.location == "/sign-in?next=/threads?view%3Dcaregivers"


def test_tabs_offer_only_the_views_that_are_open(
    client: cast.Browser, sign_in: SignIn, patient: Member, caregiver: Member
) -> None:
    assert Page(client.get("/threads")).tabs() == ["Latest", "Waiting for a reply"]
    mine = ["Latest", "Waiting for a reply", "Mine"]
    assert Page(sign_in(patient).get("/threads")).tabs() == mine
    assert Page(sign_in(caregiver).get("/threads")).tabs() == [*mine, "For caregivers"]


def test_the_latest_post_comes_first(
    client: cast.Browser,
    patient: Member,
    caregiver: Member,
    make_thread: MakeThread,
    make_post: MakeThread,
) -> None:
    now = clock.now()
    old = make_thread(
        "after-cart", patient, title="Old", audience="everyone", at=now - timedelta(days=3)
    )
    make_thread("trials", patient, title="New", audience="everyone", at=now - timedelta(days=1))
    assert Page(client.get("/threads")).rows() == ["New", "Old"]
    make_post(old, caregiver, at=now)
    assert Page(client.get("/threads")).rows() == ["Old", "New"]


def test_those_who_waited_longest_for_a_first_reply_come_first(
    client: cast.Browser,
    patient: Member,
    caregiver: Member,
    make_thread: MakeThread,
    make_post: MakeThread,
) -> None:
    now = clock.now()

    def start(title: str, days: int, **how: Any) -> Any:
        at = now - timedelta(days=days)
        return make_thread("trials", patient, title=title, audience="everyone", at=at, **how)

    start("Since yesterday", 1)
    start("Since a week", 7)
    start("Closed", 5, locked_at=now)
    make_post(start("Answered", 3), caregiver)
    page = Page(client.get("/threads?view=waiting"))
    assert page.rows() == ["Since a week", "Since yesterday"]
    assert "Waiting for a reply 2" in page.tabs()


def test_mine_are_the_conversations_i_started_or_wrote_in(
    sign_in: SignIn,
    patient: Member,
    caregiver: Member,
    make_thread: MakeThread,
    make_post: MakeThread,
) -> None:
    make_thread("trials", patient, title="Started by me")
    make_thread("trials", caregiver, title="Not mine")
    make_post(make_thread("trials", caregiver, title="Answered by me"), patient, withheld=True)
    rows = Page(sign_in(patient).get("/threads?view=followed")).rows()
    assert set(rows) == {"Started by me", "Answered by me"}


def test_pages_of_25_keep_their_view_and_end_where_the_list_ends(
    client: cast.Browser, patient: Member, make_thread: MakeThread
) -> None:
    for number in range(26):
        make_thread("trials", patient, title=f"Number {number}", audience="everyone")
    first = Page(client.get("/threads?view=waiting"))
    second = Page(client.get("/threads?view=waiting&page=2"))
    assert len(first.rows()) == 25
    assert len(second.rows()) == 1
    assert set(first.rows()).isdisjoint(second.rows())
    assert first.targets("Next") == ["/threads?view=waiting&page=2"]
    assert second.targets("Previous") == ["/threads?view=waiting"]


@pytest.mark.parametrize(
    "query", ["page=2", "page=0", "page=-1", "page=x", "page=9999999999", "view=popular"]
)
def test_a_page_or_view_that_is_not_there_is_not_found(client: cast.Browser, query: str) -> None:
    assert client.get(f"/threads?{query}").status_code == 404


def test_hidden_and_removed_conversations_are_in_no_list(
    client: cast.Browser,
    sign_in: SignIn,
    patient: Member,
    moderator: Member,
    make_thread: MakeThread,
) -> None:
    for mark in ("hidden_at", "removed_at"):
        make_thread("trials", patient, audience="everyone", **{mark: clock.now()})
    for reader in (client, sign_in(patient), sign_in(moderator)):
        assert Page(reader.get("/threads")).rows() == []
        assert Page(reader.get("/topics/trials")).rows() == []


def test_a_note_i_chose_to_hide_takes_the_conversation_out_of_lists_and_counts(
    client: cast.Browser,
    sign_in: SignIn,
    patient: Member,
    caregiver: Member,
    make_thread: MakeThread,
) -> None:
    death, both = frozenset({"death"}), frozenset({"death", "faith"})
    make_thread("trials", caregiver, title="On dying", audience="everyone", notes=both)
    make_thread("trials", caregiver, title="On trials", audience="everyone")
    make_thread("trials", patient, title="My own", audience="everyone", notes=death)
    _choose(patient, "death", "hide")
    page = Page(sign_in(patient).get("/threads?view=waiting"))
    assert set(page.rows()) == {"On trials", "My own"}
    assert "Waiting for a reply 2" in page.tabs()
    assert "Death, dying or hospice" in Page(client.get("/threads")).row("On dying")


def test_a_row_names_its_author_and_links_to_them_for_members_only(
    client: cast.Browser, sign_in: SignIn, patient: Member, make_thread: MakeThread
) -> None:
    make_thread("trials", patient, audience="everyone")
    for_visitors, for_members = Page(client.get("/threads")), Page(sign_in(patient).get("/threads"))
    assert "Maple Patient in Clinical trials" in for_visitors.row("Waiting for the scan")
    assert "/members/Maple" not in for_visitors.addresses()
    assert for_members.targets("Maple") == ["/members/Maple"]


def test_a_row_of_somebody_without_their_name_gives_no_hint(
    client: cast.Browser,
    sign_in: SignIn,
    patient: Member,
    caregiver: Member,
    moderator: Member,
    make_thread: MakeThread,
) -> None:
    make_thread("trials", caregiver, audience="everyone", withheld=True)
    for reader in (client, sign_in(patient), sign_in(moderator)):
        page = Page(reader.get("/threads"))
        assert "Name withheld Caregiver" in page.row("Waiting for the scan")
        assert "Harbor" not in page.html
    assert "Name withheld (you)" in Page(sign_in(caregiver).get("/threads")).main


def test_a_row_of_somebody_who_left_says_former_member(
    sign_in: SignIn, patient: Member, make_member: MakeThread, make_thread: MakeThread
) -> None:
    gone = make_member("gone-17", erased_at=clock.now())
    make_thread("trials", gone)
    page = Page(sign_in(patient).get("/threads"))
    assert "Former member in Clinical trials" in page.row("Waiting for the scan")
    assert "gone-17" not in page.html


def test_a_row_counts_what_is_new_and_leads_to_the_first_unread_post(
    sign_in: SignIn,
    patient: Member,
    caregiver: Member,
    make_thread: MakeThread,
    make_post: MakeThread,
) -> None:
    thread = make_thread("trials", caregiver)
    for _ in range(24):
        make_post(thread, caregiver)
    _read(patient, thread, 20)
    page = Page(sign_in(patient).get("/threads"))
    assert "5 new" in page.row("Waiting for the scan")
    address = f"/threads/{thread.id}-{thread.slug}?page=2#post-21"
    assert page.targets("Waiting for the scan") == [address]


def test_a_conversation_is_new_to_members_who_were_here_when_it_began_and_did_not_open_it(
    client: cast.Browser,
    sign_in: SignIn,
    patient: Member,
    newcomer: Member,
    caregiver: Member,
    make_thread: MakeThread,
) -> None:
    make_thread("trials", caregiver, audience="everyone")

    def row(reader: cast.Browser) -> str:
        return Page(reader.get("/threads")).row("Waiting for the scan")

    assert row(sign_in(patient)).startswith("Waiting for the scan New")
    for other in (client, sign_in(newcomer), sign_in(caregiver)):
        assert "New" not in row(other)


def test_lists_for_visitors_may_be_found_and_set_no_cookie_but_lists_for_members_may_not(
    client: cast.Browser, sign_in: SignIn, patient: Member
) -> None:
    for path in ("/", "/threads", "/threads?view=waiting", "/topics", "/topics/trials"):
        found = client.get(path)
        assert "X-Robots-Tag" not in found.headers
        assert "Set-Cookie" not in found.headers
        assert Page(found).canonical() == f"{cast.SITE_URL}{path}"
        assert "noindex" in sign_in(patient).get(path).headers["X-Robots-Tag"]
