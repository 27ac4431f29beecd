"""What conversations have done later."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, delete, or_, select

from forum.accounts.events import UsernameChanged
from forum.core import clock
from forum.core.markup import without_quotes
from forum.extensions import db
from forum.jobs.outbox import enqueue
from forum.threads.actions.deleting import KEPT_AFTER_DELETION
from forum.threads.actions.redrawing import redraw_posts_naming
from forum.threads.actions.subjects import hold_post
from forum.threads.models import (
    Post,
    PostMention,
    PostQuote,
    PostReaction,
    PostRevision,
    Thread,
)
from forum.threads.policy import went_with_opening

REDRAW_NAMING = "threads.redraw_naming"
# One batch holds SQLite's write lock for well under a second.
BATCH = 100
FORGOTTEN_TITLE = "A deleted conversation"
FORGOTTEN_SLUG = "deleted"


def redraw_after_rename(event: UsernameChanged) -> None:
    """Bring a member's new name to where they are mentioned or quoted."""
    enqueue(REDRAW_NAMING, member_id=event.member_id)


def redraw_naming(member_id: int, after_id: int = 0) -> None:
    """One batch; the next is a piece of work of its own, so that writers get their turn."""
    last_id = redraw_posts_naming(member_id, after_id=after_id, most=BATCH)
    if last_id is not None:
        enqueue(REDRAW_NAMING, member_id=member_id, after_id=last_id)


def forget_deleted(post_id: int) -> None:
    """Forget the words of a post that its author deleted, thirty days after.

    Nobody can read or report them in the meantime: they are kept for a case that was open when
    the post went. What is forgotten is the text, its revisions, whom it named, and its words in
    the quotes and revisions of others; the quiet mark stays. A post that was brought back is
    left alone, and one that was deleted again later has a piece of work for that deletion.
    """
    post = db.session.get(Post, post_id)
    if post is None:
        return
    thread = hold_post(post)
    if post.deleted_at is None or clock.now() - post.deleted_at < KEPT_AFTER_DELETION:
        return
    _forget_words(post)
    _forget_quotes(post)
    if went_with_opening(thread, post):
        _forget_title(thread)


def _forget_words(post: Post) -> None:
    post.body = post.html = ""
    post.notes = frozenset()
    for left in (PostRevision, PostMention, PostReaction):
        db.session.execute(delete(left).where(left.post_id == post.id))
    db.session.execute(delete(PostQuote).where(PostQuote.post_id == post.id))


def _forget_quotes(post: Post) -> None:
    """Its words go from the sources of others; their HTML has been without them all along."""
    quoting = select(PostQuote.post_id).where(PostQuote.quoted_id == post.id)
    for quote in db.session.scalars(select(Post).where(Post.id.in_(quoting))):
        quote.body = without_quotes(quote.body, {post.id})
    nearby = or_(Post.thread_id == post.thread_id, Post.id.in_(quoting))
    for revision in db.session.scalars(_revisions_naming(post.id, nearby)):
        revision.body = without_quotes(revision.body, {post.id})


def _revisions_naming(post_id: int, nearby: ColumnElement[bool]) -> Select[PostRevision]:
    named = PostRevision.body.contains(f"(/posts/{post_id})", autoescape=True)
    return select(PostRevision).join(Post, Post.id == PostRevision.post_id).where(nearby, named)


def _forget_title(thread: Thread) -> None:
    thread.title, thread.slug = FORGOTTEN_TITLE, FORGOTTEN_SLUG
    thread.notes = frozenset()
