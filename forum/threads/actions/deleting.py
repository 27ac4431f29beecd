"""Deleting one's own post, and taking that back."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from forum.core import clock
from forum.core.events import publish
from forum.core.verdicts import require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.jobs.outbox import enqueue
from forum.threads.actions.counting import recount
from forum.threads.actions.subjects import hold_post, thread_of
from forum.threads.events import PostDeleted, PostRestored
from forum.threads.models import Post, Thread
from forum.threads.policy import may_delete_post, may_restore_own_post, went_with_opening

# Kind of the outbox row that forgets a deleted post's words; the function is in `jobs`.
FORGET = "threads.forget_deleted"
# Long enough for a case that was open when the post went.
KEPT_AFTER_DELETION = timedelta(days=30)


def delete_post(actor: Viewer, post: Post) -> None:
    """Leave a quiet mark in its place; an opening that nobody answered takes its thread along.

    Its words are shown to nobody from now on, and forgotten after `KEPT_AFTER_DELETION`.
    """
    require(may_delete_post(actor, thread_of(post), post))
    thread = hold_post(post)
    require(may_delete_post(actor, thread, post))
    _delete(post, thread)


def restore_post(actor: Viewer, post: Post) -> None:
    """Take back a deletion, and that of the thread which went with it."""
    require(may_restore_own_post(actor, thread_of(post), post))
    thread = hold_post(post)
    require(may_restore_own_post(actor, thread, post))
    if went_with_opening(thread, post):
        thread.removed_at = None
    post.deleted_at = None
    publish(PostRestored(post.id, thread.id))
    recount(thread)


def takes_thread_along(thread: Thread, post: Post) -> bool:
    """Whether deleting this post removes its whole thread."""
    return post.number == 1 and thread.replies == 0


def delete_all_posts_of(member_id: int) -> None:
    """Delete whatever a member wrote, as they leave and wish it gone."""
    written = select(Post).where(
        Post.author_id == member_id, Post.deleted_at.is_(None), Post.removed_at.is_(None)
    )
    for post in db.session.scalars(written.order_by(Post.id)).all():
        _delete(post, hold_post(post))


def _delete(post: Post, thread: Thread) -> None:
    post.deleted_at = clock.now()
    if takes_thread_along(thread, post):
        thread.removed_at = post.deleted_at
    enqueue(FORGET, after=KEPT_AFTER_DELETION, post_id=post.id)
    publish(PostDeleted(post.id, thread.id))
    recount(thread)
