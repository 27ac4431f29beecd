"""The doors of this room: reporting, the desk, and the words to those concerned."""

from __future__ import annotations

from flask import Blueprint

from forum.core.access import current_viewer
from forum.moderation.queries import unread_words

moderation = Blueprint("moderation", __name__)


@moderation.app_context_processor
def words_from_moderators() -> dict[str, int]:
    viewer = current_viewer()
    return {"unread_words": unread_words(viewer) if viewer.is_member else 0}


from forum.moderation.routes import cases, decisions, desk, reporting  # noqa: E402

__all__ = ["cases", "decisions", "desk", "moderation", "reporting"]
