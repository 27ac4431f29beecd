"""What this room knows about a member, and what is left when they go."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Executable, select, update

from forum.core.database import Base
from forum.extensions import db
from forum.moderation.models import Case, CaseNote, Decision, Report

CLAIMS: tuple[type[Base], ...] = (Case, Report, CaseNote, Decision)


def export_for(member_id: int) -> dict[str, Any]:
    """What they told us, and what they were told; not what others said in confidence."""
    return {
        "reports": _rows(
            select(Report.reason, Report.details, Report.created_at)
            .where(Report.reporter_id == member_id)
            .order_by(Report.id)
        ),
        "decisions": _rows(
            select(
                Decision.kind,
                Decision.reason,
                Decision.details,
                Decision.created_at,
                Decision.seen_at,
            )
            .where(Decision.member_id == member_id, Decision.told.is_(True))
            .order_by(Decision.id)
        ),
        "notes_as_a_moderator": _rows(
            select(CaseNote.body, CaseNote.created_at)
            .where(CaseNote.author_id == member_id)
            .order_by(CaseNote.id)
        ),
    }


def erase_for(member_id: int) -> None:
    """Empty what they wrote to us; cases and decisions stay, about somebody who has left."""
    db.session.execute(
        update(Report).where(Report.reporter_id == member_id).values(details="", reporter_id=None)
    )
    db.session.execute(update(CaseNote).where(CaseNote.author_id == member_id).values(body=""))
    db.session.execute(
        update(Case)
        .where(Case.claimed_by_id == member_id)
        .values(claimed_by_id=None, claimed_at=None)
    )


def _rows(wanted: Executable) -> list[dict[str, Any]]:
    return [dict(row) for row in db.session.execute(wanted).mappings()]
