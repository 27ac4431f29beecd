"""Who has a case, and what moderators say to each other about it."""

from __future__ import annotations

from forum.audit.actions import record
from forum.core import clock
from forum.core.verdicts import require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.moderation.actions.holding import hold
from forum.moderation.models import Case, CaseNote
from forum.moderation.policy import may_claim, may_handle
from forum.moderation.subjects import Subject


def claim(actor: Viewer, case: Case, subject: Subject) -> bool:
    """Take the case; False when another moderator has it."""
    require(may_claim(actor, subject, case))
    hold(case)
    require(may_claim(actor, subject, case))
    if case.claimed_by_id not in (None, actor.member_id):
        return False
    if case.claimed_by_id is None:
        case.claimed_by_id, case.claimed_at = actor.member_id, clock.now()
        _record(actor, "case.claim", case)
    return True


def release(actor: Viewer, case: Case, subject: Subject) -> None:
    """Give the case back, one's own or one that somebody else left lying."""
    require(may_handle(actor, subject))
    hold(case)
    if case.claimed_by_id is not None:
        case.claimed_by_id = case.claimed_at = None
        _record(actor, "case.release", case)


def add_note(actor: Viewer, case: Case, subject: Subject, *, body: str) -> CaseNote:
    """Say something to the other moderators; also on a settled case."""
    require(may_handle(actor, subject))
    note = CaseNote(case_id=case.id, author_id=actor.member_id, body=body, created_at=clock.now())
    db.session.add(note)
    db.session.flush()
    return note


def _record(actor: Viewer, action: str, case: Case) -> None:
    record(actor, action, subject=(case.subject_kind, case.subject_id), case_id=case.id)
