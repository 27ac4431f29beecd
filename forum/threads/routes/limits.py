"""How fast one member may write."""

from __future__ import annotations

from flask import request

from forum.core.access import current_viewer
from forum.core.network import limit_key
from forum.extensions import limiter


def by_member() -> str:
    """What these limits count by; visitors are turned away later, and count by their network."""
    viewer = current_viewer()
    return f"member:{viewer.member_id}" if viewer.is_member else limit_key()


def wants_preview() -> bool:
    """Whether the preview button of a form without script was pressed."""
    return request.method == "POST" and "preview" in request.form


def _publishes_nothing() -> bool:
    return request.method != "POST" or wants_preview()


def _is_no_preview() -> bool:
    return not wants_preview()


posts_limit = limiter.shared_limit(
    "20 per 10 minutes;60 per hour",
    scope="posts",
    key_func=by_member,
    exempt_when=_publishes_nothing,
)
changes_limit = limiter.shared_limit(
    "60 per 10 minutes", scope="changes", key_func=by_member, exempt_when=_publishes_nothing
)
form_previews_limit = limiter.shared_limit(
    "60 per minute", scope="previews", key_func=by_member, exempt_when=_is_no_preview
)
previews_limit = limiter.shared_limit("60 per minute", scope="previews", key_func=by_member)
drafts_limit = limiter.shared_limit("60 per minute", scope="drafts", key_func=by_member)
