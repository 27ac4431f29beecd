"""What the person concerned does with a decision: read it, and ask for a second look."""

from __future__ import annotations

from sqlalchemy import select

from forum.core import clock
from forum.core.verdicts import require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.moderation.actions.holding import hold
from forum.moderation.actions.reporting import file_report
from forum.moderation.models import Case, Decision, Report, ReportReason
from forum.moderation.policy import may_answer, may_mark_seen, own_decisions
from forum.moderation.subjects import subject_of


def answer_decision(actor: Viewer, decision: Decision, *, details: str) -> Case:
    """Ask that somebody looks again: the case opens anew, for another moderator."""
    require(may_answer(actor, decision, answered=_is_answered(decision)))
    case = db.session.get_one(Case, decision.case_id)
    hold(case)
    require(may_answer(actor, decision, answered=_is_answered(decision)))
    decision.seen_at = decision.seen_at or clock.now()
    return file_report(
        actor.member_id, subject_of(case), ReportReason.OTHER, details, answers=decision
    )


def mark_seen(actor: Viewer, *, up_to: int) -> None:
    """Note that the person has seen what was decided about them, up to the decision of that id."""
    require(may_mark_seen(actor))
    unseen = select(Decision).where(
        own_decisions(actor), Decision.seen_at.is_(None), Decision.id <= up_to
    )
    for decision in db.session.scalars(unseen):
        decision.seen_at = clock.now()


def _is_answered(decision: Decision) -> bool:
    wanted = select(Report.id).where(Report.answers_id == decision.id).limit(1)
    return db.session.scalar(wanted) is not None
