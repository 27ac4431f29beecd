"""Names: who writes without theirs cannot be found out from any page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from forum.accounts.models import Block, Member
from forum.core import clock
from forum.extensions import db
from forum.threads.models import Post, Thread, ThreadAlias
from tests import cast
from tests.threads.page import Page

Make = Callable[..., Any]
SignIn = Callable[[Member], cast.Browser]
CHANGES_WITH_EVERY_ANSWER = re.compile(r'name="(csrf_token|form_key)" value="[^"]*"')


def _address(thread: Thread) -> str:
    return f"/threads/{thread.id}-{thread.slug}"


@pytest.fixture
def first(make_member: Make) -> Member:
    return make_member("Foxglove", "patient", rank="editor")


@pytest.fixture
def second(make_member: Make) -> Member:
    return make_member("Zinnia", "patient")


@pytest.fixture
def thread(caregiver: Member, first: Member, make_thread: Make, make_post: Make) -> Thread:
    """Begun and answered by `first`, who withholds their name; somebody else wrote between."""
    thread: Thread = make_thread("trials", first, audience="everyone", withheld=True)
    make_post(thread, caregiver)
    make_post(thread, first, withheld=True)
    return thread


def test_one_author_keeps_one_alias_in_a_thread(
    client: cast.Browser, patient: Member, thread: Thread, make_post: Make
) -> None:
    make_post(thread, patient, withheld=True)
    page = Page(client.get(_address(thread)))
    assert page.post(1).startswith("A Member A Patient")
    assert page.post(3).startswith("A Member A Patient")
    assert page.post(4).startswith("B Member B Patient")


def test_a_page_does_not_change_with_who_withheld_their_name(
    client: cast.Browser,
    sign_in: SignIn,
    patient: Member,
    moderator: Member,
    first: Member,
    second: Member,
    thread: Thread,
) -> None:
    """Not for visitors, members or moderators, not when they blocked the author or were blocked."""
    now = clock.now()
    db.session.add(Block(blocker_id=patient.id, blocked_id=first.id, created_at=now))
    db.session.add(Block(blocker_id=first.id, blocked_id=moderator.id, created_at=now))
    db.session.commit()
    readers = [client, sign_in(patient), sign_in(moderator)]
    paths = [_address(thread), "/threads", "/threads?view=waiting", "/topics/trials", "/"]
    before = [_source(reader, path) for reader in readers for path in paths]
    _hand_over(thread, first, second)
    after = [_source(reader, path) for reader in readers for path in paths]
    assert after == before
    assert not any("Foxglove" in source or "Zinnia" in source for source in before)


def _source(reader: cast.Browser, path: str) -> str:
    answer = reader.get(path)
    assert answer.status_code == 200
    return CHANGES_WITH_EVERY_ANSWER.sub("", answer.text)


def _hand_over(thread: Thread, giver: Member, taker: Member) -> None:
    """Make somebody else the author of everything the giver wrote in the thread."""
    thread.author_id = taker.id
    for post in db.session.query(Post).filter_by(thread_id=thread.id, author_id=giver.id):
        post.author_id = taker.id
    alias = db.session.get_one(ThreadAlias, (thread.id, giver.id))
    alias.member_id = taker.id
    db.session.commit()


def test_authors_see_which_posts_are_their_own(
    sign_in: SignIn, first: Member, thread: Thread
) -> None:
    page = Page(sign_in(first).get(_address(thread)))
    assert page.post(1).startswith("A Member A (you) Patient")
    assert "(you)" not in page.post(2)


def test_staff_show_their_rank_under_their_name_only(
    client: cast.Browser, first: Member, thread: Thread, make_post: Make
) -> None:
    make_post(thread, first)
    page = Page(client.get(_address(thread)))
    assert "Editor" in page.post(4)
    assert "Editor" not in page.post(1)


def test_members_find_the_profile_of_who_writes_under_their_name_and_visitors_do_not(
    client: cast.Browser, sign_in: SignIn, caregiver: Member, patient: Member, thread: Thread
) -> None:
    profile = "/members/Harbor"
    assert profile in Page(sign_in(patient).get(_address(thread))).addresses()
    for_visitor = Page(client.get(_address(thread)))
    assert "Harbor Caregiver" in for_visitor.post(2)
    assert profile not in for_visitor.addresses()


def test_who_left_is_a_former_member_and_an_alias_stays_an_alias(
    sign_in: SignIn,
    patient: Member,
    caregiver: Member,
    first: Member,
    thread: Thread,
) -> None:
    caregiver.erased_at = first.erased_at = clock.now()
    page = Page(sign_in(patient).get(_address(thread)))
    assert page.post(2).startswith("F Former member")
    assert page.post(1).startswith("A Member A")
    assert "Harbor" not in page.html
    assert "Patient" not in page.post(1)


def test_the_forum_itself_has_no_profile(
    sign_in: SignIn, patient: Member, make_member: Make, make_thread: Make
) -> None:
    forum = make_member("House", is_system=True)
    thread = make_thread("welcome", forum)
    page = Page(sign_in(patient).get(_address(thread)))
    assert page.post(1).startswith("H House")
    assert "/members/House" not in page.addresses()


def test_a_stranger_learns_from_no_link_that_a_name_is_a_member(
    client: cast.Browser, sign_in: SignIn, patient: Member, caregiver: Member
) -> None:
    thread = cast.make_thread("trials", patient, audience="everyone")
    cast.form_post(
        sign_in(caregiver),
        f"/threads/{thread.id}/reply",
        {"body": "I think @Maple knows, or @Nobody."},
    )
    link = '<a class="mention" href="/members/Maple">@Maple</a>'
    assert link in sign_in(patient).get(_address(thread)).get_data(as_text=True)
    page = client.get(_address(thread)).get_data(as_text=True)
    assert "I think @Maple knows, or @Nobody." in page
