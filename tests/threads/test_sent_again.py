"""After "back" a browser fills old words into a new form: sent again, they are not said twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from forum.accounts.models import Member
from forum.core import clock
from forum.extensions import db
from forum.threads.models import Post, Thread
from tests import cast

WORDS = {"title": "The second week", "body": "It was the worst one.", "audience": "members"}


@pytest.fixture
def thread(patient: Member) -> Thread:
    return cast.make_thread("upset", patient)


@pytest.fixture
def browser(caregiver: Member, sign_in: Callable[[Member], cast.Browser]) -> cast.Browser:
    return sign_in(caregiver)


def send(browser: cast.Browser, path: str, **changed: str) -> str:
    """The address of the post that comes of it, sent from a form that was opened anew."""
    answer = cast.form_post(browser, path, {**WORDS, **changed})
    assert answer.status_code == 303
    return str(answer.location)


def posts(author: Member) -> int:
    cast.settle()
    return db.session.query(Post).filter(Post.author_id == author.id).count()


def test_the_same_reply_leads_to_the_post_that_is_there(
    browser: cast.Browser, thread: Thread, caregiver: Member
) -> None:
    path = f"/threads/{thread.id}/reply"
    assert send(browser, path) == send(browser, path)
    assert posts(caregiver) == 1


def test_the_same_conversation_leads_to_the_one_that_is_there(
    app: Flask, browser: cast.Browser, caregiver: Member
) -> None:
    assert send(browser, "/topics/upset/new") == send(browser, "/topics/upset/new")
    assert posts(caregiver) == 1


@pytest.mark.parametrize("changed", [{"title": "The third week"}, {"body": "It was better."}])
def test_another_conversation_is_another_one(
    app: Flask, browser: cast.Browser, caregiver: Member, changed: dict[str, str]
) -> None:
    send(browser, "/topics/upset/new")
    send(browser, "/topics/upset/new", **changed)
    assert posts(caregiver) == 2


def test_the_same_words_in_another_topic_are_another_conversation(
    app: Flask, browser: cast.Browser, caregiver: Member
) -> None:
    send(browser, "/topics/upset/new")
    send(browser, "/topics/welcome/new")
    assert posts(caregiver) == 2


def test_the_same_words_after_somebody_else_spoke_are_said_again(
    browser: cast.Browser, thread: Thread, caregiver: Member, patient: Member
) -> None:
    path = f"/threads/{thread.id}/reply"
    send(browser, path, body="Thank you.")
    cast.make_post(db.session.get_one(Thread, thread.id), patient)
    send(browser, path, body="Thank you.")
    assert posts(caregiver) == 2


def test_the_same_words_a_while_later_are_said_again(
    browser: cast.Browser, thread: Thread, caregiver: Member
) -> None:
    path = f"/threads/{thread.id}/reply"
    send(browser, path)
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        send(browser, path)
    assert posts(caregiver) == 2


def test_words_that_were_deleted_may_be_said_again(
    browser: cast.Browser, thread: Thread, caregiver: Member
) -> None:
    path = f"/threads/{thread.id}/reply"
    send(browser, path)
    cast.settle()
    post = cast.post_number(thread, 2)
    assert cast.form_post(browser, f"/posts/{post.id}/delete").status_code == 303
    send(browser, path)
    assert posts(caregiver) == 2
