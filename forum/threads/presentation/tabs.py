"""The views of all conversations, as tabs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from forum.core.verdicts import Unknown
from forum.core.viewer import Viewer


class ListView(StrEnum):
    """Which conversations a list shows."""

    LATEST = "latest"
    WAITING = "waiting"
    FOLLOWED = "followed"
    CAREGIVERS = "caregivers"

    @property
    def label(self) -> str:
        return _LABELS[self]

    def path(self, page: int = 1) -> str:
        parameters = [] if self is ListView.LATEST else [f"view={self.value}"]
        parameters += [f"page={page}"] if page > 1 else []
        return "/threads" + ("?" + "&".join(parameters) if parameters else "")

    def is_open_to(self, viewer: Viewer) -> bool:
        if self is ListView.FOLLOWED:
            return viewer.in_good_standing
        return self is not ListView.CAREGIVERS or viewer.may_enter_caregivers_room


_LABELS = {
    ListView.LATEST: "Latest",
    ListView.WAITING: "Waiting for a reply",
    ListView.FOLLOWED: "Mine",
    ListView.CAREGIVERS: "For caregivers",
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One link of the row of tabs; `count` is 0 where no number helps."""

    label: str
    url: str
    is_current: bool
    count: int = 0


def list_view(given: str | None) -> ListView:
    """The view asked for, the latest if none. Raises `Unknown` for one that is not there."""
    if given is None:
        return ListView.LATEST
    for view in ListView:
        if view.value == given:
            return view
    raise Unknown


def tabs(viewer: Viewer, current: ListView, waiting: int) -> Iterator[Tab]:
    """The views open to this viewer; `waiting` conversations have no reply yet."""
    for view in ListView:
        if view.is_open_to(viewer):
            count = waiting if view is ListView.WAITING else 0
            yield Tab(view.label, view.path(), view is current, count)
