"""What becomes of quotes when the quoted post goes, comes back or gets another author's name."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.events import UsernameChanged
from forum.accounts.models import Block, FormerUsername, Member
from forum.core import clock
from forum.core.events import publish
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.jobs import outbox as outbox_jobs
from forum.threads import jobs
from forum.threads.actions import moderating
from forum.threads.actions.deleting import delete_post, restore_post
from forum.threads.actions.editing import edit_post
from forum.threads.actions.narrowing import narrow_audience
from forum.threads.actions.redrawing import rerender_batch
from forum.threads.actions.replying import post_reply
from forum.threads.models import Post, PostQuote, Thread
from forum.topics.models import Audience
from tests import cast
from tests.threads.page import Page

WORDS = "the quoted words"


@pytest.fixture
def thread(caregiver: Member) -> Thread:
    return cast.make_thread("after-cart", caregiver)


@pytest.fixture
def source(thread: Thread, patient: Member) -> Post:
    return cast.make_post(thread, patient, body=WORDS)


@pytest.fixture
def quoting(thread: Thread, source: Post, caregiver: Member) -> Post:
    body = f"> [Maple wrote](/posts/{source.id}):\n> {WORDS}\n\nMy answer to @Maple."
    return post_reply(cast.viewer_of(caregiver), thread, body=body)


@pytest.fixture
def author(patient: Member) -> Viewer:
    return cast.viewer_of(patient)


@pytest.fixture
def staff(moderator: Member) -> Viewer:
    return cast.viewer_of(moderator)


def shown(post: Post) -> str:
    db.session.refresh(post)
    return post.html


def test_a_deleted_post_goes_from_its_quotes_and_comes_back(
    app: Flask, thread: Thread, source: Post, quoting: Post, author: Viewer
) -> None:
    before = shown(quoting)
    assert WORDS in before
    version = thread.version
    delete_post(author, source)
    assert WORDS not in shown(quoting)
    assert "This post was deleted by its author." in shown(quoting)
    assert "My answer to" in shown(quoting)
    assert thread.version > version
    restore_post(author, source)
    assert shown(quoting) == before


def test_a_hidden_and_a_removed_post_go_from_their_quotes(
    app: Flask, source: Post, quoting: Post, staff: Viewer
) -> None:
    before = shown(quoting)
    assert moderating.hide_post(staff, source)
    assert WORDS not in shown(quoting)
    assert "hidden while moderators look at it" in shown(quoting)
    assert moderating.show_post(staff, source)
    assert shown(quoting) == before
    assert moderating.remove_post(staff, source)
    assert WORDS not in shown(quoting)
    assert "Moderators have taken this post down." in shown(quoting)


@pytest.fixture
def elsewhere(source: Post, caregiver: Member) -> Post:
    other = cast.make_thread("welcome", caregiver)
    body = f"> [Maple wrote](/posts/{source.id}):\n> {WORDS}\n\nSaid there."
    return post_reply(cast.viewer_of(caregiver), other, body=body)


def test_a_hidden_thread_goes_from_quotes_in_other_threads(
    app: Flask, thread: Thread, quoting: Post, elsewhere: Post, staff: Viewer
) -> None:
    before, within = shown(elsewhere), shown(quoting)
    moderating.hide_thread(staff, thread)
    assert WORDS not in shown(elsewhere)
    assert "Maple" not in shown(elsewhere)
    assert shown(quoting) == within
    moderating.show_thread(staff, thread)
    assert shown(elsewhere) == before
    moderating.remove_thread(staff, thread)
    assert WORDS not in shown(elsewhere)


def test_a_thread_for_fewer_readers_goes_from_quotes_with_more(
    app: Flask, thread: Thread, quoting: Post, elsewhere: Post, caregiver: Member
) -> None:
    within = shown(quoting)
    narrow_audience(cast.viewer_of(caregiver), thread, Audience.CAREGIVERS)
    assert WORDS not in shown(elsewhere)
    assert "Maple" not in shown(elsewhere)
    assert shown(quoting) == within


def test_the_edit_form_does_not_bring_gone_words_back(
    app: Flask, sign_in: Any, source: Post, quoting: Post, author: Viewer, caregiver: Member
) -> None:
    delete_post(author, source)
    browser = sign_in(caregiver)
    page = Page(browser.get(f"/posts/{quoting.id}/edit"))
    assert WORDS not in page.html
    assert "My answer to @Maple." in (page.within("body").text or "")


def test_the_history_does_not_bring_gone_words_back(
    app: Flask,
    sign_in: Any,
    source: Post,
    quoting: Post,
    author: Viewer,
    caregiver: Member,
    moderator: Member,
) -> None:
    edit_post(cast.viewer_of(caregiver), quoting, body="Only this.")
    address = f"/posts/{quoting.id}/history"
    assert WORDS in sign_in(moderator).get(address).text
    delete_post(author, source)
    for member in (caregiver, moderator):
        page = sign_in(member).get(address)
        assert page.status_code == 200
        assert WORDS not in page.text
        assert "Only this." in page.text


def test_a_block_made_later_does_not_undo_a_link(
    app: Flask, source: Post, quoting: Post, author: Viewer, caregiver: Member, patient: Member
) -> None:
    db.session.add(Block(blocker_id=patient.id, blocked_id=caregiver.id, created_at=clock.now()))
    delete_post(author, source)
    assert 'href="/members/Maple"' in shown(quoting)


def rename(member: Member, username: str) -> None:
    db.session.add(
        FormerUsername(
            username_key=member.username_key, member_id=member.id, given_up_at=clock.now()
        )
    )
    member.username, member.username_key = username, username.casefold()
    db.session.flush()
    publish(UsernameChanged(member.id))


def test_a_new_name_comes_to_mentions_and_quotes(
    app: Flask, quoting: Post, elsewhere: Post, patient: Member, letters: Any
) -> None:
    rename(patient, "Linden")
    cast.elsewhere(app, outbox_jobs.drain)
    for post in (quoting, elsewhere):
        assert "Maple" not in shown(post)
        assert "Linden</a> wrote:" in shown(post)
    assert '<a class="mention" href="/members/Linden">@Linden</a>' in shown(quoting)


def test_a_new_name_is_brought_in_batches(
    app: Flask, thread: Thread, source: Post, patient: Member, monkeypatch: Any, caregiver: Member
) -> None:
    monkeypatch.setattr(jobs, "BATCH", 2)
    actor = cast.viewer_of(caregiver)
    posts = [post_reply(actor, thread, body=f"@Maple {number}") for number in range(5)]
    rename(patient, "Linden")
    assert cast.elsewhere(app, outbox_jobs.drain) == 3
    assert all("/members/Linden" in shown(post) for post in posts)
    assert cast.pending() == []


def test_a_new_name_does_not_come_to_posts_without_name(
    app: Flask, sign_in: Any, thread: Thread, patient: Member, caregiver: Member
) -> None:
    withheld = post_reply(cast.viewer_of(patient), thread, body=WORDS, withhold_name=True)
    body = f"> [Member A wrote](/posts/{withheld.id}):\n> {WORDS}\n\nYes."
    quoting = post_reply(cast.viewer_of(caregiver), thread, body=body)
    rename(patient, "Linden")
    cast.elsewhere(app, outbox_jobs.drain)
    assert "Member A</a> wrote:" in shown(quoting)
    assert "Linden" not in shown(quoting)


def test_an_older_renderers_posts_are_drawn_anew_in_batches(
    app: Flask, thread: Thread, source: Post, quoting: Post
) -> None:
    expected = {post.id: post.html for post in db.session.scalars(select(Post))}
    for post in db.session.scalars(select(Post)):
        post.html, post.markup_version = "<p>old</p>", 0
    db.session.flush()
    assert [rerender_batch(2), rerender_batch(2), rerender_batch(2)] == [2, 1, 0]
    db.session.expire_all()
    assert {post.id: post.html for post in db.session.scalars(select(Post))} == expected
    noted = select(PostQuote.quoted_id).where(PostQuote.post_id == quoting.id)
    assert db.session.scalars(noted).all() == [source.id]


def test_drawing_anew_takes_as_many_queries_for_many_posts(
    app: Flask, thread: Thread, caregiver: Member, count_queries: Any
) -> None:
    def outdated(number: int) -> None:
        for _ in range(number):
            cast.make_post(thread, caregiver, body="Plain words.")
        for post in db.session.scalars(select(Post)):
            post.markup_version = 0
        db.session.commit()

    outdated(3)
    with count_queries() as few:
        rerender_batch(500)
    outdated(40)
    with count_queries() as many:
        rerender_batch(500)
    assert len(many) <= len(few) + 2


def test_words_that_a_moderator_takes_out_go_from_earlier_quotes_too(
    source: Post, quoting: Post, staff: Viewer
) -> None:
    moderating.edit_out(staff, source, "Something was here.")
    assert WORDS not in shown(quoting)
    assert "Moderators took words out" in shown(quoting)
    assert "My answer to" in shown(quoting)


def test_what_is_quoted_after_the_cut_is_shown(
    thread: Thread, source: Post, caregiver: Member, staff: Viewer
) -> None:
    moderating.edit_out(staff, source, "What stayed.")
    body = f"> [Maple wrote](/posts/{source.id}):\n> What stayed.\n\nI agree."
    later = post_reply(cast.viewer_of(caregiver), thread, body=body)
    rerender_batch(10)
    assert "What stayed." in shown(later)


def test_an_author_who_changes_a_post_leaves_quotes_of_it_alone(
    source: Post, quoting: Post, author: Viewer
) -> None:
    edit_post(author, source, body="Something else entirely.", why="")
    assert WORDS in shown(quoting)
