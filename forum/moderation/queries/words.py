"""What those concerned read: decisions about them, and what became of their reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from forum.core.viewer import Viewer
from forum.extensions import db
from forum.moderation.decisions import DecisionKind
from forum.moderation.models import Case, Decision, Report, ReportReason, SubjectKind
from forum.moderation.policy import own_decisions
from forum.threads.addresses import post_path, thread_path
from forum.threads.models import Thread
from forum.threads.policy import may_see_thread
from forum.topics.models import Topic

MOST_DECISIONS = 100
MOST_REPORTS = 30


@dataclass(frozen=True, slots=True)
class Told:
    """A decision in the words of the person concerned.

    `url` is empty where they can no longer go there. `answered_at` is when they asked for a
    second look, `looked_again` whether there was one since.
    """

    id: int
    sentence: str
    reason: str
    title: str
    url: str
    until: datetime | None
    topic: str
    created_at: datetime
    is_new: bool
    answered_at: datetime | None
    looked_again: bool


@dataclass(frozen=True, slots=True)
class OwnReport:
    """`looked_at` is when somebody settled it; `in_hand` says that somebody has it now."""

    reason: str
    url: str
    created_at: datetime
    in_hand: bool
    looked_at: datetime | None


def unread_words(viewer: Viewer) -> int:
    """How many decisions a member has not seen yet."""
    unseen = select(func.count(Decision.id)).where(
        own_decisions(viewer), Decision.seen_at.is_(None)
    )
    return db.session.scalar(unseen) or 0


_answered_at = (
    select(func.min(Report.created_at)).where(Report.answers_id == Decision.id).scalar_subquery()
)


def decisions_about(viewer: Viewer) -> Sequence[Told]:
    """What was decided about a member, newest first, with where it concerned."""
    rows = db.session.execute(
        select(
            Decision.id,
            Decision.kind,
            Decision.reason,
            Decision.created_at,
            Decision.details,
            Decision.seen_at,
            _answered_at.label("answered_at"),
            Case.subject_kind,
            Case.subject_id,
            Case.settled_at,
            Thread.id.label("thread_id"),
            Thread.slug,
            Thread.title,
            Thread.author_id,
            Thread.audience,
            Thread.locked_at,
            Thread.hidden_at,
            Thread.removed_at,
        )
        .join(Case, Case.id == Decision.case_id)
        .outerjoin(Thread, Thread.id == Case.thread_id)
        .where(own_decisions(viewer))
        .order_by(Decision.id.desc())
        .limit(MOST_DECISIONS)
    ).all()
    topics = _topic_titles()
    return [_told(viewer, row, topics) for row in rows]


def _topic_titles() -> Mapping[str, str]:
    return dict(db.session.execute(select(Topic.slug, Topic.title)).all())


def _told(viewer: Viewer, row: Row[*tuple[Any, ...]], topics: Mapping[str, str]) -> Told:
    until = row.details.get("until")
    answered_at = row.answered_at
    return Told(
        id=row.id,
        sentence=DecisionKind(row.kind).told,
        reason=row.reason,
        title=row.title or "",
        url=_place(viewer, row),
        until=datetime.fromisoformat(until) if until else None,
        topic=topics.get(row.details.get("topic", ""), ""),
        created_at=row.created_at,
        is_new=row.seen_at is None,
        answered_at=answered_at,
        looked_again=bool(answered_at and row.settled_at and row.settled_at >= answered_at),
    )


def _place(viewer: Viewer, row: Row[*tuple[Any, ...]]) -> str:
    """Where it is, for those who may still go there."""
    if row.thread_id is None or not may_see_thread(viewer, row):
        return ""
    if row.subject_kind == SubjectKind.POST:
        return post_path(row.subject_id)
    return thread_path(row.thread_id, row.slug)


def reports_by(viewer: Viewer) -> Sequence[OwnReport]:
    """What a member reported, newest first, and when somebody has looked since."""
    looked_at = (
        select(func.min(Decision.created_at))
        .where(Decision.case_id == Report.case_id, Decision.created_at >= Report.created_at)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Report.reason,
            Report.created_at,
            Case.subject_kind,
            Case.subject_id,
            Case.claimed_at,
            looked_at.label("looked_at"),
        )
        .join(Case, Case.id == Report.case_id)
        .where(Report.reporter_id == viewer.member_id, Report.answers_id.is_(None))
        .order_by(Report.id.desc())
        .limit(MOST_REPORTS)
    )
    return [
        OwnReport(
            reason=ReportReason(reason).label,
            url=_subject_url(kind, subject_id),
            created_at=created_at,
            in_hand=claimed_at is not None,
            looked_at=looked,
        )
        for reason, created_at, kind, subject_id, claimed_at, looked in rows
    ]


def _subject_url(kind: str, subject_id: int) -> str:
    """The address they reported from; whether it still opens for them is said there."""
    if kind == SubjectKind.POST:
        return post_path(subject_id)
    return f"/threads/{subject_id}" if kind == SubjectKind.THREAD else ""
