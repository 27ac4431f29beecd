"""A form that is sent twice publishes once."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from forum.core import clock
from forum.extensions import db
from forum.threads.models import Post, Thread

# After "back" a browser fills its old words into a form that is new, with a key of its own.
AFTER_BACK = timedelta(minutes=10)


def published_before(author_id: int, form_key: str | None) -> Post | None:
    """The post that this author's form with this key has made already."""
    if not form_key:
        return None
    wanted = select(Post).where(Post.author_id == author_id, Post.form_key == form_key)
    return db.session.scalars(wanted).one_or_none()


def just_said(thread: Thread, author_id: int, body: str) -> Post | None:
    """The newest post of the thread, when this author wrote these very words there just now."""
    wanted = select(Post).where(
        Post.thread_id == thread.id,
        Post.number == thread.last_number,
        Post.author_id == author_id,
        Post.body == body,
        Post.created_at > clock.now() - AFTER_BACK,
        Post.deleted_at.is_(None),
    )
    return db.session.scalars(wanted).one_or_none()


def just_started(topic_id: int, author_id: int, title: str, body: str) -> Post | None:
    """The first post of a thread that this author started just now, with the same title."""
    wanted = (
        select(Post)
        .join(Thread, Thread.id == Post.thread_id)
        .where(
            Thread.author_id == author_id,
            Thread.topic_id == topic_id,
            Thread.title == title,
            Thread.created_at > clock.now() - AFTER_BACK,
            Post.number == 1,
            Post.body == body,
            Post.deleted_at.is_(None),
        )
        .order_by(Post.id)
        .limit(1)
    )
    return db.session.scalars(wanted).one_or_none()


def insert_once(post: Post) -> Post:
    """Add the post; if the same form was faster elsewhere, return the one that it made."""
    author_id, form_key = post.author_id, post.form_key
    try:
        with db.session.begin_nested():
            db.session.add(post)
    except IntegrityError:
        before = published_before(author_id, form_key)
        if before is None:
            raise
        return before
    return post
