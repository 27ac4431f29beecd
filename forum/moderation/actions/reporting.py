"""Reports, and the one case that they meet in."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from forum.audit.actions import record
from forum.core import clock
from forum.core.events import publish
from forum.core.verdicts import require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.moderation.actions.claiming import claim
from forum.moderation.actions.holding import held_case_of
from forum.moderation.events import CaseOpened
from forum.moderation.models import Case, Decision, Report, ReportReason
from forum.moderation.policy import may_handle, may_report
from forum.moderation.subjects import Subject


def report(actor: Viewer, subject: Subject, *, reason: ReportReason, details: str) -> Case:
    """Tell the moderators. Saying more while the case is open adds to one's own report."""
    require(may_report(actor, subject))
    return file_report(actor.member_id, subject, reason, details)


def open_case(actor: Viewer, subject: Subject) -> Case:
    """Take up a subject as a moderator, without a report; its open case if there is one."""
    require(may_handle(actor, subject))
    case = held_case_of(subject) or _begun(subject)
    if case.settled_at is not None:
        _open(case, ReportReason.OTHER)
        record(actor, "case.open", subject=(case.subject_kind, case.subject_id), case_id=case.id)
        claim(actor, case, subject)
    return case


def file_report(
    reporter_id: int,
    subject: Subject,
    reason: ReportReason,
    details: str,
    *,
    answers: Decision | None = None,
) -> Case:
    """Add a report to the subject's case, which opens or opens again; whoever calls asks the rules.

    `answers` is the decision that the person concerned asks to have looked at again.
    """
    case = held_case_of(subject) or _begun(subject)
    if case.settled_at is not None:
        _open(case, reason)
    _raise_urgency(case, reason)
    _add(case, reporter_id, reason, details, answers)
    case.version += 1
    db.session.flush()
    return case


def _begun(subject: Subject) -> Case:
    """A case for a subject that had none; the one that somebody else began at this instant."""
    moment = clock.now()
    case = Case(
        subject_kind=subject.kind,
        subject_id=subject.id,
        thread_id=subject.thread_id,
        member_id=subject.member.id,
        reason=ReportReason.OTHER,
        urgency=ReportReason.OTHER.urgency,
        opened_at=moment,
        # Nothing was reported so far: the caller opens it.
        settled_at=moment,
        version=0,
    )
    try:
        with db.session.begin_nested():
            db.session.add(case)
    except IntegrityError:
        return _begun_by_another(subject)
    return case


def _begun_by_another(subject: Subject) -> Case:
    found = held_case_of(subject)
    if found is None:
        raise RuntimeError("a case was there a moment ago, and is gone")
    return found


def _open(case: Case, reason: ReportReason) -> None:
    case.reason, case.urgency = reason, reason.urgency
    case.opened_at, case.settled_at = clock.now(), None
    case.claimed_by_id = case.claimed_at = None
    case.reports = 0
    case.version += 1
    db.session.flush()
    publish(CaseOpened(case.id))


def _raise_urgency(case: Case, reason: ReportReason) -> None:
    if reason.urgency < case.urgency:
        case.reason, case.urgency = reason, reason.urgency


def _add(
    case: Case, reporter_id: int, reason: ReportReason, details: str, answers: Decision | None
) -> None:
    answers_id = answers.id if answers else None
    earlier = select(Report).where(
        Report.case_id == case.id,
        Report.reporter_id == reporter_id,
        Report.created_at >= case.opened_at,
        Report.answers_id == answers_id,
    )
    own = db.session.scalars(earlier).one_or_none()
    if own is not None:
        _say_more(own, reason, details)
        return
    db.session.add(
        Report(
            case_id=case.id,
            reporter_id=reporter_id,
            answers_id=answers_id,
            reason=reason,
            details=details,
            created_at=clock.now(),
        )
    )
    case.reports += 1


def _say_more(own: Report, reason: ReportReason, details: str) -> None:
    """Nothing said before is lost; of two reasons the more urgent one stands."""
    if details and details not in own.details:
        own.details = f"{own.details}\n\n{details}".strip()
    own.reason = min(ReportReason(own.reason), reason, key=lambda each: each.urgency)
