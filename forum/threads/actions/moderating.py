"""What moderators do with posts and threads.

Reasons, cases, the record and the word to the author are the moderation room's, which calls
these. Each returns whether anything is different now.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from forum.core import clock
from forum.core.events import publish
from forum.core.verdicts import require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.threads.actions.counting import recount, touch
from forum.threads.actions.editing import put_notes, replace_text, tell_if_changed
from forum.threads.actions.redrawing import references_of
from forum.threads.actions.subjects import hold_post, hold_thread, thread_of
from forum.threads.events import (
    PostCut,
    PostHidden,
    PostRemoved,
    PostShown,
    ThreadEvent,
    ThreadHidden,
    ThreadLocked,
    ThreadMoved,
    ThreadNarrowed,
    ThreadPinned,
    ThreadRemoved,
    ThreadShown,
    ThreadUnlocked,
    ThreadUnpinned,
)
from forum.threads.models import Post, Thread
from forum.threads.policy import may_moderate_thread, went_with_opening
from forum.topics.models import Audience, Topic

EDITED_OUT = "by a moderator"


def hide_post(actor: Viewer, post: Post) -> bool:
    """Fold it away until it is shown again; its author and moderators still read it."""
    require(may_moderate_thread(actor, thread_of(post)))
    thread = hold_post(post)
    if post.hidden_at is not None:
        return False
    post.hidden_at = clock.now()
    publish(PostHidden(post.id, thread.id))
    recount(thread)
    return True


def show_post(actor: Viewer, post: Post) -> bool:
    """Bring back what moderators hid or took down."""
    require(may_moderate_thread(actor, thread_of(post)))
    thread = hold_post(post)
    if post.hidden_at is None and post.removed_at is None:
        return False
    post.hidden_at = post.removed_at = None
    publish(PostShown(post.id, thread.id))
    recount(thread)
    return True


def remove_post(actor: Viewer, post: Post) -> bool:
    """Take it down for good; only moderators still read it."""
    require(may_moderate_thread(actor, thread_of(post)))
    thread = hold_post(post)
    if post.removed_at is not None:
        return False
    post.removed_at = clock.now()
    publish(PostRemoved(post.id, thread.id))
    recount(thread)
    return True


def edit_out(actor: Viewer, post: Post, body: str) -> bool:
    """Put a text in place that leaves something out; only moderators read what went."""
    require(may_moderate_thread(actor, thread_of(post)))
    thread = hold_post(post)
    changed = replace_text(
        post,
        body,
        EDITED_OUT,
        editor_id=actor.member_id,
        references=references_of(thread, post),
    )
    if changed:
        publish(PostCut(post.id, thread.id))
    return tell_if_changed(thread, post, changed)


def set_notes(actor: Viewer, post: Post, notes: Collection[str]) -> bool:
    """Give a post other content notes; those of an opening are its thread's as well."""
    require(may_moderate_thread(actor, thread_of(post)))
    thread = hold_post(post)
    return tell_if_changed(thread, post, put_notes(thread, post, notes))


def hide_thread(actor: Viewer, thread: Thread) -> bool:
    """Let only its author and moderators read it until it is shown again."""
    require(may_moderate_thread(actor, thread))
    return _mark(thread, "hidden_at", clock.now(), ThreadHidden)


def show_thread(actor: Viewer, thread: Thread) -> bool:
    """Bring back what moderators hid or took down; what its author deleted stays away."""
    require(may_moderate_thread(actor, thread))
    hold_thread(thread)
    taken_down = thread.removed_at is not None and not _went_with_opening(thread)
    if thread.hidden_at is None and not taken_down:
        return False
    thread.hidden_at = None
    thread.removed_at = None if taken_down else thread.removed_at
    touch(thread)
    publish(ThreadShown(thread.id))
    return True


def remove_thread(actor: Viewer, thread: Thread) -> bool:
    """Take it down for good; only moderators still read it, and its author cannot undo it."""
    require(may_moderate_thread(actor, thread))
    hold_thread(thread)
    if thread.removed_at is not None and not _went_with_opening(thread):
        return False
    thread.removed_at = clock.now()
    touch(thread)
    publish(ThreadRemoved(thread.id))
    return True


def lock_thread(actor: Viewer, thread: Thread) -> bool:
    """Close it to new replies."""
    require(may_moderate_thread(actor, thread))
    return _mark(thread, "locked_at", clock.now(), ThreadLocked)


def unlock_thread(actor: Viewer, thread: Thread) -> bool:
    require(may_moderate_thread(actor, thread))
    return _mark(thread, "locked_at", None, ThreadUnlocked)


def pin_thread(actor: Viewer, thread: Thread) -> bool:
    """Put it at the head of its topic."""
    require(may_moderate_thread(actor, thread))
    return _mark(thread, "pinned_at", clock.now(), ThreadPinned)


def unpin_thread(actor: Viewer, thread: Thread) -> bool:
    require(may_moderate_thread(actor, thread))
    return _mark(thread, "pinned_at", None, ThreadUnpinned)


def narrow_audience(actor: Viewer, thread: Thread, audience: Audience) -> bool:
    """Give it fewer readers, also while it is hidden; never more."""
    require(may_moderate_thread(actor, thread))
    hold_thread(thread)
    if audience.narrowness <= Audience(thread.audience).narrowness:
        return False
    thread.audience = audience.value
    touch(thread)
    publish(ThreadNarrowed(thread.id))
    return True


def move_thread(actor: Viewer, thread: Thread, topic: Topic) -> bool:
    """Put it into another topic; its readers become fewer where that topic demands it."""
    require(may_moderate_thread(actor, thread))
    hold_thread(thread)
    left = thread.topic_id
    if left == topic.id:
        return False
    thread.topic_id = topic.id
    widest = Audience(topic.widest_audience)
    narrowed = not Audience(thread.audience).within(widest)
    if narrowed:
        thread.audience = widest.value
    touch(thread)
    publish(ThreadMoved(thread.id, left, topic.id))
    if narrowed:
        publish(ThreadNarrowed(thread.id))
    return True


def _mark(thread: Thread, column: str, moment: datetime | None, event: type[ThreadEvent]) -> bool:
    """Set or clear one of the thread's marks, and tell of it."""
    hold_thread(thread)
    if (getattr(thread, column) is None) == (moment is None):
        return False
    setattr(thread, column, moment)
    touch(thread)
    publish(event(thread.id))
    return True


def _went_with_opening(thread: Thread) -> bool:
    wanted = select(Post).where(Post.thread_id == thread.id, Post.number == 1)
    return went_with_opening(thread, db.session.scalars(wanted).one())
