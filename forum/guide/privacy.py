"""What the guide keeps about a member."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update

from forum.core.database import Base
from forum.extensions import db
from forum.guide.models import GuidePart, GuidePlace, GuideRevision

CLAIMS: tuple[type[Base], ...] = (GuidePlace, GuideRevision)


def export_for(member_id: int) -> dict[str, Any]:
    """Where they stopped reading, and what they changed, with their own notes."""
    return {"guide_place": _place(member_id), "guide_edits": _edits(member_id)}


def erase_for(member_id: int) -> None:
    """Forget the place, and who made their changes; the changes are the guide's."""
    db.session.execute(delete(GuidePlace).where(GuidePlace.member_id == member_id))
    by_them = GuideRevision.editor_id == member_id
    db.session.execute(update(GuideRevision).where(by_them).values(editor_id=None))


def _place(member_id: int) -> dict[str, str] | None:
    wanted = (
        select(GuidePart.slug, GuidePlace.at)
        .join(GuidePlace, GuidePlace.part_id == GuidePart.id)
        .where(GuidePlace.member_id == member_id)
    )
    found = db.session.execute(wanted).one_or_none()
    return {"part": found.slug, "at": found.at.isoformat()} if found else None


def _edits(member_id: int) -> list[dict[str, Any]]:
    wanted = (
        select(GuidePart.slug, GuideRevision.saved_at, GuideRevision.note, GuideRevision.body)
        .join(GuideRevision, GuideRevision.part_id == GuidePart.id)
        .where(GuideRevision.editor_id == member_id)
        .order_by(GuideRevision.saved_at)
    )
    return [
        {"part": slug, "saved_at": saved_at.isoformat(), "note": note, "text": body}
        for slug, saved_at, note, body in db.session.execute(wanted)
    ]
