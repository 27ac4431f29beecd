"""`forum rerender` renews every stored text, and can be stopped and resumed."""

from __future__ import annotations

from importlib import import_module

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from forum.accounts.models import Member
from forum.core.markup import RENDERER_VERSION
from forum.extensions import db
from forum.threads.models import Post
from forum.topics.models import Topic
from tests import cast

# The package offers the command under the module's name.
command = import_module("forum.cli.rerender")


def run(app: Flask) -> None:
    cast.settle()
    result = app.test_cli_runner().invoke(command.rerender)
    db.session.rollback()
    assert result.exit_code == 0, result.output


def outdated_posts() -> int:
    old = select(func.count()).select_from(Post).where(Post.markup_version < RENDERER_VERSION)
    return db.session.scalar(old) or 0


@pytest.fixture
def old_texts(app: Flask, patient: Member) -> Member:
    """Texts as an older renderer left them."""
    thread = cast.make_thread("after-cart", patient, body="**Bold** words")
    for _ in range(4):
        cast.make_post(thread, patient, body="More *words*")
    patient.about = "I keep *bees*"
    db.session.execute(update(Post).values(html="old", markup_version=0))
    db.session.execute(update(Topic).values(introduction_html="old", markup_version=0))
    patient.about_html, patient.about_version = "old", 0
    db.session.commit()
    return patient


def test_posts_topics_and_profiles_are_drawn_anew(app: Flask, old_texts: Member) -> None:
    run(app)
    first = db.session.scalars(select(Post).order_by(Post.id)).first()
    assert first is not None
    assert "<strong>Bold</strong>" in first.html
    assert outdated_posts() == 0
    assert "old" not in set(db.session.scalars(select(Topic.introduction_html)))
    db.session.refresh(old_texts)
    assert "<em>bees</em>" in old_texts.about_html


def test_what_was_done_before_a_stop_is_kept(
    app: Flask, old_texts: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "BATCH", 2)
    posts = next(renewal for renewal in command.RENEWALS if renewal.name == "posts")
    calls = []

    def stops_after_one(limit: int) -> int:
        if calls:
            raise KeyboardInterrupt
        calls.append(limit)
        return posts.redraw(limit)

    monkeypatch.setattr(command, "RENEWALS", (posts._replace(redraw=stops_after_one),))
    cast.settle()
    app.test_cli_runner().invoke(command.rerender, standalone_mode=False)
    db.session.rollback()
    assert outdated_posts() == 3
    monkeypatch.setattr(command, "RENEWALS", (posts,))
    run(app)
    assert outdated_posts() == 0
