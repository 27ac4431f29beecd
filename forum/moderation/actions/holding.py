"""Cases as objects to change, one transaction at a time."""

from __future__ import annotations

from sqlalchemy import select

from forum.extensions import db
from forum.moderation.models import Case
from forum.moderation.subjects import Subject


def hold(case: Case) -> None:
    """Let nobody else change the case until this transaction ends, and read it anew.

    Weak enough that notes, which only refer to the case, need not wait.
    """
    db.session.refresh(case, with_for_update={"key_share": True})


def held_case_of(subject: Subject) -> Case | None:
    """The subject's case, held and read anew."""
    wanted = select(Case).where(Case.subject_kind == subject.kind, Case.subject_id == subject.id)
    return db.session.scalars(
        wanted.with_for_update(key_share=True), execution_options={"populate_existing": True}
    ).one_or_none()
