"""What this room knows about a member, and what is left when they go."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, delete, select, update

from forum.core.database import Base
from forum.extensions import db
from forum.jobs.outbox import enqueue
from forum.threads.jobs import REDRAW_NAMING
from forum.threads.models import (
    Draft,
    Post,
    PostMention,
    PostReaction,
    PostRevision,
    Thread,
    ThreadAlias,
    ThreadRead,
)

CLAIMS: tuple[type[Base], ...] = (
    Thread,
    Post,
    PostRevision,
    PostMention,
    ThreadAlias,
    PostReaction,
    ThreadRead,
    Draft,
)


def export_for(member_id: int) -> dict[str, Any]:
    """Everything they wrote and left, also where they can no longer read it."""
    return _words_of(member_id) | _traces_of(member_id)


def erase_for(member_id: int) -> None:
    """Forget what only concerns them; what they said to others stays, by a former member.

    Their name goes from the texts of others when those are drawn anew, so whom a text mentions
    is kept until then.
    """
    for own in (Draft, ThreadRead, PostReaction):
        db.session.execute(delete(own).where(own.member_id == member_id))
    written = select(Post.id).where(Post.author_id == member_id)
    db.session.execute(delete(PostRevision).where(PostRevision.post_id.in_(written)))
    db.session.execute(update(Post).where(Post.author_id == member_id).values(form_key=None))
    enqueue(REDRAW_NAMING, member_id=member_id)


def _words_of(member_id: int) -> dict[str, Any]:
    return {
        "conversations": _rows(
            select(Thread.id, Thread.title, Thread.audience, Thread.withheld, Thread.created_at)
            .where(Thread.author_id == member_id)
            .order_by(Thread.id)
        ),
        "posts": _rows(
            select(
                Post.id,
                Thread.title.label("conversation"),
                Post.number,
                Post.body,
                Post.withheld,
                Post.notes,
                Post.created_at,
                Post.edited_at,
                Post.deleted_at,
            )
            .join(Thread, Thread.id == Post.thread_id)
            .where(Post.author_id == member_id)
            .order_by(Post.id)
        ),
        "earlier_versions": _rows(
            select(PostRevision.post_id, PostRevision.body, PostRevision.why)
            .add_columns(PostRevision.replaced_at)
            .join(Post, Post.id == PostRevision.post_id)
            .where(Post.author_id == member_id)
            .order_by(PostRevision.id)
        ),
    }


def _traces_of(member_id: int) -> dict[str, Any]:
    return {
        "aliases": _rows(
            select(ThreadAlias.thread_id, ThreadAlias.label)
            .where(ThreadAlias.member_id == member_id)
            .order_by(ThreadAlias.thread_id)
        ),
        "mentions": _rows(
            select(PostMention.post_id)
            .where(PostMention.member_id == member_id)
            .order_by(PostMention.post_id)
        ),
        "reactions": _rows(
            select(PostReaction.post_id, PostReaction.kind, PostReaction.created_at)
            .where(PostReaction.member_id == member_id)
            .order_by(PostReaction.post_id, PostReaction.kind)
        ),
        "read": _rows(
            select(ThreadRead.thread_id, ThreadRead.last_number, ThreadRead.read_at)
            .where(ThreadRead.member_id == member_id)
            .order_by(ThreadRead.thread_id)
        ),
        "drafts": _rows(
            select(Draft.place, Draft.fields, Draft.saved_at)
            .where(Draft.member_id == member_id)
            .order_by(Draft.place)
        ),
    }


def _rows(wanted: Select[*tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [dict(row) for row in db.session.execute(wanted).mappings()]
