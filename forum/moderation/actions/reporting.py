"""Reports, and the one case that they meet in."""

from __future__ import annotations

from sqlalchemy import select

from forum.core import clock
from forum.core.events import publish
from forum.core.verdicts import ALLOWED, HIDDEN, Verdict, require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.moderation.events import CaseOpened
from forum.moderation.models import Case, Report, ReportReason
from forum.moderation.policy import may_moderate, may_report
from forum.moderation.subjects import Subject


def report(actor: Viewer, subject: Subject, *, reason: ReportReason, details: str) -> Case:
    """Tell the moderators. Saying it again while the case is open renews one's own report."""
    require(may_report(actor, subject))
    return file_report(actor.member_id, subject, reason, details)


def answer_decision(actor: Viewer, case: Case, subject: Subject, *, details: str) -> Case:
    """Ask, as the person concerned, that somebody looks again: the case opens anew."""
    require(_may_answer(actor, case))
    return file_report(actor.member_id, subject, ReportReason.OTHER, details)


def open_case(actor: Viewer, subject: Subject) -> Case:
    """Begin a case as a moderator, without a report; the open one if there is one already."""
    require(may_moderate(actor))
    case = _case_of(subject)
    if case is None or case.settled_at is not None:
        case = _opened(case, subject, ReportReason.OTHER)
    return case


def file_report(
    reporter_id: int, subject: Subject, reason: ReportReason, details: str
) -> Case:
    """Add a report to the subject's case, which opens or reopens."""
    case = _case_of(subject)
    if case is None or case.settled_at is not None:
        case = _opened(case, subject, reason)
    _raise_urgency(case, reason)
    _renew_report(case, reporter_id, reason, details)
    return case


def _may_answer(actor: Viewer, case: Case) -> Verdict:
    return ALLOWED if actor.member_id == case.member_id else HIDDEN


def _case_of(subject: Subject) -> Case | None:
    wanted = select(Case).where(Case.subject_kind == subject.kind, Case.subject_id == subject.id)
    return db.session.scalars(wanted.with_for_update()).one_or_none()


def _opened(case: Case | None, subject: Subject, reason: ReportReason) -> Case:
    if case is None:
        case = Case(
            subject_kind=subject.kind,
            subject_id=subject.id,
            thread_id=subject.thread_id,
            member_id=subject.member.id,
            version=0,
        )
        db.session.add(case)
    case.reason, case.urgency = reason, reason.urgency
    case.opened_at, case.settled_at = clock.now(), None
    case.claimed_by_id = case.claimed_at = None
    case.reports = 0
    case.version += 1
    db.session.flush()
    publish(CaseOpened(case.id))
    return case


def _raise_urgency(case: Case, reason: ReportReason) -> None:
    if reason.urgency < case.urgency:
        case.reason, case.urgency = reason, reason.urgency


def _renew_report(case: Case, reporter_id: int, reason: ReportReason, details: str) -> None:
    earlier = select(Report).where(
        Report.case_id == case.id,
        Report.reporter_id == reporter_id,
        Report.created_at >= case.opened_at,
    )
    own = db.session.scalars(earlier).one_or_none()
    if own is None:
        own = Report(case_id=case.id, reporter_id=reporter_id)
        db.session.add(own)
        case.reports += 1
    own.reason, own.details, own.created_at = reason, details, clock.now()
    db.session.flush()
