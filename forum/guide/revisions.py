"""Keeping every saved change of a part."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from forum.core import clock
from forum.extensions import db
from forum.guide.drawing import draw
from forum.guide.edition import Edition
from forum.guide.models import GuidePart, GuideRevision

FOLD = timedelta(minutes=10)


def revise(
    part: GuidePart, edition: Edition, *, editor_id: int | None, note: str, fold: bool = False
) -> None:
    """Make `edition` what the part says, as its newest revision.

    With `fold`, a revision that the same editor began within `FOLD` becomes this one. Either way
    the number rises: whoever began to write on the number before is told of the change.
    """
    part.revision = (part.revision or 0) + 1
    part.updated_at = clock.now()
    edition.write_to(part)
    draw(part)
    db.session.add(part)
    db.session.flush()
    revision = _to_fold_into(part, editor_id) if fold else None
    if revision is None:
        revision = GuideRevision(part_id=part.id, editor_id=editor_id, saved_at=part.updated_at)
        db.session.add(revision)
    revision.number = part.revision
    revision.note = _joined(revision.note, note)
    edition.write_to(revision)
    db.session.flush()


def _to_fold_into(part: GuidePart, editor_id: int | None) -> GuideRevision | None:
    newest = db.session.scalars(
        select(GuideRevision)
        .where(GuideRevision.part_id == part.id)
        .order_by(GuideRevision.number.desc())
        .limit(1)
    ).one_or_none()
    if newest is None or newest.editor_id != editor_id:
        return None
    return newest if clock.now() - newest.saved_at <= FOLD else None


def _joined(before: str | None, note: str) -> str:
    notes = before.split("; ") if before else []
    return "; ".join(notes if note in notes else [*notes, note])
