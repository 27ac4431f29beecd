"""The record grows and never changes, whoever asks the database."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from forum.accounts.models import Member
from forum.audit.actions import SYSTEM_ACTOR_ID, record
from forum.audit.models import AuditEntry
from forum.extensions import db
from tests.cast import viewer_of

REPLACE = text(
    "INSERT OR REPLACE INTO audit_entries "
    "SELECT id, at, actor_id, action, subject_kind, subject_id, 'Never happened', details "
    "FROM audit_entries"
)


def entries() -> list[AuditEntry]:
    return list(db.session.scalars(select(AuditEntry)))


def test_an_entry_says_who_did_what_to_whom_and_why(moderator: Member, patient: Member) -> None:
    record(
        viewer_of(moderator),
        "member.warned",
        subject=("member", patient.id),
        reason="Twice",
        case=4,
    )
    db.session.commit()
    [entry] = entries()
    assert (entry.actor_id, entry.action) == (moderator.id, "member.warned")
    assert (entry.subject_kind, entry.subject_id) == ("member", patient.id)
    assert (entry.reason, entry.details) == ("Twice", {"case": 4})


def test_the_command_line_is_nobody(app: Flask) -> None:
    record(None, "guide.seeded", subject=("guide_part", 1))
    assert entries()[0].actor_id == SYSTEM_ACTOR_ID


def test_an_entry_goes_with_the_transaction_of_its_deed(app: Flask) -> None:
    record(None, "guide.seeded", subject=("guide_part", 1))
    db.session.rollback()
    assert entries() == []


@pytest.mark.parametrize(
    "deed",
    [
        update(AuditEntry).values(reason="Never happened"),
        delete(AuditEntry),
        text("UPDATE audit_entries SET actor_id = 0"),
        text("DELETE FROM audit_entries WHERE id > 0"),
    ],
    ids=["update", "delete", "plain update", "plain delete"],
)
def test_the_database_refuses_to_change_or_delete_an_entry(app: Flask, deed: object) -> None:
    record(None, "member.warned", subject=("member", 1), reason="Twice")
    db.session.commit()
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(deed)
    db.session.rollback()
    assert [entry.reason for entry in entries()] == ["Twice"]


def test_there_is_no_way_around_by_a_statement_of_the_database_s_own(app: Flask) -> None:
    record(None, "member.warned", subject=("member", 1), reason="Twice")
    db.session.commit()
    on_sqlite = db.engine.dialect.name == "sqlite"
    way = REPLACE if on_sqlite else text("TRUNCATE audit_entries")
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(way)
    db.session.rollback()
    assert [entry.reason for entry in entries()] == ["Twice"]


def test_an_entry_outlives_the_member_it_speaks_of(app: Flask, patient: Member) -> None:
    record(viewer_of(patient), "member.added", subject=("member", patient.id))
    db.session.commit()
    db.session.delete(patient)
    db.session.commit()
    assert len(entries()) == 1
