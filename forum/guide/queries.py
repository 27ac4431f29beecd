"""The guide as its readers see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from forum.core.verdicts import Unknown
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.guide.addresses import part_url
from forum.guide.models import GuidePart, GuidePlace, GuideRevision

CHANGES_SHOWN = 10
WITHOUT_TOPIC = "disclaimer"


@dataclass(frozen=True, slots=True)
class GuideRow:
    """A part in a list of parts; `minutes` is how long reading it takes."""

    slug: str
    position: int
    title: str
    short_title: str
    summary: str
    minutes: int
    notes: frozenset[str]
    checked_on: date

    @property
    def url(self) -> str:
        return part_url(self.slug)


@dataclass(frozen=True, slots=True)
class PartPage(GuideRow):
    """A part with everything that its page says.

    `contents` are its headings, each with `id`, `text` and `level`; `sources_until` is the month
    of its newest source.
    """

    id: int
    html: str
    print_html: str
    contents: Sequence[dict[str, Any]]
    sources: Sequence[str]
    unconfirmed: Sequence[str]
    questions: Sequence[str]
    sources_until: str

    @property
    def topic_slug(self) -> str:
        """The topic in which this part is talked about; empty for the disclaimer, without one."""
        return "" if self.slug == WITHOUT_TOPIC else self.slug

    @property
    def headings(self) -> list[dict[str, Any]]:
        """The lines of its table of contents."""
        return [heading for heading in self.contents if heading["level"] == 2]


@dataclass(frozen=True, slots=True)
class Change:
    """That a part changed, and why; who did it is not told to readers."""

    note: str
    saved_at: datetime


_list_columns = (
    GuidePart.slug,
    GuidePart.position,
    GuidePart.title,
    GuidePart.short_title,
    GuidePart.summary,
    GuidePart.minutes,
    GuidePart.notes,
    GuidePart.checked_on,
)
_in_lists = select(*_list_columns).order_by(GuidePart.position)
_on_page = select(
    *_list_columns,
    GuidePart.id,
    GuidePart.html,
    GuidePart.print_html,
    GuidePart.contents,
    GuidePart.sources,
    GuidePart.unconfirmed,
    GuidePart.questions,
    GuidePart.sources_until,
).order_by(GuidePart.position)


def guide_overview() -> list[GuideRow]:
    """Every part in its order. One query."""
    return [GuideRow(**row) for row in db.session.execute(_in_lists).mappings()]


def guide_rows(slugs: Sequence[str]) -> list[GuideRow]:
    """The parts with these slugs, in this order, without those that are not there. One query."""
    if not slugs:
        return []
    found = db.session.execute(_in_lists.where(GuidePart.slug.in_(slugs))).mappings()
    by_slug = {row["slug"]: GuideRow(**row) for row in found}
    return [by_slug[slug] for slug in slugs if slug in by_slug]


def part_page(slug: str) -> PartPage:
    """One part. Raises `Unknown` for one that is not there."""
    found = db.session.execute(_on_page.where(GuidePart.slug == slug)).mappings().one_or_none()
    if found is None:
        raise Unknown
    return PartPage(**found)


def whole_guide() -> list[PartPage]:
    """Every part with its text, in order. One query."""
    return [PartPage(**row) for row in db.session.execute(_on_page).mappings()]


def changes_of(part_id: int) -> list[Change]:
    """The latest changes of a part, newest first, at most `CHANGES_SHOWN`."""
    wanted = (
        select(GuideRevision.note, GuideRevision.saved_at)
        .where(GuideRevision.part_id == part_id)
        .order_by(GuideRevision.number.desc())
        .limit(CHANGES_SHOWN)
    )
    return [Change(*row) for row in db.session.execute(wanted)]


def place_of(viewer: Viewer) -> GuideRow | None:
    """The part where this member stopped reading; None for visitors and for who has not begun."""
    if not viewer.is_member:
        return None
    wanted = (
        select(*_list_columns)
        .join(GuidePlace, GuidePlace.part_id == GuidePart.id)
        .where(GuidePlace.member_id == viewer.member_id)
    )
    found = db.session.execute(wanted).mappings().one_or_none()
    return GuideRow(**found) if found else None
