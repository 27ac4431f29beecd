"""The counters of a thread, changed last in a transaction that holds its lock."""

from __future__ import annotations

from sqlalchemy import and_, case, func, or_, select

from forum.extensions import db
from forum.threads.models import Post, Thread


def count_reply(thread: Thread, post: Post) -> None:
    thread.last_number = post.number
    thread.last_post_at = max(thread.last_post_at, post.created_at)
    thread.replies += 1
    thread.waiting = thread.waiting and not _is_answer(thread, post)
    touch(thread)


def recount(thread: Thread) -> None:
    """Count anew what readers can see, after a post went or came back."""
    db.session.flush()
    is_reply = Post.number > 1
    someone_else = or_(Post.author_id != thread.author_id, Post.withheld != thread.withheld)
    replies, answers, newest = db.session.execute(
        select(
            func.coalesce(func.sum(case((is_reply, 1), else_=0)), 0),
            func.coalesce(func.sum(case((and_(is_reply, someone_else), 1), else_=0)), 0),
            func.max(Post.created_at),
        ).where(
            Post.thread_id == thread.id,
            Post.deleted_at.is_(None),
            Post.hidden_at.is_(None),
            Post.removed_at.is_(None),
        )
    ).one()
    thread.replies = replies
    thread.waiting = answers == 0
    thread.last_post_at = newest or thread.created_at
    touch(thread)


def touch(thread: Thread) -> None:
    """Say that the thread is not what it was; what was kept of it is then out of date."""
    thread.version += 1
    db.session.flush()


def _is_answer(thread: Thread, post: Post) -> bool:
    """Whether readers see it as somebody else's.

    An author who replies under the other of their two names counts as somebody else: a thread
    that went on waiting would give them away.
    """
    return post.author_id != thread.author_id or post.withheld != thread.withheld
