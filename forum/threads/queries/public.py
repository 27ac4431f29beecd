"""Conversations that anybody on the internet may read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select

from forum.core.viewer import ANONYMOUS
from forum.extensions import db
from forum.threads.addresses import thread_path
from forum.threads.models import Thread
from forum.threads.policy import listed_threads


def public_threads_count() -> int:
    wanted = select(func.count()).select_from(Thread).where(listed_threads(ANONYMOUS))
    return db.session.scalar(wanted) or 0


def public_threads(*, most: int, after: int = 0) -> Iterator[tuple[str, date]]:
    """Path and day of the last post, oldest thread first: `most` of them, without `after` many."""
    wanted = (
        select(Thread.id, Thread.slug, Thread.last_post_at)
        .where(listed_threads(ANONYMOUS))
        .order_by(Thread.id)
        .limit(most)
        .offset(after)
    )
    for row in db.session.execute(wanted):
        yield thread_path(row.id, row.slug), row.last_post_at.date()
