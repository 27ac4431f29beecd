"""What moderators do with posts and threads, without the case around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.threads.actions import moderating
from forum.threads.actions.deleting import delete_post
from forum.threads.actions.replying import post_reply
from forum.threads.models import Post, PostRevision, Thread
from forum.topics.models import Audience
from tests import cast

ThreadVerb = Callable[[Viewer, Thread], bool]


@pytest.fixture
def staff(moderator: Member) -> Viewer:
    return cast.viewer_of(moderator)


@pytest.fixture
def thread(caregiver: Member) -> Thread:
    return cast.make_thread("after-cart", caregiver, audience="everyone")


@pytest.fixture
def reply(thread: Thread, patient: Member) -> Post:
    return cast.make_post(thread, patient, body="Call me: 555 0100.")


@pytest.mark.parametrize(
    ("column", "there", "back"),
    [
        ("hidden_at", moderating.hide_thread, moderating.show_thread),
        ("locked_at", moderating.lock_thread, moderating.unlock_thread),
        ("pinned_at", moderating.pin_thread, moderating.unpin_thread),
    ],
)
def test_a_mark_on_a_thread_is_set_and_taken_off_once(
    staff: Viewer, thread: Thread, column: str, there: ThreadVerb, back: ThreadVerb
) -> None:
    assert [there(staff, thread), there(staff, thread)] == [True, False]
    assert getattr(thread, column) is not None
    assert [back(staff, thread), back(staff, thread)] == [True, False]
    assert getattr(thread, column) is None
    assert thread.version == 3


def test_a_post_that_is_hidden_does_not_count_until_it_is_shown(
    staff: Viewer, thread: Thread, reply: Post
) -> None:
    assert [moderating.hide_post(staff, reply), moderating.hide_post(staff, reply)] == [True, False]
    assert (thread.replies, thread.waiting) == (0, True)
    assert thread.last_post_at == thread.created_at
    assert [moderating.show_post(staff, reply), moderating.show_post(staff, reply)] == [True, False]
    assert (thread.replies, thread.waiting) == (1, False)
    assert thread.last_post_at == reply.created_at


def test_what_was_taken_down_comes_back_whole(staff: Viewer, thread: Thread, reply: Post) -> None:
    assert [moderating.remove_post(staff, reply) for _ in range(2)] == [True, False]
    assert thread.replies == 0
    assert [moderating.show_post(staff, reply) for _ in range(2)] == [True, False]
    assert thread.replies == 1
    assert [moderating.remove_thread(staff, thread) for _ in range(2)] == [True, False]
    assert [moderating.show_thread(staff, thread) for _ in range(2)] == [True, False]
    assert (reply.removed_at, thread.removed_at) == (None, None)


def test_what_its_author_deleted_is_not_brought_back_by_moderators(
    staff: Viewer, caregiver: Member
) -> None:
    alone = cast.make_thread("after-cart", caregiver)
    delete_post(cast.viewer_of(caregiver), cast.first_post(alone))
    assert not moderating.show_thread(staff, alone)
    assert not moderating.show_post(staff, cast.first_post(alone))
    assert alone.removed_at is not None


def test_editing_out_keeps_the_old_text_for_moderators(
    staff: Viewer, reply: Post, moderator: Member
) -> None:
    assert moderating.edit_out(staff, reply, "Call me.")
    assert (reply.body, reply.html) == ("Call me.", "<p>Call me.</p>\n")
    revision = db.session.scalars(select(PostRevision)).one()
    assert (revision.body, revision.why) == ("Call me: 555 0100.", "by a moderator")
    assert revision.editor_id == moderator.id
    assert not moderating.edit_out(staff, reply, "Call me.")


def test_editing_out_keeps_the_names_that_the_author_linked(
    staff: Viewer, thread: Thread, patient: Member, family: Member
) -> None:
    post = post_reply(cast.viewer_of(patient), thread, body="@Lantern, call 555 0100.")
    moderating.edit_out(staff, post, "@Lantern, call me, or @Beacon.")
    assert "/members/Lantern" in post.html
    assert "/members/Beacon" not in post.html


def test_notes_of_the_opening_are_the_threads_too(
    staff: Viewer, thread: Thread, reply: Post
) -> None:
    opening = cast.first_post(thread)
    assert moderating.set_notes(staff, opening, ["death"])
    assert not moderating.set_notes(staff, opening, ["death"])
    assert opening.notes == thread.notes == {"death"}
    assert moderating.set_notes(staff, reply, ["faith"])
    assert thread.notes == {"death"}


@pytest.mark.parametrize(
    ("now", "slug", "after"),
    [
        ("everyone", "welcome", "everyone"),
        ("everyone", "after-a-loss", "members"),
        ("members", "caregivers", "caregivers"),
        ("caregivers", "welcome", "caregivers"),
    ],
)
def test_a_moved_thread_is_never_wider_than_its_topic_or_than_before(
    staff: Viewer, caregiver: Member, now: str, slug: str, after: str
) -> None:
    thread = cast.make_thread("after-cart", caregiver, audience=now)
    there = cast.topic(slug)
    assert [moderating.move_thread(staff, thread, there) for _ in range(2)] == [True, False]
    assert (thread.topic_id, thread.audience) == (there.id, after)


def test_moderators_narrow_and_never_widen(staff: Viewer, thread: Thread) -> None:
    assert moderating.narrow_audience(staff, thread, Audience.MEMBERS)
    assert not moderating.narrow_audience(staff, thread, Audience.MEMBERS)
    assert not moderating.narrow_audience(staff, thread, Audience.EVERYONE)
    assert thread.audience == "members"


def test_a_locked_thread_takes_no_reply_and_an_unlocked_one_does(
    app: Flask, sign_in: Any, staff: Viewer, thread: Thread, patient: Member
) -> None:
    browser = sign_in(patient)
    address = f"/threads/{thread.id}/reply"
    moderating.lock_thread(staff, thread)
    assert cast.form_post(browser, address, {"body": "Hello"}).status_code == 403
    moderating.unlock_thread(staff, thread)
    assert cast.form_post(browser, address, {"body": "Hello"}).status_code == 303
