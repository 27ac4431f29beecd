"""The rules of conversations: who may read, write and change what.

Each rule about reading stands here twice, side by side: for one row in hand (`may_...`) and for
a query over many (`visible_...`). A test runs both on the same cases.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import ColumnElement, and_, or_

from forum.accounts.models import Member
from forum.core import clock
from forum.core.verdicts import ALLOWED, HIDDEN, Verdict, allowed_if, refused
from forum.core.viewer import CAREGIVER_RELATIONS, Rank, Viewer
from forum.threads.models import Post, Thread
from forum.topics.models import Audience
from forum.topics.policy import TopicState, audiences_open_to, may_see_topic

UNDO = timedelta(minutes=10)
REVISIONS_OPEN = timedelta(hours=24)

JOIN_FIRST = "Please join or sign in first. Then you can take part."
PAUSED = "Your account is paused. You can still read the public pages."
CLOSED = "This conversation is closed to new replies."
THREAD_HIDDEN = "This conversation is hidden while moderators look at it."
THREAD_REMOVED = "Moderators have taken this conversation down."
POST_DELETED = "This post was deleted by its author."
POST_HIDDEN = "This post is hidden while moderators look at it."
POST_REMOVED = "Moderators have taken this post down."


class ThreadState(Protocol):
    """What the rules ask of a thread: an object or a row of a query."""

    @property
    def author_id(self) -> int: ...
    @property
    def audience(self) -> str: ...
    @property
    def locked_at(self) -> datetime | None: ...
    @property
    def hidden_at(self) -> datetime | None: ...
    @property
    def removed_at(self) -> datetime | None: ...


class PostState(Protocol):
    """What the rules ask of a post: an object or a row of a query."""

    @property
    def author_id(self) -> int: ...
    @property
    def edited_at(self) -> datetime | None: ...
    @property
    def deleted_at(self) -> datetime | None: ...
    @property
    def hidden_at(self) -> datetime | None: ...
    @property
    def removed_at(self) -> datetime | None: ...


# Reading


def visible_threads(viewer: Viewer) -> ColumnElement[bool]:
    """Which threads this viewer may open; the twin of `may_see_thread`."""
    audience = Thread.audience.in_(audiences_open_to(viewer))
    if viewer.may_moderate:
        return audience
    if not viewer.in_good_standing:
        return and_(audience, Thread.removed_at.is_(None), Thread.hidden_at.is_(None))
    unhidden = or_(Thread.hidden_at.is_(None), Thread.author_id == viewer.member_id)
    return and_(audience, Thread.removed_at.is_(None), unhidden)


def may_see_thread(viewer: Viewer, thread: ThreadState) -> Verdict:
    """Members of its audience; a hidden one only its author and moderators, a removed one only
    moderators. An author who no longer belongs to the audience no longer sees it.
    """
    if thread.audience not in audiences_open_to(viewer):
        return HIDDEN
    if viewer.may_moderate:
        return ALLOWED
    if thread.removed_at is not None:
        return HIDDEN
    seen = thread.hidden_at is None or _is_author(viewer, thread)
    return ALLOWED if seen else HIDDEN


def listed_threads(viewer: Viewer) -> ColumnElement[bool]:
    """Which threads lists offer: those that are visible, and neither hidden nor removed."""
    return and_(
        Thread.audience.in_(audiences_open_to(viewer)),
        Thread.hidden_at.is_(None),
        Thread.removed_at.is_(None),
    )


def visible_posts(viewer: Viewer) -> ColumnElement[bool]:
    """Which posts' words this viewer may read, in a query that joins posts to threads; the twin
    of `may_see_post`.
    """
    thread = visible_threads(viewer)
    if viewer.may_moderate:
        return and_(thread, Post.deleted_at.is_(None))
    unhidden: ColumnElement[bool] = Post.hidden_at.is_(None)
    if viewer.in_good_standing:
        unhidden = or_(unhidden, Post.author_id == viewer.member_id)
    return and_(thread, Post.deleted_at.is_(None), Post.removed_at.is_(None), unhidden)


def may_see_post(viewer: Viewer, thread: ThreadState, post: PostState) -> Verdict:
    """Whether its words may be read. Whoever sees the thread is told why they may not.

    Words that their author deleted are shown to nobody; hidden ones to the author and to
    moderators; removed ones to moderators.
    """
    seen = may_see_thread(viewer, thread)
    if not seen:
        return seen
    if post.deleted_at is not None:
        return refused(POST_DELETED)
    if viewer.may_moderate:
        return ALLOWED
    if post.removed_at is not None:
        return refused(POST_REMOVED)
    return allowed_if(post.hidden_at is None or _is_author(viewer, post), POST_HIDDEN)


def may_see_revisions(viewer: Viewer, thread: ThreadState, post: PostState) -> Verdict:
    """Members for a day after the edit; the author and moderators always."""
    seen = _may_take_part(viewer, thread) and may_see_post(viewer, thread, post)
    if not seen or viewer.may_moderate or _is_author(viewer, post):
        return seen
    fresh = post.edited_at is not None and clock.now() - post.edited_at <= REVISIONS_OPEN
    return allowed_if(fresh, "What a post said before can be read for 24 hours after a change.")


def may_mark_read(viewer: Viewer, thread: ThreadState) -> Verdict:
    return _may_take_part(viewer, thread)


def members_within(audience: Audience) -> ColumnElement[bool]:
    """Which members belong to an audience; the twin of `audiences_open_to`, pauses left aside.

    That an account is paused is nobody's to find out: it would tell who was paused for words
    without a name.
    """
    present = Member.erased_at.is_(None)
    if audience is not Audience.CAREGIVERS:
        return present
    caring = (Member.relations.like(f"% {relation} %") for relation in CAREGIVER_RELATIONS)
    return and_(present, or_(Member.rank != Rank.MEMBER.value, *caring))


# Writing


def may_start_thread(viewer: Viewer, topic: TopicState, audience: Audience) -> Verdict:
    """In any topic one may see, with an audience no wider than the topic's."""
    seen = may_see_topic(viewer, topic)
    if not seen:
        return seen
    member = _may_write(viewer)
    if not member:
        return member
    if not audience.within(Audience(topic.widest_audience)):
        return refused("Conversations here are for fewer readers than that.")
    return _may_choose(viewer, audience)


def may_reply(viewer: Viewer, thread: ThreadState) -> Verdict:
    present = _may_change(viewer, thread)
    if not present:
        return present
    return allowed_if(thread.locked_at is None, CLOSED)


def may_edit_post(viewer: Viewer, thread: ThreadState, post: PostState) -> Verdict:
    """The author, for ever, in a closed conversation too."""
    return _may_change_own(viewer, thread, post, "Only the person who wrote a post can change it.")


def may_delete_post(viewer: Viewer, thread: ThreadState, post: PostState) -> Verdict:
    return _may_change_own(viewer, thread, post, "Only the person who wrote a post can delete it.")


def may_restore_own_post(viewer: Viewer, thread: ThreadState, post: PostState) -> Verdict:
    """Take back one's own deletion, for ten minutes, and the thread that went with it."""
    went_along = went_with_opening(thread, post)
    present = _may_bring_back(viewer, thread) if went_along else _may_change(viewer, thread)
    if not present:
        return present
    if not _is_author(viewer, post):
        return refused("Only the person who wrote a post can bring it back.")
    if post.removed_at is not None:
        return refused(POST_REMOVED)
    if post.deleted_at is None:
        return refused("This post is still here.")
    fresh = clock.now() - post.deleted_at <= UNDO
    return allowed_if(fresh, "A deleted post can be brought back for ten minutes. They are over.")


def went_with_opening(thread: ThreadState, post: PostState) -> bool:
    """Whether the thread is gone because its author deleted its only post."""
    return thread.removed_at is not None and thread.removed_at == post.deleted_at


def may_narrow(viewer: Viewer, thread: ThreadState, to: Audience) -> Verdict:
    """Its author or a moderator, to fewer readers and never to more."""
    present = _may_change(viewer, thread)
    if not present:
        return present
    if not (_is_author(viewer, thread) or viewer.may_moderate):
        return refused("Only the person who started a conversation can change who reads it.")
    if to.narrowness <= Audience(thread.audience).narrowness:
        return refused("A conversation can be opened to fewer readers later, never to more.")
    return _may_choose(viewer, to)


def may_react(viewer: Viewer, thread: ThreadState, post: PostState) -> Verdict:
    present = _may_change(viewer, thread) and _is_present(post)
    if not present:
        return present
    return allowed_if(not _is_author(viewer, post), "These words are for posts by others.")


def may_moderate_thread(viewer: Viewer, thread: ThreadState) -> Verdict:
    """Hide, close, pin, move and the like. Whom it may concern is for the desk to say."""
    seen = may_see_thread(viewer, thread)
    if not seen:
        return seen
    return allowed_if(viewer.may_moderate, "Only moderators can do this.")


def may_report_thread(viewer: Viewer, thread: ThreadState) -> Verdict:
    return _may_report(viewer, thread, thread)


def may_report_post(viewer: Viewer, thread: ThreadState, post: PostState) -> Verdict:
    """Any post whose words one sees, but one's own."""
    return may_see_post(viewer, thread, post) and _may_report(viewer, thread, post)


def _may_report(viewer: Viewer, thread: ThreadState, subject: ThreadState | PostState) -> Verdict:
    present = _may_take_part(viewer, thread)
    if not present:
        return present
    own = "This is your own. You can change it or delete it instead."
    return allowed_if(not _is_author(viewer, subject), own)


def _may_write(viewer: Viewer) -> Verdict:
    if viewer.is_suspended:
        return refused(PAUSED)
    return allowed_if(viewer.is_member, JOIN_FIRST)


def _may_take_part(viewer: Viewer, thread: ThreadState) -> Verdict:
    return may_see_thread(viewer, thread) and _may_write(viewer)


def _may_change(viewer: Viewer, thread: ThreadState) -> Verdict:
    """Whether anything in the thread may be changed by this viewer at all."""
    present = _may_take_part(viewer, thread)
    if not present:
        return present
    if thread.removed_at is not None:
        return refused(THREAD_REMOVED)
    return allowed_if(thread.hidden_at is None, THREAD_HIDDEN)


def _may_bring_back(viewer: Viewer, thread: ThreadState) -> Verdict:
    """A thread that went with its opening: only its author and moderators know it was there."""
    own = _is_author(viewer, thread) and thread.audience in audiences_open_to(viewer)
    if own and thread.hidden_at is None:
        return ALLOWED
    return may_see_thread(viewer, thread) and refused(THREAD_REMOVED)


def _may_change_own(
    viewer: Viewer, thread: ThreadState, post: PostState, only_author: str
) -> Verdict:
    present = _may_change(viewer, thread)
    if not present:
        return present
    return allowed_if(_is_author(viewer, post), only_author) and _is_present(post)


def _may_choose(viewer: Viewer, audience: Audience) -> Verdict:
    """Nobody shuts themselves out of their own conversation."""
    own = audience is not Audience.CAREGIVERS or viewer.may_enter_caregivers_room
    return allowed_if(own, "This choice is open to caregivers and to people who lost someone.")


def _is_present(post: PostState) -> Verdict:
    if post.deleted_at is not None:
        return refused(POST_DELETED)
    if post.removed_at is not None:
        return refused(POST_REMOVED)
    return allowed_if(post.hidden_at is None, POST_HIDDEN)


def _is_author(viewer: Viewer, subject: ThreadState | PostState) -> bool:
    return viewer.in_good_standing and subject.author_id == viewer.member_id
