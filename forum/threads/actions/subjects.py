"""Threads and posts as objects to change. Whether the actor may is for the verb to ask."""

from __future__ import annotations

from sqlalchemy import select

from forum.core.verdicts import Unknown
from forum.extensions import db
from forum.threads.addresses import LARGEST_ID
from forum.threads.models import Post, Thread


def thread_by_id(thread_id: int) -> Thread:
    """Raises `Unknown` for one that was never there."""
    thread = db.session.get(Thread, thread_id) if _may_be_id(thread_id) else None
    if thread is None:
        raise Unknown
    return thread


def post_by_id(post_id: int) -> Post:
    """Raises `Unknown` for one that was never there."""
    post = db.session.get(Post, post_id) if _may_be_id(post_id) else None
    if post is None:
        raise Unknown
    return post


def thread_of(post: Post) -> Thread:
    return db.session.get_one(Thread, post.thread_id)


def hold_thread(thread: Thread) -> None:
    """Let nobody else change the thread until this transaction ends, and read it anew.

    Weak enough that readers' marks, which only refer to the thread, need not wait.
    """
    wanted = select(Thread).where(Thread.id == thread.id).with_for_update(key_share=True)
    db.session.scalars(wanted, execution_options={"populate_existing": True}).one()


def hold_post(post: Post) -> Thread:
    """Hold the thread of a post and read both anew; returns the thread."""
    thread = thread_of(post)
    hold_thread(thread)
    db.session.refresh(post)
    return thread


def _may_be_id(number: int) -> bool:
    """Whether a database can be asked for it; addresses hold any number."""
    return 0 < number <= LARGEST_ID
