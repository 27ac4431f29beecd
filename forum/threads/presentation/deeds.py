"""What one reader may do with a whole conversation."""

from __future__ import annotations

from typing import NamedTuple

from forum.core.viewer import Viewer
from forum.threads import policy
from forum.threads.queries.thread import ThreadHead
from forum.topics.models import Audience


class Deed(NamedTuple):
    """A link beside the conversation."""

    words: str
    url: str


def thread_deeds(viewer: Viewer, thread: ThreadHead) -> list[Deed]:
    deeds = []
    if any(policy.may_narrow(viewer, thread, to) for to in Audience):
        deeds.append(Deed("Let fewer people read it", f"/threads/{thread.id}/audience"))
    if policy.may_report_thread(viewer, thread):
        deeds.append(Deed("Report this conversation", f"/threads/{thread.id}/report"))
    if viewer.may_moderate:
        deeds.append(Deed("Moderate this conversation", f"/moderation/open/thread/{thread.id}"))
    return deeds
