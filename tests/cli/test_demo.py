"""The invented community: written, generated, marked as such, and gone by one command."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.cli.demo.command import demo
from forum.core.clock import now
from forum.extensions import db
from forum.moderation.models import Case
from forum.threads.models import Post, PostQuote, Thread, ThreadAlias
from tests import cast


def run(app: Flask, *options: str) -> str:
    cast.settle()
    result = app.test_cli_runner().invoke(demo, list(options))
    db.session.rollback()
    assert result.exit_code == 0, result.output
    return result.output


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def written(app: Flask) -> str:
    return run(app)


def test_the_thirty_conversations_are_written_with_quotes_aliases_and_cases(written: str) -> None:
    titles = set(db.session.scalars(select(Thread.title)))
    assert len(titles) == 30
    assert count(Post) > 250
    assert count(PostQuote) > 0
    assert count(ThreadAlias) > 0
    assert count(Case) >= 6


def test_nothing_is_written_twice(app: Flask, written: str) -> None:
    before = count(Post), count(Member)
    run(app)
    assert (count(Post), count(Member)) == before


def test_nobody_invented_writes_in_the_future(written: str) -> None:
    assert db.session.scalars(select(Post.id).where(Post.created_at > now())).all() == []


def test_counters_agree_with_the_posts(written: str) -> None:
    _assert_counters_agree()


def test_every_page_says_that_people_are_invented(
    app: Flask, client: cast.Browser, written: str
) -> None:
    for page in ("/", "/help", "/threads", "/join"):
        assert "Invented people and conversations" in client.get(page).get_data(as_text=True)


def test_the_password_that_is_printed_opens_the_door(
    app: Flask, client: cast.Browser, written: str
) -> None:
    password = written.split("with the password ")[1].split()[0]
    answer = cast.form_post(client, "/sign-in", {"login": "mod_marit", "password": password})
    assert answer.status_code == 303
    assert client.get("/moderation").status_code == 200


def test_any_number_of_conversations_can_be_generated(app: Flask) -> None:
    said = run(app, "--threads", "60", "--posts", "700")
    assert "60 generated conversations with 700 posts" in said
    assert (count(Thread), count(Post)) == (60, 700)
    _assert_counters_agree()
    assert db.session.scalars(select(Post.id).where(Post.created_at > now())).all() == []


def test_people_can_write_after_a_generated_community(
    app: Flask, patient: Member, sign_in: Callable[[Member], cast.Browser]
) -> None:
    run(app, "--threads", "5", "--posts", "20")
    thread = db.session.scalars(select(Thread).where(Thread.audience == "members")).first()
    assert thread is not None
    said = cast.form_post(
        sign_in(patient), f"/threads/{thread.id}/reply", {"body": "Hello from a real person."}
    )
    assert said.status_code == 303


def test_one_command_takes_all_of_it_away_and_leaves_the_rest(
    app: Flask, patient: Member, client: cast.Browser, written: str
) -> None:
    topics = client.get("/topics").status_code
    run(app, "--remove")
    assert count(Thread) == count(Post) == count(Case) == 0
    assert db.session.scalars(select(Member.username)).all() == [patient.username]
    assert topics == client.get("/topics").status_code == 200
    assert "Invented people" not in client.get("/").get_data(as_text=True)


def test_invented_people_do_not_come_among_real_ones(app: Flask, patient: Member) -> None:
    cast.make_thread("after-cart", patient)
    cast.settle()
    result = app.test_cli_runner().invoke(demo, [])
    assert result.exit_code == 1
    assert "Real people have written here" in result.output


def _assert_counters_agree() -> None:
    posts = db.session.execute(
        select(Post.thread_id, Post.number, Post.created_at).order_by(Post.thread_id, Post.number)
    ).all()
    threads = {thread.id: thread for thread in db.session.scalars(select(Thread))}
    for thread_id, rows in groupby(posts, key=lambda row: row.thread_id):
        own, thread = list(rows), threads[thread_id]
        assert [row.number for row in own] == list(range(1, len(own) + 1))
        assert thread.last_number == len(own)
        assert thread.replies == len(own) - 1
        assert thread.last_post_at == own[-1].created_at
