"""Who may know of a topic, and which audiences a viewer belongs to."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import ColumnElement

from forum.core.verdicts import ALLOWED, HIDDEN, Verdict
from forum.core.viewer import Viewer
from forum.topics.models import Audience, Topic


class TopicState(Protocol):
    """What the rules ask of a topic: an object or a row of a query."""

    @property
    def widest_audience(self) -> str: ...


def audiences_open_to(viewer: Viewer) -> tuple[str, ...]:
    """The audiences that this viewer belongs to. A suspended member reads as visitors do."""
    audiences: tuple[str, ...] = (Audience.EVERYONE.value,)
    if viewer.in_good_standing:
        audiences += (Audience.MEMBERS.value,)
    if viewer.may_enter_caregivers_room:
        audiences += (Audience.CAREGIVERS.value,)
    return audiences


def visible_topics(viewer: Viewer) -> ColumnElement[bool]:
    return Topic.widest_audience.in_(audiences_open_to(viewer))


def may_see_topic(viewer: Viewer, topic: TopicState) -> Verdict:
    return ALLOWED if topic.widest_audience in audiences_open_to(viewer) else HIDDEN
