"""Who has a case, and what moderators say to each other about it."""

from __future__ import annotations

from forum.audit.actions import record
from forum.core import clock
from forum.core.verdicts import require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.moderation.models import Case, CaseNote
from forum.moderation.policy import may_moderate


def claim(actor: Viewer, case: Case) -> bool:
    """Take the case; False when another moderator has it."""
    require(may_moderate(actor))
    db.session.refresh(case, with_for_update=True)
    if case.claimed_by_id not in (None, actor.member_id):
        return False
    if case.claimed_by_id is None:
        case.claimed_by_id, case.claimed_at = actor.member_id, clock.now()
        record(actor, "case.claim", subject=(case.subject_kind, case.subject_id), case_id=case.id)
    return True


def release(actor: Viewer, case: Case) -> None:
    """Give the case back, one's own or one that somebody else left lying."""
    require(may_moderate(actor))
    if case.claimed_by_id is not None:
        case.claimed_by_id = case.claimed_at = None
        record(actor, "case.release", subject=(case.subject_kind, case.subject_id), case_id=case.id)


def add_note(actor: Viewer, case: Case, *, body: str) -> CaseNote:
    require(may_moderate(actor))
    note = CaseNote(
        case_id=case.id, author_id=actor.member_id, body=body, created_at=clock.now()
    )
    db.session.add(note)
    db.session.flush()
    return note
