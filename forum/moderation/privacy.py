"""What this room knows about a member, and what is left when they go."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from forum.core.database import Base
from forum.extensions import db
from forum.moderation.decisions import NOT_TOLD_TO_AUTHOR
from forum.moderation.models import Case, CaseNote, Decision, Report

CLAIMS: tuple[type[Base], ...] = (Case, Report, CaseNote, Decision)


def export_for(member_id: int) -> dict[str, Any]:
    """Their reports, and what was decided about them; not what others said in confidence."""
    reports = db.session.execute(
        select(Report.reason, Report.details, Report.created_at).where(
            Report.reporter_id == member_id
        )
    )
    decisions = db.session.execute(
        select(Decision.kind, Decision.reason, Decision.created_at).where(
            Decision.member_id == member_id, Decision.kind.not_in(NOT_TOLD_TO_AUTHOR)
        )
    )
    return {
        "reports": [dict(row._mapping) for row in reports],  # noqa: SLF001 - public in SQLAlchemy
        "decisions": [dict(row._mapping) for row in decisions],  # noqa: SLF001
    }


def erase_for(member_id: int) -> None:
    """Empty what they wrote to us; cases and decisions stay, about somebody who has left."""
    db.session.execute(
        update(Report).where(Report.reporter_id == member_id).values(details="", reporter_id=None)
    )
    db.session.execute(update(CaseNote).where(CaseNote.author_id == member_id).values(body=""))
