"""The people and rows of the tests, and how tests read what the forum sent.

Tests go in by HTTP (`Browser`) and look at pages, rows and letters. A test has a database session
of its own, `db.session`; it is committed before every request, so that what a test arranged is
there, and every request gets a fresh context, as in a server.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import Context
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, TypeVar

from argon2 import PasswordHasher
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from sqlalchemy import event, select

from forum.accounts import sessions
from forum.accounts.models import Member
from forum.core import clock
from forum.core.markup import RENDERER_VERSION, render
from forum.core.viewer import Viewer
from forum.core.web_session import session_cookie
from forum.extensions import db
from forum.jobs import outbox
from forum.jobs.models import OutboxRow
from forum.threads.actions.starting import slug_of
from forum.threads.models import Post, Thread, ThreadAlias
from forum.topics.models import Topic

PASSWORD = "seven grey geese on a gate"
HOST = "localhost"
SITE_URL = f"http://{HOST}"
# Real argon2, made cheap: what is tested is the forum, not the hash.
PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
NO_STATEMENTS = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")

Answer = TypeVar("Answer")


class Browser(FlaskClient):
    """A test client to whom each request is a world of its own."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        settle()
        kwargs.setdefault("buffered", True)
        return Context().run(super().open, *args, **kwargs)


def settle() -> None:
    """Commit what the test has arranged, so that others see it and nobody waits for its lock."""
    if has_app_context():
        db.session.commit()


def elsewhere(app: Flask, deed: Callable[[], Answer]) -> Answer:
    """Do something in an app context of its own, as a worker or a command would."""

    def inside() -> Answer:
        with app.app_context():
            return deed()

    settle()
    return Context().run(inside)


def csrf_token(client: FlaskClient) -> str:
    """The token that a page shown to this client would carry."""
    app = client.application
    cookie = client.get_cookie(session_cookie(app), domain=HOST)
    headers = {"Cookie": f"{cookie.key}={cookie.value}"} if cookie else {}

    def make() -> str:
        with app.test_request_context("/", headers=headers):
            return generate_csrf()

    return Context().run(make)


def form_post(
    client: FlaskClient, url: str, data: Mapping[str, Any] | None = None, **how: Any
) -> Any:
    """Post a form as its page would, with its CSRF token; `how` goes to the client."""
    return client.post(url, data={"csrf_token": csrf_token(client), **(data or {})}, **how)


def signed_in(app: Flask, member: Member) -> Browser:
    """A browser in which this member is signed in, by a real session and its cookie."""
    client = app.test_client()
    token = sessions.open_session(member.id, device="A test")
    settle()
    client.set_cookie(session_cookie(app), token, domain=HOST)
    assert isinstance(client, Browser)
    return client


def viewer_of(member: Member) -> Viewer:
    """The member as rules and verbs know them."""
    db.session.flush()
    return sessions.viewer_of_member(member.id)


def make_member(username: str, *relations: str, **columns: Any) -> Member:
    """A member of that name, who joined some time ago and whose password is `PASSWORD`."""
    email = f"{username.casefold()}@mail.example"
    usual = {
        "username": username,
        "username_key": username.casefold(),
        "email": email,
        "email_key": email,
        "password_hash": PASSWORD_HASH,
        "relations": frozenset(relations or ("patient",)),
        "joined_at": clock.now() - timedelta(days=60),
    }
    member = Member(**{**usual, **columns})
    db.session.add(member)
    db.session.commit()
    return member


def topic(slug: str) -> Topic:
    return db.session.scalars(select(Topic).where(Topic.slug == slug)).one()


def make_thread(
    where: Topic | str,
    author: Member,
    *,
    title: str = "Waiting for the scan",
    body: str = "My numbers went up again and I do not know what comes next.",
    audience: str = "members",
    withheld: bool = False,
    notes: frozenset[str] = frozenset(),
    at: datetime | None = None,
    **columns: Any,
) -> Thread:
    """A thread with its first post, straight into the tables."""
    place = topic(where) if isinstance(where, str) else where
    moment = at or clock.now() - timedelta(hours=2)
    usual = {
        "topic_id": place.id,
        "author_id": author.id,
        "title": title,
        "slug": slug_of(title),
        "audience": audience,
        "withheld": withheld,
        "notes": notes,
        "created_at": moment,
        "last_post_at": moment,
        "last_number": 0,
        "replies": -1,
        "waiting": True,
    }
    thread = Thread(**{**usual, **columns})
    db.session.add(thread)
    db.session.flush()
    make_post(thread, author, body=body, withheld=withheld, notes=notes, at=moment)
    return thread


def make_post(
    thread: Thread,
    author: Member,
    *,
    body: str = "I have been there. Ask them for the name of the study.",
    withheld: bool = False,
    notes: frozenset[str] = frozenset(),
    at: datetime | None = None,
    **columns: Any,
) -> Post:
    """The next post of a thread, straight into the tables, with the thread's counters."""
    moment = at or clock.now() - timedelta(hours=1)
    post = Post(
        thread_id=thread.id,
        number=thread.last_number + 1,
        author_id=author.id,
        withheld=withheld,
        notes=notes,
        body=body,
        html=render(body).html,
        markup_version=RENDERER_VERSION,
        created_at=moment,
        **columns,
    )
    db.session.add(post)
    thread.last_number = post.number
    thread.replies += 1
    thread.last_post_at = max(thread.last_post_at, moment)
    thread.waiting = thread.waiting and author.id == thread.author_id
    if withheld:
        _alias(thread, author)
    db.session.commit()
    return post


def first_post(thread: Thread) -> Post:
    return post_number(thread, 1)


def post_number(thread: Thread, number: int) -> Post:
    wanted = select(Post).where(Post.thread_id == thread.id, Post.number == number)
    return db.session.scalars(wanted).one()


def _alias(thread: Thread, author: Member) -> None:
    taken = select(ThreadAlias).where(ThreadAlias.thread_id == thread.id)
    aliases = db.session.scalars(taken).all()
    if all(alias.member_id != author.id for alias in aliases):
        label = f"Member {chr(ord('A') + len(aliases))}"
        db.session.add(ThreadAlias(thread_id=thread.id, member_id=author.id, label=label))


class MailFolder:
    """Letters as the forum leaves them on a machine without a mail server."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._folder = Path(app.config["DATA_DIR"]) / "mail"

    def __call__(self, to: str = "") -> list[EmailMessage]:
        """Let the worker do what is due; then all letters so far, or those `to` an address."""
        elsewhere(self._app, outbox.drain)
        found = [_read(path) for path in sorted(self._folder.glob("*.eml"))]
        return [letter for letter in found if to in ("", letter["To"])]

    def clear(self) -> None:
        for path in self._folder.glob("*.eml"):
            path.unlink()


def text_of(letter: EmailMessage) -> str:
    """The plain text of a letter."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(letter: EmailMessage) -> str:
    part = letter.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def link_in(letter: EmailMessage) -> str:
    """The path that the letter's button leads to."""
    lines = text_of(letter).splitlines()
    address = next(line for line in lines if line.startswith(SITE_URL + "/"))
    return address.removeprefix(SITE_URL)


def pending() -> list[OutboxRow]:
    """Work that is still to be done, oldest first."""
    due = OutboxRow.done_at.is_(None) & OutboxRow.given_up_at.is_(None)
    return list(db.session.scalars(select(OutboxRow).where(due).order_by(OutboxRow.id)))


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """The SQL statements that run inside, without those that begin and end transactions."""
    statements: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.lstrip().upper().startswith(NO_STATEMENTS):
            statements.append(statement)

    settle()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def _read(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)
