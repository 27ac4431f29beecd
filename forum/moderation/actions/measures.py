"""What a decision changes: each kind with what it needs, and the verb that carries it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from forum.accounts.actions.suspending import lift_suspension, suspend_until
from forum.core.viewer import Viewer
from forum.moderation.decisions import DecisionKind
from forum.moderation.subjects import Subject
from forum.threads.actions import moderating
from forum.threads.models import Post, Thread
from forum.topics.models import Audience, Topic


@dataclass(frozen=True, slots=True)
class Measure:
    """A decision with what it needs.

    `until` is the first moment after a pause, `topic` where a conversation goes, `audience` who
    can read it from now on, `body` the text that stays. `seen` is `Subject.print_of_words` of
    the text that the moderator has read; empty when nobody knows.
    """

    kind: DecisionKind
    until: datetime | None = None
    topic: Topic | None = None
    audience: Audience | None = None
    body: str = ""
    seen: str = ""

    def details(self) -> dict[str, str]:
        """What describes it in the record: dates and plain words."""
        found = {
            "until": self.until.isoformat() if self.until else "",
            "topic": self.topic.slug if self.topic else "",
            "audience": self.audience.value if self.audience else "",
        }
        return {name: value for name, value in found.items() if value}


def carry_out(actor: Viewer, subject: Subject, measure: Measure) -> None:
    """Make the change; "leave it" and "warn" change nothing but the case."""
    if measure.kind in _ON_WORDS and subject.thread is not None:
        on_post, on_thread = _ON_WORDS[measure.kind]
        if subject.post is not None:
            on_post(actor, subject.post)
        else:
            on_thread(actor, subject.thread)
    elif measure.kind in _ON_THREAD and subject.thread is not None:
        _ON_THREAD[measure.kind](actor, subject.thread)
    elif measure.kind in _WITH_MORE:
        _WITH_MORE[measure.kind](actor, subject, measure)


def _edit_out(actor: Viewer, subject: Subject, measure: Measure) -> None:
    if subject.post is not None:
        moderating.edit_out(actor, subject.post, measure.body)


def _move(actor: Viewer, subject: Subject, measure: Measure) -> None:
    if subject.thread is not None and measure.topic is not None:
        moderating.move_thread(actor, subject.thread, measure.topic)


def _narrow(actor: Viewer, subject: Subject, measure: Measure) -> None:
    if subject.thread is not None and measure.audience is not None:
        moderating.narrow_audience(actor, subject.thread, measure.audience)


def _suspend(actor: Viewer, subject: Subject, measure: Measure) -> None:
    if measure.until is not None:
        suspend_until(subject.member, measure.until)


def _lift(actor: Viewer, subject: Subject, measure: Measure) -> None:
    lift_suspension(subject.member)


OnPost = Callable[[Viewer, Post], object]
OnThread = Callable[[Viewer, Thread], object]

_ON_WORDS: Mapping[DecisionKind, tuple[OnPost, OnThread]] = {
    DecisionKind.HIDE: (moderating.hide_post, moderating.hide_thread),
    DecisionKind.RESTORE: (moderating.show_post, moderating.show_thread),
    DecisionKind.REMOVE: (moderating.remove_post, moderating.remove_thread),
}
_ON_THREAD: Mapping[DecisionKind, OnThread] = {
    DecisionKind.LOCK: moderating.lock_thread,
    DecisionKind.UNLOCK: moderating.unlock_thread,
    DecisionKind.PIN: moderating.pin_thread,
    DecisionKind.UNPIN: moderating.unpin_thread,
}
_WITH_MORE: Mapping[DecisionKind, Callable[[Viewer, Subject, Measure], None]] = {
    DecisionKind.EDIT_OUT: _edit_out,
    DecisionKind.MOVE: _move,
    DecisionKind.NARROW: _narrow,
    DecisionKind.SUSPEND: _suspend,
    DecisionKind.LIFT: _lift,
}
