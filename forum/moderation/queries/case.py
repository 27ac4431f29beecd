"""One case: what was said, what it is about, and what happened before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, select

from forum.accounts.models import Member
from forum.audit.models import AuditEntry
from forum.core.verdicts import Verdict
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.moderation.circumstances import named_cases
from forum.moderation.decisions import DecisionKind
from forum.moderation.models import Case, CaseNote, Decision, Report, ReportReason
from forum.moderation.policy import Circumstances
from forum.moderation.queries.queue import case_path
from forum.moderation.subjects import Subject
from forum.threads.addresses import post_path
from forum.threads.models import Post, Thread, ThreadAlias
from forum.threads.policy import may_see_post, visible_posts
from forum.threads.presentation.names import FORMER_MEMBER, Byline, byline

NEAR_POSTS = 2
MOST_EARLIER = 10
MOST_POSTS = 5


@dataclass(frozen=True, slots=True)
class ReportRow:
    """`answers` says that it comes from the person concerned; `is_earlier`, from another time."""

    reason: str
    details: str
    created_at: datetime
    by: str
    answers: str
    is_earlier: bool


@dataclass(frozen=True, slots=True)
class NearPost:
    """A post beside the one in question, or that one; `why_gone` where it has no words."""

    number: int
    url: str
    author: Byline
    created_at: datetime
    html: str
    why_gone: str
    is_subject: bool


@dataclass(frozen=True, slots=True)
class EarlierCase:
    """Another case about the same person, with what was decided in it last."""

    url: str
    reason: str
    opened_at: datetime
    is_open: bool
    outcome: str
    why: str


def reports_of(of: Case) -> Sequence[ReportRow]:
    """Reports, newest first.

    The person concerned is not named, because the words in question may be without their name;
    nor is a reporter who had written without theirs in the same conversation. One who does so
    later stays named: a name that turned into an alias would tell whose alias it is.
    """
    written_before = (
        select(Post.id)
        .where(
            Post.thread_id == of.thread_id,
            Post.author_id == Report.reporter_id,
            Post.withheld.is_(True),
            Post.created_at <= Report.created_at,
        )
        .exists()
    )
    rows = db.session.execute(
        select(
            Report.reason,
            Report.details,
            Report.created_at,
            Report.reporter_id,
            Member.username,
            ThreadAlias.label,
            Decision.kind.label("answers"),
        )
        .outerjoin(Member, Member.id == Report.reporter_id)
        .outerjoin(Decision, Decision.id == Report.answers_id)
        .outerjoin(
            ThreadAlias,
            and_(
                ThreadAlias.thread_id == of.thread_id,
                ThreadAlias.member_id == Report.reporter_id,
                written_before,
            ),
        )
        .where(Report.case_id == of.id)
        .order_by(Report.created_at.desc(), Report.id.desc())
    )
    return [_report_row(of, row) for row in rows]


def _report_row(of: Case, row: Row[*tuple[Any, ...]]) -> ReportRow:
    return ReportRow(
        reason=ReportReason(row.reason).label,
        details=row.details,
        created_at=row.created_at,
        by=_reporter(of, row),
        answers=DecisionKind(row.answers).label if row.answers else "",
        is_earlier=row.created_at < of.opened_at,
    )


def _reporter(of: Case, row: Row[*tuple[Any, ...]]) -> str:
    if row.answers or row.reporter_id == of.member_id:
        return "The person concerned"
    if row.reporter_id is None:
        return FORMER_MEMBER
    return f"{row.label} (name withheld)" if row.label else str(row.username)


def notes_of(of: Case) -> Sequence[Row[*tuple[Any, ...]]]:
    """What moderators said to each other, oldest first; emptied ones are left out."""
    return db.session.execute(
        select(CaseNote.body, CaseNote.created_at, _name(Member).label("by"))
        .join(Member, Member.id == CaseNote.author_id)
        .where(CaseNote.case_id == of.id, CaseNote.body != "")
        .order_by(CaseNote.id)
    ).all()


def history_of(subject: Subject) -> Sequence[Row[*tuple[Any, ...]]]:
    """What moderators did about this subject, oldest first, from the record."""
    return db.session.execute(
        select(
            AuditEntry.at,
            AuditEntry.action,
            AuditEntry.reason,
            AuditEntry.details,
            _name(Member).label("by"),
        )
        .join(Member, Member.id == AuditEntry.actor_id)
        .where(
            AuditEntry.subject_kind == subject.kind,
            AuditEntry.subject_id == subject.id,
            AuditEntry.action.startswith("case."),
        )
        .order_by(AuditEntry.id)
    ).all()


def answered_moderators(about: Circumstances) -> Sequence[str]:
    """The names of those whose decisions somebody else should look at now."""
    if not about.answered_ids:
        return []
    wanted = select(Member.username).where(Member.id.in_(about.answered_ids))
    return db.session.scalars(wanted.order_by(Member.username)).all()


def near_posts(viewer: Viewer, subject: Subject, words: Verdict) -> Sequence[NearPost]:
    """The post and its neighbors in the thread, under the names that readers see.

    `words` says whether those in question may be read; for the others the thread's own rule holds.
    """
    if subject.thread is None:
        return []
    middle = subject.post.number if subject.post else 1
    rows = db.session.execute(
        select(
            Post.id,
            Post.number,
            Post.html,
            Post.created_at,
            Post.edited_at,
            Post.deleted_at,
            Post.hidden_at,
            Post.removed_at,
            Post.author_id,
            Post.withheld,
            Member.username,
            Member.relations,
            Member.rank,
            Member.is_system,
            Member.erased_at,
            ThreadAlias.label.label("alias"),
        )
        .join(Member, Member.id == Post.author_id)
        .outerjoin(
            ThreadAlias,
            and_(ThreadAlias.thread_id == Post.thread_id, ThreadAlias.member_id == Post.author_id),
        )
        .where(
            Post.thread_id == subject.thread.id,
            Post.number.between(middle - NEAR_POSTS, middle + NEAR_POSTS),
        )
        .order_by(Post.number)
    )
    middle_id = subject.words.id if subject.words else 0
    return [
        _near_post(viewer, row, is_subject=True, seen=words)
        if row.id == middle_id
        else _near_post(viewer, row, seen=may_see_post(viewer, subject.thread, row))
        for row in rows
    ]


def _near_post(
    viewer: Viewer, row: Row[*tuple[Any, ...]], *, seen: Verdict, is_subject: bool = False
) -> NearPost:
    return NearPost(
        number=row.number,
        url=post_path(row.id),
        author=byline(viewer, row, row.alias),
        created_at=row.created_at,
        html=row.html if seen else "",
        why_gone=seen.reason,
        is_subject=is_subject,
    )


def author_name(subject: Subject) -> str:
    """The name under which readers know the author."""
    member = subject.member
    if subject.thread is None or not subject.withheld:
        return FORMER_MEMBER if member.erased_at else member.username
    label = db.session.scalar(
        select(ThreadAlias.label).where(
            ThreadAlias.thread_id == subject.thread.id, ThreadAlias.member_id == member.id
        )
    )
    return f"{label or 'A member'} (name withheld)"


def earlier_cases(subject: Subject, of: Case) -> Sequence[EarlierCase]:
    """Other cases about the same person, newest first.

    Of an author who wrote without their name, none: the list would say who it is.
    """
    if subject.withheld:
        return []
    newest = (
        select(func.max(Decision.id))
        .where(Decision.case_id == Case.id)
        .correlate(Case)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Case.id, Case.reason, Case.opened_at, Case.settled_at, Decision.kind, Decision.reason
        )
        .outerjoin(Decision, Decision.id == newest)
        .where(Case.member_id == subject.member.id, Case.id != of.id, named_cases())
        .order_by(Case.opened_at.desc(), Case.id.desc())
        .limit(MOST_EARLIER)
    )
    return [
        EarlierCase(
            url=case_path(case_id),
            reason=ReportReason(reason).label,
            opened_at=opened_at,
            is_open=settled_at is None,
            outcome=DecisionKind(kind).label if kind else "",
            why=why or "",
        )
        for case_id, reason, opened_at, settled_at, kind, why in rows
    ]


def latest_posts(viewer: Viewer, subject: Subject) -> Sequence[Row[*tuple[Any, ...]]]:
    """What the author wrote last under their name, newest first; nothing of one without."""
    if subject.withheld:
        return []
    return db.session.execute(
        select(Post.id, Post.created_at, Thread.title)
        .join(Thread, Thread.id == Post.thread_id)
        .where(Post.author_id == subject.member.id, Post.withheld.is_(False), visible_posts(viewer))
        .order_by(Post.id.desc())
        .limit(MOST_POSTS)
    ).all()


def _name(member: type[Member]) -> ColumnElement[str]:
    return case((member.erased_at.is_not(None), FORMER_MEMBER), else_=member.username)
