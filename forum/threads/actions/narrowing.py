"""Giving a thread fewer readers. It never gets more."""

from __future__ import annotations

from forum.core.events import publish
from forum.core.verdicts import require
from forum.core.viewer import Viewer
from forum.threads.actions.counting import touch
from forum.threads.actions.subjects import hold_thread
from forum.threads.events import ThreadNarrowed
from forum.threads.models import Thread
from forum.threads.policy import may_narrow
from forum.topics.models import Audience


def narrow_audience(actor: Viewer, thread: Thread, audience: Audience) -> None:
    """By its author or a moderator."""
    require(may_narrow(actor, thread, audience))
    hold_thread(thread)
    require(may_narrow(actor, thread, audience))
    thread.audience = audience.value
    touch(thread)
    publish(ThreadNarrowed(thread.id))
