"""The blueprint that the modules beside this one hang their views on."""

from __future__ import annotations

from flask import Blueprint, g

from forum.core.access import current_viewer
from forum.moderation.queries.words import unread_words

moderation = Blueprint("moderation", __name__)


@moderation.app_context_processor
def words_from_moderators() -> dict[str, int]:
    """What the head of every page shows to a member; asked once, however many panels it has."""
    viewer = current_viewer()
    if not viewer.is_member:
        return {"unread_words": 0}
    if "unread_words" not in g:
        g.unread_words = unread_words(viewer)
    return {"unread_words": g.unread_words}
