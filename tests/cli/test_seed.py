"""`forum seed`: everything by one command, in one transaction, safe to run again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.cli.first_threads import SYSTEM_NAME
from forum.cli.seed import Content, seed_content
from forum.core import clock
from forum.core.front_matter import FrontMatterError
from forum.extensions import db
from forum.guide.models import GuidePart
from forum.guide.seeding import CONTENT as GUIDE
from forum.threads.models import Post, PostRevision, Thread
from tests import cast
from tests.threads.page import Page

SHIPPED = Content()


def _seed(app: Flask) -> Result:
    return cast.elsewhere(app, lambda: app.test_cli_runner().invoke(args=["seed"]))


def _again(app: Flask, threads: Path) -> str:
    lines = cast.elsewhere(app, lambda: seed_content(Content(threads=threads)))
    db.session.expire_all()
    return "\n".join(lines)


def _rules() -> Thread:
    return db.session.scalars(select(Thread).where(Thread.title.like("House rules%"))).one()


def _threads() -> int | None:
    return db.session.scalar(select(func.count()).select_from(Thread))


@pytest.fixture
def threads_folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED.threads, tmp_path / "threads"))


def _rewrite(folder: Path) -> None:
    path = folder / "house-rules.md"
    path.write_text(path.read_text().replace("Eleven rules keep it safe.", "These keep it safe."))


def test_the_command_says_what_it_did_in_plain_lines(app: Flask) -> None:
    first, second = _seed(app), _seed(app)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.output.splitlines()[1:] == [
        "Parts of the guide: 15 added.",
        "First conversations: 2 added.",
        "Help lines: 12 countries, call box checked on 22 November 2026.",
    ]
    assert second.output.splitlines()[:3] == [
        "Topics: 29 unchanged.",
        "Parts of the guide: 15 unchanged.",
        "First conversations: 2 unchanged.",
    ]
    assert _threads() == 2


def test_visitors_find_the_rules_and_the_welcome_pinned(app: Flask, client: cast.Browser) -> None:
    _seed(app)
    rows = Page(client.get("/topics/welcome")).rows()
    assert sorted(rows) == [
        "House rules: how we treat each other here",
        "Welcome to Next Chapter",
    ]
    thread = _rules()
    assert (thread.audience, thread.waiting) == ("everyone", False)
    assert thread.pinned_at is not None


def test_the_account_of_the_forum_belongs_to_nobody(app: Flask) -> None:
    _seed(app)
    account = db.session.scalars(select(Member).where(Member.is_system)).one()
    assert (account.username, account.rank) == (SYSTEM_NAME, "member")
    assert (account.email, account.email_key, account.password_hash) == (None, None, None)


def test_a_newer_file_renews_the_post_and_keeps_what_it_said(
    app: Flask, threads_folder: Path
) -> None:
    _seed(app)
    _rewrite(threads_folder)
    for _ in range(2):
        _again(app, threads_folder)
    post = cast.first_post(_rules())
    assert "These keep it safe." in post.html
    [before] = db.session.scalars(select(PostRevision).where(PostRevision.post_id == post.id))
    assert (before.why, before.editor_id) == ("Updated from the project", post.author_id)
    path = threads_folder / "house-rules.md"
    path.write_text(path.read_text() + "\nThank you.\n")
    assert "First conversations: 1 updated, 1 unchanged." in _again(app, threads_folder)


def test_a_post_that_a_moderator_changed_is_left_alone(
    app: Flask, threads_folder: Path, moderator: Member
) -> None:
    _seed(app)
    post = cast.first_post(_rules())
    post.body = "Changed by a moderator."
    db.session.add(
        PostRevision(
            post_id=post.id, editor_id=moderator.id, replaced_at=clock.now(), body="Before"
        )
    )
    assert "House rules: how we treat each other here: the project has a newer text." in _again(
        app, threads_folder
    )
    assert cast.first_post(_rules()).body == "Changed by a moderator."


def test_a_thread_that_moderators_removed_does_not_come_back(
    app: Flask, threads_folder: Path
) -> None:
    _seed(app)
    _rules().removed_at = clock.now()
    _rewrite(threads_folder)
    assert "1 kept as people changed them" in _again(app, threads_folder)
    assert _threads() == 2
    assert "Eleven rules" in cast.first_post(_rules()).body


def test_an_unpinned_thread_stays_unpinned(app: Flask) -> None:
    _seed(app)
    _rules().pinned_at = None
    _seed(app)
    db.session.expire_all()
    assert _rules().pinned_at is None


def test_a_broken_file_leaves_everything_as_it_was(app: Flask, tmp_path: Path) -> None:
    guide = Path(shutil.copytree(GUIDE, tmp_path / "guide"))
    (guide / "zzz.md").write_text("no front matter")
    with pytest.raises(FrontMatterError, match=r"zzz\.md"):
        cast.elsewhere(app, lambda: seed_content(Content(guide=guide)))
    assert db.session.scalars(select(GuidePart)).all() == []


def test_a_thread_for_a_topic_that_is_not_there_is_named(app: Flask, threads_folder: Path) -> None:
    path = threads_folder / "welcome.md"
    path.write_text(path.read_text().replace('topic = "welcome"', 'topic = "nowhere"'))
    with pytest.raises(FrontMatterError, match=r"welcome\.md: there is no topic nowhere"):
        cast.elsewhere(app, lambda: seed_content(Content(threads=threads_folder)))


def test_the_command_names_a_broken_file_without_a_traceback(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("forum.cli.seed"), "seed_content", _failing)
    result = _seed(app)
    assert (result.exit_code, result.output) == (1, "Error: x.md: broken\n")


def _failing(*args: Any) -> list[str]:
    raise FrontMatterError("x.md: broken")


def test_no_letter_is_sent_for_the_first_threads(
    app: Flask, patient: Member, letters: Callable[..., Any]
) -> None:
    _seed(app)
    assert letters() == []


def test_the_first_posts_keep_their_one_time_keys(app: Flask) -> None:
    _seed(app)
    keys = db.session.scalars(select(Post.form_key).order_by(Post.form_key)).all()
    assert keys == ["seed-house-rules", "seed-welcome"]
