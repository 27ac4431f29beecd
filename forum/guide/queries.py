"""The guide as its readers see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from forum.extensions import db
from forum.guide.addresses import part_url
from forum.guide.models import GuidePart


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


_in_lists = select(
    GuidePart.slug,
    GuidePart.position,
    GuidePart.title,
    GuidePart.short_title,
    GuidePart.summary,
    GuidePart.minutes,
    GuidePart.notes,
    GuidePart.checked_on,
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
