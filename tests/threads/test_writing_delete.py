"""Deleting a post, and bringing it back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.core import clock
from forum.extensions import db
from forum.jobs import outbox as outbox_jobs
from forum.threads.actions.deleting import FORGET, KEPT_AFTER_DELETION
from forum.threads.actions.editing import edit_post
from forum.threads.actions.moderating import remove_post, remove_thread
from forum.threads.actions.reacting import react
from forum.threads.actions.replying import post_reply
from forum.threads.models import (
    Post,
    PostMention,
    PostQuote,
    PostReaction,
    PostRevision,
    Reaction,
    Thread,
)
from tests import cast
from tests.threads.page import Page

WORDS = "the words of a tired night"


@pytest.fixture
def thread(caregiver: Member) -> Thread:
    return cast.make_thread("after-cart", caregiver)


@pytest.fixture
def post(thread: Thread, patient: Member) -> Post:
    return post_reply(cast.viewer_of(patient), thread, body=WORDS)


def delete(client: cast.Browser, post: Post) -> Any:
    return cast.form_post(client, f"/posts/{post.id}/delete")


def restore(client: cast.Browser, post: Post) -> Any:
    return cast.form_post(client, f"/posts/{post.id}/restore")


def test_a_deleted_post_leaves_a_quiet_mark(
    app: Flask, sign_in: Any, thread: Thread, post: Post, patient: Member, caregiver: Member
) -> None:
    answer = delete(sign_in(patient), post)
    assert answer.status_code == 303
    address = f"/threads/{thread.id}-{thread.slug}"
    assert answer.headers["Location"] == f"{address}#post-2"
    page = Page(sign_in(caregiver).get(address))
    assert "deleted by its author" in page.post(2)
    assert WORDS not in page.html
    assert "Maple" not in page.html


def test_the_counters_follow(
    app: Flask, sign_in: Any, thread: Thread, post: Post, patient: Member
) -> None:
    began = thread.created_at
    browser = sign_in(patient)
    delete(browser, post)
    db.session.refresh(thread)
    assert (thread.replies, thread.waiting, thread.last_number) == (0, True, 2)
    assert thread.last_post_at == began
    restore(browser, post)
    db.session.refresh(thread)
    db.session.refresh(post)
    assert (thread.replies, thread.waiting, thread.last_number) == (1, False, 2)
    assert thread.last_post_at == post.created_at


def test_a_number_is_never_given_twice(
    app: Flask, sign_in: Any, thread: Thread, post: Post, patient: Member, caregiver: Member
) -> None:
    delete(sign_in(patient), post)
    later = post_reply(cast.viewer_of(caregiver), thread, body="Next.")
    assert later.number == 3
    assert sign_in(caregiver).get(f"/posts/{later.id}").headers["Location"].endswith("#post-3")


@pytest.mark.parametrize(("minutes", "status"), [(0, 303), (9.9, 303), (10.1, 403)])
def test_it_can_be_brought_back_for_ten_minutes(
    app: Flask, sign_in: Any, post: Post, patient: Member, minutes: float, status: int
) -> None:
    began = clock.now()
    with time_machine.travel(began, tick=False):
        delete(sign_in(patient), post)
    with time_machine.travel(began + timedelta(minutes=minutes), tick=False):
        browser = sign_in(patient)
        page = browser.get(f"/threads/{post.thread_id}").headers["Location"]
        assert ("Bring it back" in browser.get(page).text) is (status == 303)
        answer = restore(browser, post)
        assert answer.status_code == status
    db.session.refresh(post)
    assert (post.deleted_at is None) is (status == 303)


def test_nobody_else_brings_it_back(
    app: Flask, sign_in: Any, post: Post, patient: Member, caregiver: Member, moderator: Member
) -> None:
    delete(sign_in(patient), post)
    for member in (caregiver, moderator):
        assert restore(sign_in(member), post).status_code == 403


def test_a_post_that_moderators_took_down_is_not_brought_back(
    app: Flask, sign_in: Any, post: Post, patient: Member, moderator: Member
) -> None:
    browser = sign_in(patient)
    delete(browser, post)
    remove_post(cast.viewer_of(moderator), post)
    assert restore(browser, post).status_code == 403


def test_the_page_before_says_what_goes_and_what_stays(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member, patient: Member
) -> None:
    opening = cast.first_post(thread)
    browser = sign_in(caregiver)
    alone = Page(browser.get(f"/posts/{opening.id}/delete")).main
    assert "the whole conversation" in alone
    reply = cast.make_post(thread, patient)
    answered = Page(browser.get(f"/posts/{opening.id}/delete")).main
    assert f"The title “{thread.title}” and the replies stay." in answered
    other = Page(sign_in(patient).get(f"/posts/{reply.id}/delete")).main
    assert "A quiet mark stays in its place" in other


def test_an_opening_without_replies_takes_its_thread_along_and_back(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member, patient: Member
) -> None:
    opening = cast.first_post(thread)
    browser, reader = sign_in(caregiver), sign_in(patient)
    address = f"/threads/{thread.id}-{thread.slug}"
    answer = delete(browser, opening)
    assert answer.headers["Location"] == f"/posts/{opening.id}/delete"
    assert reader.get(address).status_code == browser.get(address).status_code == 404
    assert thread.title not in reader.get("/topics/after-cart").text
    undo = browser.get(answer.headers["Location"])
    assert undo.status_code == 200
    assert "Bring it back" in undo.text
    assert reader.get(answer.headers["Location"]).status_code == 404
    assert restore(reader, opening).status_code == 404
    assert restore(browser, opening).status_code == 303
    assert reader.get(address).status_code == 200


def test_the_way_back_to_a_thread_closes_after_ten_minutes(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member
) -> None:
    opening = cast.first_post(thread)
    delete(sign_in(caregiver), opening)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        browser = sign_in(caregiver)
        assert browser.get(f"/posts/{opening.id}/delete").status_code == 404
        assert restore(browser, opening).status_code == 403


def test_a_thread_that_moderators_took_down_meanwhile_stays_down(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member, moderator: Member
) -> None:
    opening = cast.first_post(thread)
    browser = sign_in(caregiver)
    delete(browser, opening)
    with time_machine.travel(clock.now() + timedelta(seconds=30)):
        assert remove_thread(cast.viewer_of(moderator), thread)
        assert not remove_thread(cast.viewer_of(moderator), thread)
        assert restore(browser, opening).status_code == 404


def test_an_opening_with_replies_leaves_the_thread(
    app: Flask, sign_in: Any, thread: Thread, post: Post, caregiver: Member, patient: Member
) -> None:
    opening = cast.first_post(thread)
    delete(sign_in(caregiver), opening)
    page = Page(sign_in(patient).get(f"/threads/{thread.id}-{thread.slug}"))
    assert thread.title in page.main
    assert "deleted by its author" in page.post(1)
    assert WORDS in page.post(2)


def test_deleting_twice_is_refused_kindly(
    app: Flask, sign_in: Any, post: Post, patient: Member
) -> None:
    browser = sign_in(patient)
    delete(browser, post)
    again = delete(browser, post)
    assert again.status_code == 403
    assert "deleted by its author" in again.text


# Forgetting


def forget(app: Flask) -> None:
    with time_machine.travel(clock.now() + KEPT_AFTER_DELETION + timedelta(minutes=1)):
        cast.elsewhere(app, outbox_jobs.drain)
    db.session.expire_all()


def test_after_thirty_days_the_words_are_nowhere(
    app: Flask, sign_in: Any, thread: Thread, patient: Member, caregiver: Member
) -> None:
    author, other = cast.viewer_of(patient), cast.viewer_of(caregiver)
    post = post_reply(author, thread, body="Nothing yet.")
    edit_post(author, post, body=f"{WORDS} @Harbor")
    edit_post(author, post, body=f"{WORDS} again @Harbor")
    react(other, post, Reaction.WITH_YOU)
    quote = f"> [Maple wrote](/posts/{post.id}):\n> {WORDS}\n\nMine."
    quoting = post_reply(other, thread, body=quote)
    former = post_reply(other, thread, body=quote)
    edit_post(other, former, body="No quote any more.")
    delete(sign_in(patient), post)
    assert [row.kind for row in cast.pending()] == [FORGET]
    forget(app)
    assert (post.body, post.html) == ("", "")
    assert post.deleted_at is not None
    assert quoting.body == f"> [Maple wrote](/posts/{post.id}):\n\nMine."
    for table, column in ((Post, Post.body), (Post, Post.html), (PostRevision, PostRevision.body)):
        assert db.session.scalars(select(table).where(column.contains(WORDS))).all() == []
    for left in (PostMention, PostReaction):
        assert db.session.scalars(select(left)).all() == []
    page = Page(sign_in(caregiver).get(f"/threads/{thread.id}-{thread.slug}"))
    assert "deleted by its author" in page.post(post.number)


def test_a_post_that_was_brought_back_is_not_forgotten(
    app: Flask, sign_in: Any, post: Post, patient: Member
) -> None:
    browser = sign_in(patient)
    delete(browser, post)
    restore(browser, post)
    forget(app)
    assert post.body == WORDS


def test_a_post_deleted_again_is_kept_for_its_last_deletion(
    app: Flask, sign_in: Any, post: Post, patient: Member
) -> None:
    browser = sign_in(patient)
    delete(browser, post)
    restore(browser, post)
    with time_machine.travel(clock.now() + timedelta(days=20)):
        delete(sign_in(patient), post)
    forget(app)
    assert post.body == WORDS
    with time_machine.travel(clock.now() + timedelta(days=21)):
        forget(app)
    assert post.body == ""


def test_the_title_of_a_thread_that_went_along_is_forgotten(
    app: Flask, sign_in: Any, caregiver: Member
) -> None:
    thread = cast.make_thread("after-cart", caregiver, title="About my father")
    delete(sign_in(caregiver), cast.first_post(thread))
    forget(app)
    assert "father" not in thread.title + thread.slug
    assert db.session.scalars(select(PostQuote)).all() == []
