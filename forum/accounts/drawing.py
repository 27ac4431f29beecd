"""The HTML of what members say about themselves, made anew when the renderer has changed."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select, update

from forum.accounts.models import Member
from forum.core.markup import RENDERER_VERSION, render
from forum.extensions import db


def drawn(about: str) -> dict[str, str | int]:
    """The columns that hold a text about oneself."""
    return {
        "about": about,
        "about_html": render(about).html,
        "about_version": RENDERER_VERSION,
    }


def outdated() -> ColumnElement[bool]:
    """Texts that an older renderer drew."""
    return and_(Member.about != "", Member.about_version < RENDERER_VERSION)


def rerender_batch(most: int) -> int:
    """Draw up to `most` outdated texts anew; returns how many there were."""
    rows = db.session.execute(
        select(Member.id, Member.about).where(outdated()).order_by(Member.id).limit(most)
    ).all()
    for row in rows:
        db.session.execute(update(Member).where(Member.id == row.id).values(drawn(row.about)))
    return len(rows)
