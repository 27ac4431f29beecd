"""The rows behind the subjects, made once for a test process and brought back after a change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask

from forum.accounts import sessions
from forum.accounts.models import Member
from forum.core import clock
from forum.core.web_session import session_cookie
from forum.extensions import cache, db
from tests import cast
from tests.contracts.access.account_subjects import account_rows
from tests.contracts.access.guide_subjects import guide_rows
from tests.contracts.access.moderation_subjects import moderation_rows
from tests.contracts.access.people import Person, make_people
from tests.contracts.access.subjects import NEVER_GIVEN, Rows, Subject, Values
from tests.contracts.access.thread_subjects import thread_rows
from tests.databases import Database

NAME = "access"
NEVER_THERE: Values = {
    "thread_id": NEVER_GIVEN,
    "post_id": NEVER_GIVEN,
    "opening_id": NEVER_GIVEN,
    "case_id": NEVER_GIVEN,
    "slug": "waiting-for-the-scan",
    "tomorrow": (clock.now() + timedelta(days=1)).date().isoformat(),
}
ROOMS: tuple[Callable[[Mapping[Person, Member]], Rows], ...] = (
    account_rows,
    guide_rows,
    thread_rows,
    moderation_rows,
)


@dataclass(frozen=True)
class Snapshot:
    """What calls need to know of the rows, in plain values that outlive a session."""

    members: Mapping[Person, int]
    tokens: Mapping[Person, str]
    rows: Rows


class World:
    """The people and the subjects; `csrf` are the tokens of the people's forms."""

    def __init__(self, app: Flask, snapshot: Snapshot, writes: list[str]) -> None:
        self.app = app
        self._snapshot = snapshot
        self._writes = writes
        self.csrf = {person: cast.csrf_token(self.browser(person)) for person in Person}

    def values(self, subject: Subject, person: Person) -> Values:
        """What an address or a form needs to name the subject."""
        rows = self._snapshot.rows
        own = rows.get((subject.name, person), {})
        return {**NEVER_THERE, **rows.get((subject.name, None), {}), **own}

    def member_id(self, person: Person) -> int:
        return self._snapshot.members.get(person, 0)

    def take_writes(self) -> list[str]:
        """The statements that changed rows since the last time, whether or not they stayed."""
        taken, self._writes[:] = list(self._writes), []
        return taken

    def browser(self, person: Person) -> cast.Browser:
        """A new browser in which that person is signed in."""
        browser = self.app.test_client()
        token = self._snapshot.tokens.get(person)
        if token:
            browser.set_cookie(session_cookie(self.app), token, domain=cast.HOST)
        assert isinstance(browser, cast.Browser)
        return browser


def make_snapshot(database: Database) -> Snapshot:
    """Make all rows in the empty database of a test, and keep them for the next."""
    people = make_people()
    rows: Rows = {}
    for room in ROOMS:
        rows |= room(people)
    tokens = {person: sessions.open_session(row.id) for person, row in people.items()}
    members = {person: row.id for person, row in people.items()}
    db.session.commit()
    leave()
    database.keep_as_template(NAME)
    return Snapshot(members, tokens, rows)


def renew(database: Database, name: str) -> None:
    """Bring back the rows that were kept under that name."""
    leave()
    database.renew(name)
    cache.clear()


def leave() -> None:
    """Let go of the database."""
    db.session.remove()
    db.engine.dispose()
