"""A decision: the change, the reason, the record and the word to the person, all at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from forum.accounts.actions.suspending import lift_suspension, suspend_until
from forum.audit.actions import record
from forum.core import clock
from forum.core.events import publish
from forum.core.verdicts import Refused, require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.moderation.actions.claiming import add_note
from forum.moderation.decisions import NOT_TOLD_TO_AUTHOR, DecisionKind
from forum.moderation.events import DecisionMade
from forum.moderation.models import Case, Decision
from forum.moderation.policy import may_take
from forum.moderation.subjects import Subject
from forum.threads.actions import moderating
from forum.topics.models import Audience, Topic


class OvertakenError(Exception):
    """Another moderator decided since the page was opened; `decision` is theirs, if any."""

    def __init__(self, decision: Decision | None) -> None:
        super().__init__("another moderator was faster")
        self.decision = decision


@dataclass(frozen=True, slots=True)
class Measure:
    """A decision with what it needs: an end, a place, an audience, the text that stays."""

    kind: DecisionKind
    until: datetime | None = None
    topic: Topic | None = None
    audience: Audience | None = None
    body: str = ""

    def details(self) -> dict[str, Any]:
        """What describes it in the record: ids, dates and plain words."""
        found = {
            "until": self.until.isoformat() if self.until else None,
            "topic": self.topic.slug if self.topic else None,
            "audience": self.audience.value if self.audience else None,
        }
        return {name: value for name, value in found.items() if value}


def decide(
    actor: Viewer,
    case: Case,
    subject: Subject,
    *,
    measure: Measure,
    reason: str,
    version: int,
    note: str = "",
) -> Decision:
    """Settle the case. Raises `OvertakenError` when `version` is no longer the newest."""
    require(may_take(actor, subject, measure.kind))
    _hold(case, version)
    _carry_out(actor, subject, measure)
    if note:
        add_note(actor, case, body=note)
    decision = _settled(actor, case, subject, measure, reason)
    record(
        actor,
        f"case.{measure.kind}",
        subject=(case.subject_kind, case.subject_id),
        reason=reason,
        case_id=case.id,
        **measure.details(),
    )
    publish(DecisionMade(decision.id))
    return decision


def mark_seen(actor: Viewer, member_id: int) -> None:
    """Note that the person has seen what was decided about them."""
    if actor.member_id != member_id:
        raise Refused("These words are for somebody else.")
    unseen = select(Decision).where(Decision.member_id == member_id, Decision.seen_at.is_(None))
    for decision in db.session.scalars(unseen):
        decision.seen_at = clock.now()


def _hold(case: Case, version: int) -> None:
    db.session.refresh(case, with_for_update=True)
    if case.version != version:
        newest = select(Decision).where(Decision.case_id == case.id).order_by(Decision.id.desc())
        raise OvertakenError(db.session.scalars(newest.limit(1)).one_or_none())


def _settled(
    actor: Viewer, case: Case, subject: Subject, measure: Measure, reason: str
) -> Decision:
    moment = clock.now()
    case.settled_at, case.version = moment, case.version + 1
    case.claimed_by_id = case.claimed_at = None
    decision = Decision(
        case_id=case.id,
        moderator_id=actor.member_id,
        member_id=subject.member.id,
        kind=measure.kind,
        reason=reason,
        details=measure.details(),
        created_at=moment,
        seen_at=moment if measure.kind in NOT_TOLD_TO_AUTHOR else None,
    )
    db.session.add(decision)
    db.session.flush()
    return decision


def _carry_out(actor: Viewer, subject: Subject, measure: Measure) -> None:
    deed = _DEEDS.get(measure.kind)
    if deed is not None:
        deed(actor, subject, measure)


def _hide(actor: Viewer, subject: Subject, measure: Measure) -> None:
    if subject.post is not None:
        moderating.hide_post(actor, subject.post)
    elif subject.thread is not None:
        moderating.hide_thread(actor, subject.thread)


def _restore(actor: Viewer, subject: Subject, measure: Measure) -> None:
    if subject.post is not None:
        moderating.show_post(actor, subject.post)
    elif subject.thread is not None:
        moderating.show_thread(actor, subject.thread)


def _remove(actor: Viewer, subject: Subject, measure: Measure) -> None:
    if subject.post is not None:
        moderating.remove_post(actor, subject.post)
    elif subject.thread is not None:
        moderating.remove_thread(actor, subject.thread)


def _edit_out(actor: Viewer, subject: Subject, measure: Measure) -> None:
    if subject.post is not None:
        moderating.edit_out(actor, subject.post, body=measure.body)


def _on_thread(verb: Callable[..., object], **wanted: str) -> Callable[..., None]:
    """A deed on the conversation; `wanted` maps the verb's arguments to the measure's."""

    def deed(actor: Viewer, subject: Subject, measure: Measure) -> None:
        if subject.thread is not None:
            given = {name: getattr(measure, field) for name, field in wanted.items()}
            verb(actor, subject.thread, **given)

    return deed


def _suspend(actor: Viewer, subject: Subject, measure: Measure) -> None:
    if measure.until is not None:
        suspend_until(subject.member, measure.until)


def _lift(actor: Viewer, subject: Subject, measure: Measure) -> None:
    lift_suspension(subject.member)


_DEEDS: Mapping[DecisionKind, Callable[[Viewer, Subject, Measure], None]] = {
    DecisionKind.HIDE: _hide,
    DecisionKind.RESTORE: _restore,
    DecisionKind.REMOVE: _remove,
    DecisionKind.EDIT_OUT: _edit_out,
    DecisionKind.LOCK: _on_thread(moderating.lock_thread),
    DecisionKind.UNLOCK: _on_thread(moderating.unlock_thread),
    DecisionKind.PIN: _on_thread(moderating.pin_thread),
    DecisionKind.UNPIN: _on_thread(moderating.unpin_thread),
    DecisionKind.MOVE: _on_thread(moderating.move_thread, topic="topic"),
    DecisionKind.NARROW: _on_thread(moderating.narrow_audience, audience="audience"),
    DecisionKind.SUSPEND: _suspend,
    DecisionKind.LIFT: _lift,
}
