"""Many who write at the same moment, on whichever database the tests run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.extensions import db
from forum.threads.models import Draft, Post, PostReaction, Thread, ThreadAlias
from tests import cast

WRITERS = 8
REPLIES_EACH = 5


@pytest.fixture
def browsers(app: Flask) -> list[cast.Browser]:
    members = [cast.make_member(f"Writer_{number}", "caregiver") for number in range(WRITERS)]
    return [cast.signed_in(app, member) for member in members]


def all_at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    """Run the deeds in threads that start together; each result in the order of the deeds."""
    cast.settle()
    gate = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        gate.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_forty_replies_by_eight_writers_lose_nothing(
    app: Flask, browsers: list[cast.Browser], patient: Member
) -> None:
    thread = cast.make_thread("after-cart", patient)
    address = f"/threads/{thread.id}/reply"

    def write(number: int) -> list[int]:
        return [
            cast.form_post(
                browsers[number],
                address,
                {"body": f"{number}-{turn}", "withhold_name": "y" if number % 2 else ""},
            ).status_code
            for turn in range(REPLIES_EACH)
        ]

    deeds = [partial(write, number) for number in range(WRITERS)]
    statuses = [status for each in all_at_once(deeds) for status in each]
    assert Counter(statuses) == {303: WRITERS * REPLIES_EACH}
    db.session.expire_all()
    posts = db.session.scalars(select(Post).order_by(Post.number)).all()
    assert [post.number for post in posts] == list(range(1, WRITERS * REPLIES_EACH + 2))
    assert {post.body for post in posts[1:]} == {
        f"{number}-{turn}" for number in range(WRITERS) for turn in range(REPLIES_EACH)
    }
    assert (thread.last_number, thread.replies, thread.waiting) == (41, 40, False)
    assert thread.version == 41
    assert thread.last_post_at == max(post.created_at for post in posts)
    labels = db.session.scalars(select(ThreadAlias.label)).all()
    assert sorted(labels) == ["Member A", "Member B", "Member C", "Member D"]


@pytest.mark.parametrize("place", ["reply", "new"])
def test_one_form_sent_eight_times_at_once_is_one_post(
    app: Flask, sign_in: Any, patient: Member, caregiver: Member, place: str
) -> None:
    thread = cast.make_thread("after-cart", patient)
    browsers = [sign_in(caregiver) for _ in range(WRITERS)]
    address = f"/threads/{thread.id}/reply" if place == "reply" else "/topics/welcome/new"
    fields = {"title": "Once", "body": "Only once.", "form_key": "d" * 32}
    answers = all_at_once([partial(cast.form_post, each, address, fields) for each in browsers])
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert db.session.scalar(select(func.count()).select_from(Post)) == 2
    threads = db.session.scalar(select(func.count()).select_from(Thread))
    assert threads == (1 if place == "reply" else 2)


def test_one_form_sent_to_two_threads_at_once_is_one_post(
    app: Flask, sign_in: Any, patient: Member, caregiver: Member
) -> None:
    places = [cast.make_thread("after-cart", patient) for _ in range(2)]
    fields = {"body": "Once.", "form_key": "e" * 32}
    sent = [(sign_in(caregiver), f"/threads/{place.id}/reply") for place in places]
    answers = all_at_once([partial(cast.form_post, *each, fields) for each in sent])
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert db.session.scalar(select(func.count()).select_from(Post)) == 3
    db.session.expire_all()
    assert sorted(place.replies for place in places) == [0, 1]


def test_drafts_and_reactions_at_once_do_not_fail(
    app: Flask, sign_in: Any, patient: Member, caregiver: Member
) -> None:
    thread = cast.make_thread("after-cart", patient)
    reactions = f"/posts/{cast.first_post(thread).id}/reactions"
    place = {"place": f"thread:{thread.id}", "body": "Half"}
    browsers = [sign_in(caregiver) for _ in range(WRITERS)]

    def press(browser: cast.Browser) -> list[int]:
        return [
            cast.form_post(browser, "/drafts", place).status_code,
            cast.form_post(browser, reactions, {"kind": "with_you"}).status_code,
        ]

    statuses = all_at_once([partial(press, browser) for browser in browsers])
    assert statuses == [[204, 303]] * WRITERS
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 1
    assert db.session.scalar(select(func.count()).select_from(PostReaction)) <= 1


def test_deleting_restoring_and_replying_at_once_keep_the_count(
    app: Flask, sign_in: Any, patient: Member, browsers: list[cast.Browser]
) -> None:
    thread = cast.make_thread("after-cart", patient)
    mine = [cast.make_post(thread, patient).id for _ in range(4)]
    quotes = "\n\n".join(f"> [Maple wrote](/posts/{post_id}):\n> a" for post_id in mine)
    address = f"/threads/{thread.id}/reply"
    eraser = sign_in(patient)

    def delete_all() -> list[int]:
        paths = [f"/posts/{each}/{verb}" for each in mine for verb in ("delete", "restore")]
        return [cast.form_post(eraser, path).status_code for path in paths]

    def reply_with_quotes() -> list[int]:
        return [cast.form_post(each, address, {"body": quotes}).status_code for each in browsers]

    statuses = all_at_once([delete_all, reply_with_quotes])
    assert {status for each in statuses for status in each} == {303}
    db.session.expire_all()
    assert thread.replies == 4 + WRITERS
    assert thread.last_number == 5 + WRITERS
