"""A decision is change, reason, record and word, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event

from forum import subscriptions
from forum.accounts.models import Member, SignIn
from forum.core import events
from forum.extensions import db
from forum.jobs.models import OutboxRow
from forum.moderation.events import DecisionMade
from forum.moderation.models import CaseNote, Decision, Report
from forum.threads.models import Post
from tests import cast
from tests.moderation.desk import (
    REASON,
    answer_word,
    case_of,
    decide,
    decided,
    entries,
    report,
    reports,
    rows,
    take_up,
)


class BrokenError(Exception):
    """Something in the middle of a decision goes wrong."""


@pytest.fixture
def broken_handler() -> Iterator[None]:
    """Whoever hears of decisions fails, after the letter was written into the outbox."""

    def fail(event: DecisionMade) -> None:
        raise BrokenError

    table = {
        **subscriptions.HANDLERS,
        DecisionMade: (*subscriptions.HANDLERS[DecisionMade], fail),
    }
    events.subscribe(table)
    yield
    events.subscribe(subscriptions.HANDLERS)


@pytest.fixture
def errors_are_pages(app: Any) -> Iterator[None]:
    """As on a real server: an error becomes a page."""
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = None


def test_a_handler_that_fails_takes_everything_back(
    at_desk: cast.Browser,
    moderator: Member,
    caregiver: Member,
    author: cast.Browser,
    reply: Post,
    broken_handler: None,
    errors_are_pages: None,
) -> None:
    case = take_up(moderator, reply)
    recorded = len(entries())
    sent = {"until": "2027-01-01", "note": "A note."}
    for decision in ("hide", "suspend"):
        answer = decide(at_desk, case, decision, **sent)
        assert answer.status_code == 500
        assert REASON in answer.text
    db.session.expire_all()
    assert (reply.hidden_at, caregiver.suspended_until) == (None, None)
    assert (case_of(reply).settled_at, case_of(reply).claimed_by_id) == (None, moderator.id)
    assert len(entries()) == recorded
    for table in (Decision, CaseNote, OutboxRow):
        assert rows(table) == []
    assert [row.member_id for row in rows(SignIn)].count(caregiver.id) == 1
    assert author.get("/settings/account").status_code == 200


def test_a_record_that_cannot_be_written_takes_everything_back(
    at_desk: cast.Browser, moderator: Member, reply: Post, errors_are_pages: None
) -> None:
    case = take_up(moderator, reply)

    def refuse(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.startswith("INSERT INTO audit_entries"):
            raise BrokenError

    event.listen(db.engine, "before_cursor_execute", refuse)
    try:
        assert decide(at_desk, case, "remove").status_code == 500
    finally:
        event.remove(db.engine, "before_cursor_execute", refuse)
    db.session.expire_all()
    assert (reply.removed_at, rows(Decision), rows(OutboxRow)) == (None, [], [])


def test_a_letter_that_cannot_be_delivered_changes_no_decision(
    at_desk: cast.Browser,
    moderator: Member,
    reply: Post,
    caregiver: Member,
    letters: Callable[..., list[Any]],
) -> None:
    caregiver.email = caregiver.email_key = None
    db.session.commit()
    decided(at_desk, take_up(moderator, reply), "hide")
    assert letters() == []
    db.session.expire_all()
    assert reply.hidden_at is not None
    assert [row.done_at is not None for row in rows(OutboxRow)] == [True]


def test_a_decision_has_one_letter(
    at_desk: cast.Browser, moderator: Member, reply: Post, letters: Callable[..., list[Any]]
) -> None:
    case = take_up(moderator, reply)
    for decision in ("hide", "restore"):
        decided(at_desk, case, decision)
    assert len(letters()) == 2
    assert len(letters()) == 2


def test_an_answer_that_fails_leaves_the_case_settled(
    at_desk: cast.Browser,
    moderator: Member,
    author: cast.Browser,
    reply: Post,
    errors_are_pages: None,
) -> None:
    made = decided(at_desk, take_up(moderator, reply), "hide")

    def refuse(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.startswith("INSERT INTO reports"):
            raise BrokenError

    event.listen(db.engine, "before_cursor_execute", refuse)
    try:
        answer = answer_word(author, made, "It was a long night.")
    finally:
        event.remove(db.engine, "before_cursor_execute", refuse)
    assert answer.status_code == 500
    assert "It was a long night." in answer.text
    assert case_of(reply).settled_at is not None
    assert rows(Report) == []


def test_get_changes_nothing(
    at_desk: cast.Browser, reader: cast.Browser, author: cast.Browser, reply: Post
) -> None:
    case = report(reader, reply, "worried")
    before = (len(reports()), len(entries()), case.version, case.claimed_by_id)
    for address in (
        "/moderation",
        f"/moderation/cases/{case.id}",
        f"/moderation/open/post/{reply.id}",
        "/moderation/log",
    ):
        assert at_desk.get(address).status_code == 200
    for address in (f"/moderation/cases/{case.id}/claim", f"/moderation/cases/{case.id}/release"):
        assert at_desk.get(address).status_code == 405
    assert author.get("/settings/decisions").status_code == 200
    after = case_of(reply)
    assert (len(reports()), len(entries()), after.version, after.claimed_by_id) == before
