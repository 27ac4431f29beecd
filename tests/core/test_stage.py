"""The ground that tests stand on: what one test does, the next does not see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.core import clock
from forum.extensions import db
from forum.jobs import outbox as outbox_verbs
from forum.threads.models import Thread
from forum.topics.models import Topic
from tests import cast
from tests.servers.redis import RedisServer


@pytest.mark.parametrize("round_number", [1, 2])
def test_every_test_begins_with_the_topics_and_nobody(app: Flask, round_number: int) -> None:
    assert db.session.scalar(select(func.count(Topic.id))) == 29
    assert db.session.scalar(select(func.count(Member.id))) == 0
    cast.make_member(f"Round{round_number}")


def test_what_a_test_arranges_is_there_for_a_request(
    patient: Member, sign_in: Callable[..., cast.Browser], app: Flask
) -> None:
    browser = sign_in(patient)
    with browser.application.test_request_context(
        headers={"Cookie": f"session={_cookie(browser)}"}
    ):
        from forum.core.access import current_viewer

        assert current_viewer().username == "Maple"


def test_a_thread_made_by_hand_keeps_its_counters(patient: Member, caregiver: Member) -> None:
    thread = cast.make_thread("welcome", patient, withheld=True)
    assert (thread.last_number, thread.replies, thread.waiting) == (1, 0, True)
    cast.make_post(thread, caregiver)
    assert (thread.last_number, thread.replies, thread.waiting) == (2, 1, False)
    assert db.session.scalar(select(func.count(Thread.id))) == 1


def test_statements_are_counted_without_those_of_transactions(
    patient: Member, count_queries: Callable[..., Any]
) -> None:
    with count_queries() as statements:
        db.session.scalar(select(Member.id))
        db.session.commit()
    assert len(statements) == 1


def test_pending_work_is_listed(app: Flask, outbox: Callable[[], Any]) -> None:
    outbox_verbs.enqueue("mail.deliver", after=timedelta(hours=1), letter="none", ids={})
    assert [row.kind for row in outbox()] == ["mail.deliver"]
    assert outbox()[0].next_at > clock.now()


def test_a_redis_is_there_to_be_asked(redis: RedisServer) -> None:
    from redis import Redis

    with Redis.from_url(redis.address) as connection:
        assert connection.ping()


def _cookie(browser: cast.Browser) -> str:
    cookie = browser.get_cookie("session", domain=cast.HOST)
    assert cookie is not None
    return cookie.value
