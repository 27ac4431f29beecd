"""Where a conversation can be moved."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from forum.extensions import db
from forum.moderation.subjects import Subject
from forum.topics.models import Audience, Topic


def topics_to_move_to(subject: Subject) -> Sequence[tuple[str, str]]:
    """Slug and title of every other topic, with who can read there at most."""
    if subject.thread is None or not subject.opens_thread:
        return []
    rows = db.session.execute(
        select(Topic.slug, Topic.title, Topic.widest_audience)
        .where(Topic.id != subject.thread.topic_id)
        .order_by(Topic.kind, Topic.position)
    )
    return [(slug, _label(title, Audience(widest))) for slug, title, widest in rows]


def _label(title: str, widest: Audience) -> str:
    return title if widest is Audience.EVERYONE else f"{title} ({widest.label.lower()})"
