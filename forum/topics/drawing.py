"""The HTML of a topic's introduction, made once when its text is written."""

from __future__ import annotations

from sqlalchemy import select

from forum.core.markup import RENDERER_VERSION, render
from forum.extensions import db
from forum.topics.models import Topic

# What stands below this line is folded away until a reader asks for it.
NUMBERS_BELOW = "<!-- numbers -->"


def draw(topic: Topic) -> None:
    """Renew everything that follows from the topic's introduction."""
    above, _, numbers = topic.introduction.partition(NUMBERS_BELOW)
    topic.introduction_html = render(above.strip(), trusted=True).html
    topic.numbers_html = render(numbers.strip(), trusted=True).html
    topic.markup_version = RENDERER_VERSION


def rerender_batch(size: int) -> int:
    """Draw up to `size` topics anew that an older renderer drew; returns how many there were."""
    old = select(Topic).where(Topic.markup_version < RENDERER_VERSION).limit(size)
    topics = db.session.scalars(old).all()
    for topic in topics:
        draw(topic)
    db.session.flush()
    return len(topics)
