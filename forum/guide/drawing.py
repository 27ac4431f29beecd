"""The HTML of a part, made once when its text is written."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import select

from forum.core.markup import RENDERER_VERSION, plain_text, render
from forum.extensions import db
from forum.guide.models import GuidePart

WORDS_A_MINUTE = 200


def draw(part: GuidePart) -> None:
    """Renew everything that follows from the part's text."""
    rendered = render(part.body, trusted=True)
    part.html = rendered.html
    part.print_html = render(part.body).html
    part.contents = [asdict(heading) for heading in rendered.headings]
    part.minutes = reading_minutes(rendered.html)
    part.markup_version = RENDERER_VERSION


def reading_minutes(html: str) -> int:
    """How long a tired reader takes, in whole minutes, rounded up."""
    words = len(plain_text(html, limit=len(html)).split())
    return max(1, -(-words // WORDS_A_MINUTE))


def rerender_batch(size: int) -> int:
    """Draw up to `size` parts anew that an older renderer drew; returns how many there were."""
    old = select(GuidePart).where(GuidePart.markup_version < RENDERER_VERSION).limit(size)
    parts = db.session.scalars(old).all()
    for part in parts:
        draw(part)
    db.session.flush()
    return len(parts)
