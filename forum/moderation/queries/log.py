"""The record of what staff did, for moderators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, select
from sqlalchemy.orm import aliased

from forum.accounts.models import Member
from forum.accounts.names import username_key
from forum.audit.models import AuditEntry
from forum.core.pages import Page, last_page, page_number
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.guide.models import GuidePart
from forum.moderation.models import SubjectKind
from forum.moderation.queries.queue import case_path
from forum.moderation.record import ACTIONS, action_words, details_words
from forum.threads.addresses import member_path, post_path
from forum.threads.models import Post, Thread
from forum.threads.presentation.names import FORMER_MEMBER

ENTRIES_A_PAGE = 50
COMMAND_LINE = "The command line"

Actor = aliased(Member)
Concerned = aliased(Member)


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Who, what and about what; empty for all. A name nobody has finds nothing."""

    actor: str = ""
    action: str = ""
    subject_kind: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.actor or self.action or self.subject_kind)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """`case_url` is empty for what was done outside of a case."""

    at: datetime
    by: str
    did: str
    more: str
    subject: str
    subject_url: str
    case_url: str
    reason: str


def log_page(viewer: Viewer, asked: LogFilter, page: str | None) -> Page[LogEntry]:
    """The record, newest first. It names nobody but staff, and members that a case is about."""
    wanted = _conditions(asked)
    total = db.session.scalar(
        select(func.count(AuditEntry.id))
        .outerjoin(Actor, Actor.id == AuditEntry.actor_id)
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
            Actor.username.label("actor"),
            Actor.erased_at.label("actor_left_at"),
            Concerned.username.label("member"),
            Concerned.erased_at.label("member_left_at"),
            Post.number,
            Thread.title,
            GuidePart.slug.label("part"),
            GuidePart.title.label("part_title"),
        )
        .outerjoin(Actor, Actor.id == AuditEntry.actor_id)
        .outerjoin(Concerned, _is_about(SubjectKind.MEMBER, Concerned.id))
        .outerjoin(Post, _is_about(SubjectKind.POST, Post.id))
        .outerjoin(Thread, Thread.id == _thread_id())
        .outerjoin(GuidePart, _is_about("guide_part", GuidePart.id))
        .where(*wanted)
        .order_by(AuditEntry.id.desc())
        .limit(ENTRIES_A_PAGE)
        .offset((number - 1) * ENTRIES_A_PAGE)
    )
    return Page([_entry(viewer, row) for row in rows], number, last, total or 0)


def _conditions(asked: LogFilter) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [AuditEntry.action.in_(ACTIONS)]
    if asked.actor:
        wanted.append(Actor.username_key == username_key(asked.actor))
    if asked.action:
        wanted.append(AuditEntry.action == asked.action)
    if asked.subject_kind:
        wanted.append(AuditEntry.subject_kind == asked.subject_kind)
    return wanted


def _is_about(kind: str, row_id: Any) -> ColumnElement[bool]:
    return and_(AuditEntry.subject_kind == kind, row_id == AuditEntry.subject_id)


def _thread_id() -> ColumnElement[int]:
    is_thread = AuditEntry.subject_kind == SubjectKind.THREAD
    return case((is_thread, AuditEntry.subject_id), else_=Post.thread_id)


def _entry(viewer: Viewer, row: Row[*tuple[Any, ...]]) -> LogEntry:
    subject, url = _subject(row)
    case_id = row.details.get("case_id")
    return LogEntry(
        at=row.at,
        by=_name(row.actor, row.actor_left_at) or COMMAND_LINE,
        did=action_words(row.action),
        more=details_words(row.details, viewer.time_zone),
        subject=subject,
        subject_url=url,
        case_url=case_path(case_id) if case_id else "",
        reason=row.reason,
    )


def _subject(row: Row[*tuple[Any, ...]]) -> tuple[str, str]:
    """What it was about, in words that name no author, and where that is."""
    if row.subject_kind == "guide_part":
        return (row.part_title, f"/guide/{row.part}") if row.part else ("A part of the guide", "")
    if row.subject_kind == SubjectKind.MEMBER:
        name = _name(row.member, row.member_left_at) or FORMER_MEMBER
        return name, "" if name == FORMER_MEMBER else member_path(name)
    if row.title is None:
        return "Something that is gone", ""
    if row.subject_kind == SubjectKind.THREAD:
        return f"“{row.title}”", f"/threads/{row.subject_id}"
    what = "Opening" if row.number == 1 else "Reply"
    return f"{what} in “{row.title}”", post_path(row.subject_id)


def _name(username: str | None, left_at: datetime | None) -> str:
    return FORMER_MEMBER if left_at else username or ""
