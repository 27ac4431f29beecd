"""Lists of conversations, in numbered pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    SQLColumnExpression,
    and_,
    func,
    literal,
    or_,
    select,
    true,
)

from forum.accounts.models import Member
from forum.core.pages import Page, last_page, page_number
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.threads.models import THREADS_A_PAGE, Post, Thread, ThreadRead
from forum.threads.policy import listed_threads
from forum.threads.presentation.choices import hidden_notes
from forum.threads.presentation.rows import ThreadRow, thread_row
from forum.topics.models import Audience, Topic

Order = tuple[SQLColumnExpression[Any], ...]
Rows = Select[*tuple[Any, ...]]

NEWEST_FIRST: Order = (Thread.last_post_at.desc(), Thread.id.desc())
LONGEST_WAIT_FIRST: Order = (Thread.created_at, Thread.id)
waiting = and_(Thread.waiting, Thread.locked_at.is_(None))
caregivers_only = Thread.audience == Audience.CAREGIVERS.value

_shown = (
    Thread.id,
    Thread.slug,
    Thread.title,
    Thread.author_id,
    Thread.audience,
    Thread.withheld,
    Thread.notes,
    Thread.created_at,
    Thread.last_number,
    Thread.last_post_at,
    Thread.replies,
    Thread.waiting,
    Thread.pinned_at,
    Thread.locked_at,
    Member.username,
    Member.relations,
    Member.rank,
    Member.is_system,
    Member.erased_at,
    Topic.slug.label("topic_slug"),
    Topic.short_title.label("topic_title"),
)


def with_posts_of(viewer: Viewer) -> ColumnElement[bool]:
    """Conversations that this member wrote in."""
    return Thread.id.in_(select(Post.thread_id).where(Post.author_id == viewer.member_id))


def page_of_threads(
    viewer: Viewer,
    given: str | None,
    *conditions: ColumnElement[bool],
    order: Order = NEWEST_FIRST,
) -> Page[ThreadRow]:
    """The page `given` in the address of the conversations that meet `conditions`. Two queries.

    Raises `Unknown` for a page that is not there.
    """
    offered = and_(_offered(viewer), *conditions)
    total = db.session.scalar(select(func.count()).select_from(Thread).where(offered)) or 0
    last = last_page(total, THREADS_A_PAGE)
    number = page_number(given, last)
    chosen = _chosen(offered, order).limit(THREADS_A_PAGE).offset((number - 1) * THREADS_A_PAGE)
    return Page(_rows(viewer, chosen, order), number, last, total)


def first_threads(
    viewer: Viewer, *conditions: ColumnElement[bool], most: int, order: Order = NEWEST_FIRST
) -> Sequence[ThreadRow]:
    """The first few conversations that meet `conditions`. One query."""
    chosen = _chosen(and_(_offered(viewer), *conditions), order).limit(most)
    return _rows(viewer, chosen, order)


def waiting_count(viewer: Viewer) -> int:
    """How many conversations wait for a first reply."""
    offered = and_(_offered(viewer), waiting)
    return db.session.scalar(select(func.count()).select_from(Thread).where(offered)) or 0


def _offered(viewer: Viewer) -> ColumnElement[bool]:
    return and_(listed_threads(viewer), _wanted(viewer))


def _wanted(viewer: Viewer) -> ColumnElement[bool]:
    """Not what carries a note that this reader chose to hide; their own always."""
    notes = hidden_notes(viewer)
    if not notes:
        return true()
    without = and_(*(Thread.notes.not_like(f"% {note} %") for note in notes))
    return or_(Thread.author_id == viewer.member_id, without)


def _chosen(offered: ColumnElement[bool], order: Order) -> Select[int]:
    # The ids first, from the index alone: far pages then skip rows without reading them.
    return select(Thread.id).where(offered).order_by(*order)


def _rows(viewer: Viewer, chosen: Select[int], order: Order) -> list[ThreadRow]:
    ids = chosen.subquery()
    statement: Rows = (
        select(*_shown)
        .join(ids, ids.c.id == Thread.id)
        .join(Member, Member.id == Thread.author_id)
        .join(Topic, Topic.id == Thread.topic_id)
        .order_by(*order)
    )
    found: Sequence[Row[Any]] = db.session.execute(_with_reads(viewer, statement)).all()
    return [thread_row(viewer, row) for row in found]


def _with_reads(viewer: Viewer, statement: Rows) -> Rows:
    if not viewer.in_good_standing:
        return statement.add_columns(literal(0).label("read_number"))
    mine = and_(ThreadRead.thread_id == Thread.id, ThreadRead.member_id == viewer.member_id)
    read = func.coalesce(ThreadRead.last_number, 0).label("read_number")
    return statement.outerjoin(ThreadRead, mine).add_columns(read)
