"""Taking one's data along, and leaving."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from forum.audit.actions import record
from forum.core.verdicts import require
from forum.core.viewer import Viewer
from forum.privacy.policy import may_leave, may_take_data
from forum.privacy.rooms import ROOMS
from forum.threads.actions.deleting import delete_all_posts_of


def data_of(actor: Viewer) -> dict[str, Any]:
    """All that the forum keeps about the member, in plain values."""
    require(may_take_data(actor))
    kept: dict[str, Any] = {}
    for room in ROOMS:
        kept |= room.export_for(actor.member_id)
    return kept


def leave(actor: Viewer, *, take_words_along: bool) -> None:
    """Close the account for good: what leads to the person goes, at once.

    What they said to others stays under "Former member", or goes as well if they want it to.
    """
    require(may_leave(actor))
    record(actor, "member.leave", subject=("member", actor.member_id), words=take_words_along)
    if take_words_along:
        delete_all_posts_of(actor.member_id)
    for room in ROOMS:
        room.erase_for(actor.member_id)


def plain(value: object) -> object:
    """Dates and sets in the words of JSON; for `json.dumps(default=...)`."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no plain form")
