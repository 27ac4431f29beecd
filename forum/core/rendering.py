"""What every template may use: filters for moments, and who is looking at which site."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from flask import Flask, current_app, has_request_context, request

from forum.core import marks, moments, panels
from forum.core.access import current_viewer
from forum.core.content_notes import ContentNote
from forum.core.markup import written
from forum.core.viewer import Rank, Relation

READING_COOKIE = "reading"
THEMES = ("system", "light", "dark")
TEXT_SIZES = (100, 115, 130, 150)


class Site(NamedTuple):
    """The site as pages speak of it."""

    name: str
    url: str
    demo: bool
    staffed: str


class Reading(NamedTuple):
    """How this reader wants pages drawn."""

    theme: str
    text_size: int


def init_app(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(ago=ago, day=day, full=full, month=month, written=written)
    app.jinja_env.globals.update(
        panel=panels.draw, ContentNote=ContentNote, Rank=Rank, Relation=Relation
    )
    app.context_processor(_everywhere)


def ago(moment: datetime) -> str:
    return moments.ago(moment, current_viewer().time_zone)


def day(moment: datetime | date) -> str:
    return moments.day(moment, current_viewer().time_zone)


def full(moment: datetime) -> str:
    return moments.full(moment, current_viewer().time_zone)


def month(moment: datetime) -> str:
    return moments.month(moment, current_viewer().time_zone)


def reading() -> Reading:
    """A member's choice from the account, a visitor's from a cookie of their own making."""
    viewer = current_viewer()
    if viewer.is_member:
        return Reading(viewer.theme, viewer.text_size)
    if not has_request_context():
        return Reading("system", 100)
    theme, _, size = request.cookies.get(READING_COOKIE, "").partition("-")
    known_size = size.isascii() and size.isdigit() and int(size[:4]) in TEXT_SIZES
    return Reading(theme if theme in THEMES else "system", int(size[:4]) if known_size else 100)


def site() -> Site:
    config = current_app.config
    return Site(
        config["SITE_NAME"], config["SITE_URL"], marks.has_mark(marks.DEMO), config["STAFFED_HOURS"]
    )


def _everywhere() -> dict[str, Any]:
    return {"viewer": current_viewer(), "site": site(), "reading": reading()}
