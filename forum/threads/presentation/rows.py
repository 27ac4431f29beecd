"""A conversation as one row of a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from forum.core import clock
from forum.core.viewer import Viewer
from forum.threads.addresses import post_in_thread_path, thread_path, topic_path
from forum.threads.presentation.names import WITHHELD, byline

NEW_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """What `templates/components/thread_row.html` draws.

    `new_count` counts posts since this member's last visit; `is_new` marks a conversation that
    began lately and that they have not opened. The address then leads to the first unread post.
    """

    url: str
    title: str
    author_name: str
    author_url: str
    relation_tags: frozenset[str]
    topic_title: str
    topic_url: str
    replies: int
    last_post_at: datetime
    notes: frozenset[str]
    audience: str
    waiting: bool
    pinned: bool
    locked: bool
    new_count: int
    is_new: bool


def thread_row(viewer: Viewer, row: Row[Any]) -> ThreadRow:
    author = byline(viewer, row, WITHHELD)
    new_count = max(0, row.last_number - row.read_number) if row.read_number else 0
    return ThreadRow(
        url=_address(row, new_count),
        title=row.title,
        author_name=f"{author.name} (you)" if author.is_alias and author.is_you else author.name,
        author_url=author.url,
        relation_tags=author.relations,
        topic_title=row.topic_title,
        topic_url=topic_path(row.topic_slug),
        replies=row.replies,
        last_post_at=row.last_post_at,
        notes=row.notes,
        audience=row.audience,
        waiting=row.waiting and row.locked_at is None,
        pinned=row.pinned_at is not None,
        locked=row.locked_at is not None,
        new_count=new_count,
        is_new=_is_new(viewer, row),
    )


def _address(row: Row[Any], new_count: int) -> str:
    if new_count:
        return post_in_thread_path(row.id, row.slug, row.read_number + 1)
    return thread_path(row.id, row.slug)


def _is_new(viewer: Viewer, row: Row[Any]) -> bool:
    if viewer.joined_at is None or row.read_number or row.author_id == viewer.member_id:
        return False
    return bool(row.created_at > max(viewer.joined_at, clock.now() - NEW_FOR))
