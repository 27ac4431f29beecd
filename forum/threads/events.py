"""What happens in conversations. Other rooms listen; the table is `forum/subscriptions.py`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ThreadEvent:
    thread_id: int


@dataclass(frozen=True, slots=True)
class PostEvent:
    post_id: int
    thread_id: int


class ThreadStarted(PostEvent):
    """`post_id` is the opening post."""


class ReplyPosted(PostEvent):
    """Somebody answered."""


class PostEdited(PostEvent):
    """Its text or its notes changed, by its author or a moderator."""


class PostDeleted(PostEvent):
    """Its author deleted it; an opening without replies takes its thread along."""


class PostRestored(PostEvent):
    """Its author took the deletion back."""


class PostHidden(PostEvent):
    """A moderator hid it."""


class PostShown(PostEvent):
    """A moderator brought a hidden post back."""


class PostCut(PostEvent):
    """A moderator took words out of it."""


class PostRemoved(PostEvent):
    """A moderator took it down for good."""


class ThreadHidden(ThreadEvent):
    """A moderator hid it."""


class ThreadShown(ThreadEvent):
    """A moderator brought a hidden thread back."""


class ThreadRemoved(ThreadEvent):
    """A moderator took it down for good."""


class ThreadNarrowed(ThreadEvent):
    """Fewer people may read it than before."""


class ThreadLocked(ThreadEvent):
    """Closed to new replies."""


class ThreadUnlocked(ThreadEvent):
    """Open to replies again."""


class ThreadPinned(ThreadEvent):
    """Now at the head of its topic."""


class ThreadUnpinned(ThreadEvent):
    """Back in its place by time."""


@dataclass(frozen=True, slots=True)
class ThreadMoved(ThreadEvent):
    from_topic_id: int
    to_topic_id: int


@dataclass(frozen=True, slots=True)
class ReactionGiven(PostEvent):
    member_id: int


@dataclass(frozen=True, slots=True)
class ReactionTakenBack(PostEvent):
    member_id: int
