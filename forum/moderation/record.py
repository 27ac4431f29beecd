"""The record in words: what an entry's action and details say to a reader."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from forum.core import moments
from forum.core.viewer import Rank
from forum.topics.models import AUDIENCE_LABELS, Audience

# What staff do, in the order of the filter. Members' own security is theirs and not shown.
ACTIONS = {
    "case.no_action": "Left it as it is",
    "case.hide": "Hid it",
    "case.restore": "Brought it back",
    "case.remove": "Took it down",
    "case.edit_out": "Took words out",
    "case.lock": "Closed it to replies",
    "case.unlock": "Opened it to replies",
    "case.move": "Moved it",
    "case.pin": "Pinned it",
    "case.unpin": "Unpinned it",
    "case.narrow": "Let fewer people read it",
    "case.warn": "Sent a warning",
    "case.suspend": "Paused the account",
    "case.lift": "Lifted the pause",
    "case.open": "Opened a case",
    "case.claim": "Took the case",
    "case.release": "Gave the case back",
    "guide.edit": "Changed the guide",
    "guide.restore": "Brought back an earlier text",
    "guide.update": "Updated the guide with the forum",
    "rank.given": "Gave a rank",
    "member.added": "Added a member",
}
KINDS = {
    "post": "Posts",
    "thread": "Conversations",
    "member": "Members",
    "guide_part": "The guide",
}


def action_words(action: str) -> str:
    return ACTIONS.get(action, action)


def details_words(details: Mapping[str, Any], zone: str) -> str:
    """Like "until 5 March", from an entry's details; empty where there is nothing to add."""
    parts = [
        _until(details.get("until"), zone),
        f"to the topic {details['topic']}" if details.get("topic") else "",
        AUDIENCE_LABELS[Audience(details["audience"])] if details.get("audience") else "",
        Rank(details["rank"]).value if details.get("rank") else "",
    ]
    return ", ".join(part for part in parts if part)


def _until(moment: str | None, zone: str) -> str:
    return f"until {moments.day(datetime.fromisoformat(moment), zone)}" if moment else ""
