"""What the desk shows: rows with prebuilt addresses, one query a section of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from forum.accounts.models import Member
from forum.audit.models import AuditEntry
from forum.core.pages import Page, last_page, page_number
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.moderation.decisions import NOT_TOLD_TO_AUTHOR, DecisionKind
from forum.moderation.models import (
    Case,
    CaseNote,
    Decision,
    Report,
    ReportReason,
    SubjectKind,
)
from forum.moderation.subjects import Subject
from forum.threads.models import Post, Thread, ThreadAlias

CASES_A_PAGE = 30
ENTRIES_A_PAGE = 50
NEAR_POSTS = 2

Claimer = aliased(Member)
Concerned = aliased(Member)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as the queue shows it."""

    id: int
    url: str
    reason: str
    subject: str
    reports: int
    opened_at: datetime
    settled_at: datetime | None
    claimed_by: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class DeskFigures:
    """How the desk stands: never about a person, never shown to members."""

    open_cases: int
    oldest_at: datetime | None
    worried: int
    unclaimed: int
    waiting_threads: int
    waiting_since: datetime | None


def case_page(*, settled: bool, page: str | None) -> Page[CaseRow]:
    """Open cases by urgency and age, or settled ones, newest first."""
    state = Case.settled_at.is_not(None) if settled else Case.settled_at.is_(None)
    total = db.session.scalar(select(func.count()).select_from(Case).where(state)) or 0
    last = last_page(total, CASES_A_PAGE)
    number = page_number(page, last)
    order = (Case.settled_at.desc(),) if settled else (Case.urgency, Case.opened_at, Case.id)
    rows = db.session.execute(
        _case_rows()
        .where(state)
        .order_by(*order)
        .limit(CASES_A_PAGE)
        .offset((number - 1) * CASES_A_PAGE)
    )
    return Page([_case_row(row) for row in rows], number, last, total)


def case_row(case_id: int) -> CaseRow | None:
    row = db.session.execute(_case_rows().where(Case.id == case_id)).one_or_none()
    return _case_row(row) if row else None


def figures() -> DeskFigures:
    waiting = and_(
        Thread.waiting.is_(True), Thread.hidden_at.is_(None), Thread.removed_at.is_(None)
    )
    worried = func.count(Case.id).filter(Case.reason == ReportReason.WORRIED)
    cases = db.session.execute(
        select(
            func.count(Case.id),
            func.min(Case.opened_at),
            worried,
            func.count(Case.id).filter(Case.claimed_by_id.is_(None)),
        ).where(Case.settled_at.is_(None))
    ).one()
    threads = db.session.execute(
        select(func.count(Thread.id), func.min(Thread.created_at)).where(waiting)
    ).one()
    return DeskFigures(*cases, *threads)


def reports_of(case: Case) -> Sequence[Row[Any]]:
    """Reports, newest first, with the reporter's name."""
    return db.session.execute(
        select(Report.reason, Report.details, Report.created_at, Member.username)
        .outerjoin(Member, Member.id == Report.reporter_id)
        .where(Report.case_id == case.id)
        .order_by(Report.id.desc())
    ).all()


def notes_of(case: Case) -> Sequence[Row[Any]]:
    return db.session.execute(
        select(CaseNote.body, CaseNote.created_at, Member.username)
        .join(Member, Member.id == CaseNote.author_id)
        .where(CaseNote.case_id == case.id)
        .order_by(CaseNote.id)
    ).all()


def decisions_of(case: Case) -> Sequence[Row[Any]]:
    return db.session.execute(
        select(Decision.kind, Decision.reason, Decision.created_at, Member.username)
        .join(Member, Member.id == Decision.moderator_id)
        .where(Decision.case_id == case.id)
        .order_by(Decision.id)
    ).all()


def earlier_decisions(subject: Subject, case: Case) -> Sequence[Row[Any]]:
    """What was decided before about the same person, in other cases; newest ten.

    Of an author who wrote without their name, nothing: a list would say who it is.
    """
    if subject.withheld:
        return []
    named = or_(Post.id.is_(None), Post.withheld.is_(False))
    named_thread = or_(Case.subject_kind != SubjectKind.THREAD, Thread.withheld.is_(False))
    return db.session.execute(
        select(Decision.kind, Decision.reason, Decision.created_at, Decision.case_id)
        .join(Case, Case.id == Decision.case_id)
        .outerjoin(
            Post, and_(Case.subject_kind == SubjectKind.POST, Post.id == Case.subject_id)
        )
        .outerjoin(Thread, Thread.id == Case.thread_id)
        .where(Decision.member_id == subject.member.id, Case.id != case.id, named, named_thread)
        .order_by(Decision.id.desc())
        .limit(10)
    ).all()


def near_posts(subject: Subject) -> Sequence[Row[Any]]:
    """The post and its neighbors in the thread, under the names that readers see."""
    if subject.thread is None:
        return []
    number = subject.post.number if subject.post else 1
    return db.session.execute(
        select(
            Post.id,
            Post.number,
            Post.html,
            Post.created_at,
            Post.deleted_at,
            Post.hidden_at,
            Post.removed_at,
            Post.withheld,
            Member.username,
            ThreadAlias.label,
        )
        .join(Member, Member.id == Post.author_id)
        .outerjoin(ThreadAlias, _alias_of_post())
        .where(
            Post.thread_id == subject.thread.id,
            Post.number.between(number - NEAR_POSTS, number + NEAR_POSTS),
        )
        .order_by(Post.number)
    ).all()


def author_name(subject: Subject) -> str:
    """The name under which readers know the author."""
    if not subject.withheld or subject.thread is None:
        return subject.member.username
    label = db.session.scalar(
        select(ThreadAlias.label).where(
            ThreadAlias.thread_id == subject.thread.id,
            ThreadAlias.member_id == subject.member.id,
        )
    )
    return f"{label or 'Member'} (name withheld)"


def unread_words(viewer: Viewer) -> int:
    """How many decisions a member has not seen yet."""
    unseen = select(func.count()).where(
        Decision.member_id == viewer.member_id, Decision.seen_at.is_(None)
    )
    return db.session.scalar(unseen) or 0


def decisions_about(viewer: Viewer) -> Sequence[Row[Any]]:
    """What was decided about a member, newest first, with where it concerned."""
    return db.session.execute(
        select(
            Decision.id,
            Decision.kind,
            Decision.reason,
            Decision.created_at,
            Decision.details,
            Decision.seen_at,
            Decision.case_id,
            Case.settled_at,
            Thread.id.label("thread_id"),
            Thread.slug,
            Thread.title,
        )
        .join(Case, Case.id == Decision.case_id)
        .outerjoin(Thread, Thread.id == Case.thread_id)
        .where(
            Decision.member_id == viewer.member_id,
            Decision.kind.not_in(NOT_TOLD_TO_AUTHOR),
        )
        .order_by(Decision.id.desc())
        .limit(100)
    ).all()


def reports_by(viewer: Viewer) -> Sequence[Row[Any]]:
    """What a member reported, newest first, and whether somebody has looked since."""
    return db.session.execute(
        select(Report.reason, Report.created_at, Case.settled_at, Case.member_id)
        .join(Case, Case.id == Report.case_id)
        .where(Report.reporter_id == viewer.member_id, Case.member_id != viewer.member_id)
        .order_by(Report.id.desc())
        .limit(30)
    ).all()


def log_page(
    *, actor: str = "", action: str = "", subject_kind: str = "", page: str | None = None
) -> Page[Row[Any]]:
    """The record, newest first, filtered by who, what and about what."""
    wanted = _log_filters(actor, action, subject_kind)
    total = db.session.scalar(
        select(func.count(AuditEntry.id))
        .outerjoin(Member, Member.id == AuditEntry.actor_id)
        .where(*wanted)
    )
    last = last_page(total or 0, ENTRIES_A_PAGE)
    number = page_number(page, last)
    rows = db.session.execute(
        select(
            AuditEntry.at,
            AuditEntry.action,
            AuditEntry.subject_kind,
            AuditEntry.subject_id,
            AuditEntry.reason,
            AuditEntry.details,
            Member.username,
        )
        .outerjoin(Member, Member.id == AuditEntry.actor_id)
        .where(*wanted)
        .order_by(AuditEntry.id.desc())
        .limit(ENTRIES_A_PAGE)
        .offset((number - 1) * ENTRIES_A_PAGE)
    ).all()
    return Page(rows, number, last, total or 0)


def logged_actions() -> Sequence[str]:
    return db.session.scalars(
        select(AuditEntry.action).distinct().order_by(AuditEntry.action)
    ).all()


def _log_filters(actor: str, action: str, subject_kind: str) -> list[Any]:
    wanted: list[Any] = []
    if actor:
        wanted.append(Member.username_key == actor.casefold())
    if action:
        wanted.append(AuditEntry.action == action)
    if subject_kind:
        wanted.append(AuditEntry.subject_kind == subject_kind)
    return wanted


def _alias_of_post() -> Any:
    return and_(
        Post.withheld.is_(True),
        ThreadAlias.thread_id == Post.thread_id,
        ThreadAlias.member_id == Post.author_id,
    )


def _case_rows() -> Select[Any]:
    return (
        select(
            Case.id,
            Case.subject_kind,
            Case.reason,
            Case.reports,
            Case.opened_at,
            Case.settled_at,
            Claimer.username.label("claimed_by"),
            Concerned.username.label("author"),
            Post.number,
            Post.withheld.label("post_withheld"),
            Thread.title,
            Thread.withheld.label("thread_withheld"),
        )
        .join(Concerned, Concerned.id == Case.member_id)
        .outerjoin(Claimer, Claimer.id == Case.claimed_by_id)
        .outerjoin(
            Post, and_(Case.subject_kind == SubjectKind.POST, Post.id == Case.subject_id)
        )
        .outerjoin(Thread, Thread.id == Case.thread_id)
    )


def _case_row(row: Row[Any]) -> CaseRow:
    return CaseRow(
        id=row.id,
        url=f"/moderation/cases/{row.id}",
        reason=ReportReason(row.reason).label,
        subject=_subject_words(row),
        reports=row.reports,
        opened_at=row.opened_at,
        settled_at=row.settled_at,
        claimed_by=row.claimed_by or "",
        urgent=row.reason == ReportReason.WORRIED and row.settled_at is None,
    )


def _subject_words(row: Row[Any]) -> str:
    if row.subject_kind == SubjectKind.MEMBER:
        return f"About the member {row.author}"
    withheld = row.post_withheld if row.subject_kind == SubjectKind.POST else row.thread_withheld
    by = "name withheld" if withheld else f"by {row.author}"
    if row.subject_kind == SubjectKind.THREAD:
        return f"Conversation “{row.title}”, {by}"
    what = "Opening post" if row.number == 1 else f"Reply {(row.number or 1) - 1}"
    return f"{what} in “{row.title}”, {by}"


def decision_label(kind: str) -> str:
    return DecisionKind(kind).label
