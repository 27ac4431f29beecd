"""A decision: the change, the reason, the record and the word to the person, all at once."""

from __future__ import annotations

from enum import Enum

from forum.audit.actions import record
from forum.core import clock
from forum.core.events import publish
from forum.core.verdicts import require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.moderation.actions.claiming import add_note
from forum.moderation.actions.holding import hold
from forum.moderation.actions.measures import Measure, carry_out
from forum.moderation.circumstances import circumstances_of
from forum.moderation.decisions import DecisionKind, is_told
from forum.moderation.events import DecisionMade
from forum.moderation.models import Case, Decision
from forum.moderation.policy import may_decide, may_take
from forum.moderation.subjects import Subject, hold_subject
from forum.topics.models import Topic


class Overtaking(Enum):
    """What happened to a case since a moderator opened its page."""

    DECIDED = "decided"
    REPORTED = "reported"
    EDITED = "edited"


class OvertakenError(Exception):
    """The case is not any more what the moderator has read. Nothing was changed."""

    def __init__(self, by: Overtaking) -> None:
        super().__init__(by.value)
        self.by = by


def decide(
    actor: Viewer,
    case: Case,
    subject: Subject,
    *,
    measure: Measure,
    reason: str,
    version: int | None = None,
    note: str = "",
) -> Decision:
    """Settle the case. `version` is that of the case which the moderator has read, if known.

    Raises `OvertakenError` when somebody else was faster.
    """
    require(may_decide(actor, subject, circumstances_of(case, subject)))
    hold(case)
    refuse_overtaken(case, version)
    hold_subject(subject)
    about = circumstances_of(case, subject)
    require(may_take(actor, subject, about, measure.kind))
    _refuse_edited(subject, measure)
    if note:
        add_note(actor, case, subject, body=note)
    details = _details(subject, measure)
    carry_out(actor, subject, measure)
    told = is_told(measure.kind, asked_again=about.asked_again)
    decision = _settle(actor, case, measure.kind, reason=reason, details=details, told=told)
    _record(actor, case, decision)
    publish(DecisionMade(decision.id))
    return decision


def refuse_overtaken(case: Case, version: int | None) -> None:
    """Raise `OvertakenError` unless `version` is the newest; None is for nobody knows."""
    if version is None or case.version == version:
        return
    raise OvertakenError(Overtaking.REPORTED if case.settled_at is None else Overtaking.DECIDED)


def _refuse_edited(subject: Subject, measure: Measure) -> None:
    """The text that stays was made from the one that the moderator has read."""
    if measure.kind is DecisionKind.EDIT_OUT and measure.seen not in ("", subject.print_of_words):
        raise OvertakenError(Overtaking.EDITED)


def _details(subject: Subject, measure: Measure) -> dict[str, str]:
    """What was done, and how it was before, so that it can be taken back."""
    details = measure.details()
    if measure.kind is DecisionKind.NARROW and subject.thread is not None:
        details["before"] = subject.thread.audience
    if measure.kind is DecisionKind.MOVE and subject.thread is not None:
        details["before"] = db.session.get_one(Topic, subject.thread.topic_id).slug
    return details


def _settle(
    actor: Viewer,
    case: Case,
    kind: DecisionKind,
    *,
    reason: str,
    details: dict[str, str],
    told: bool,
) -> Decision:
    moment = clock.now()
    case.settled_at, case.version = moment, case.version + 1
    case.claimed_by_id = case.claimed_at = None
    decision = Decision(
        case_id=case.id,
        moderator_id=actor.member_id,
        member_id=case.member_id,
        kind=kind,
        reason=reason,
        details=details,
        told=told,
        created_at=moment,
    )
    db.session.add(decision)
    db.session.flush()
    return decision


def _record(actor: Viewer, case: Case, decision: Decision) -> None:
    record(
        actor,
        f"case.{decision.kind}",
        subject=(case.subject_kind, case.subject_id),
        reason=decision.reason,
        case_id=case.id,
        **decision.details,
    )
