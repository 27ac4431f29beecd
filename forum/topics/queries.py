"""Topics as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import RowMapping, Select, select

from forum.core.verdicts import Unknown
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.topics.models import Topic, TopicKind
from forum.topics.policy import visible_topics


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic in a list, or named as the place of something."""

    id: int
    slug: str
    kind: TopicKind
    title: str
    short_title: str
    description: str
    widest_audience: str
    notes: frozenset[str]

    @property
    def url(self) -> str:
        return f"/topics/{self.slug}"


@dataclass(frozen=True, slots=True)
class TopicPage(TopicRow):
    """A topic with everything that its own page says; `guide_parts` and `related` are slugs."""

    introduction_html: str
    numbers_html: str
    guide_parts: Sequence[str]
    related: Sequence[str]
    first_threads: Sequence[str]
    sources: Sequence[str]
    unconfirmed: Sequence[str]
    sources_until: str
    checked_on: date | None

    @property
    def is_of_guide(self) -> bool:
        """Whether it is the topic of the part of the guide with the same slug."""
        return self.kind is TopicKind.GUIDE


_in_lists = (
    Topic.id,
    Topic.slug,
    Topic.kind,
    Topic.title,
    Topic.short_title,
    Topic.description,
    Topic.widest_audience,
    Topic.notes,
)
_on_page = (
    *_in_lists,
    Topic.introduction_html,
    Topic.numbers_html,
    Topic.guide_parts,
    Topic.related,
    Topic.first_threads,
    Topic.sources,
    Topic.unconfirmed,
    Topic.sources_until,
    Topic.checked_on,
)


def topics_by_kind(viewer: Viewer) -> dict[TopicKind, list[TopicRow]]:
    """Every topic that this viewer may know of, in order, under each kind."""
    found = _rows(_listed(viewer).order_by(Topic.position))
    return {kind: [row for row in found if row.kind is kind] for kind in TopicKind}


def topics_named(viewer: Viewer, slugs: Sequence[str]) -> list[TopicRow]:
    """Those of `slugs` that this viewer may know of, in the order of `slugs`."""
    if not slugs:
        return []
    by_slug = {row.slug: row for row in _rows(_listed(viewer).where(Topic.slug.in_(slugs)))}
    return [by_slug[slug] for slug in slugs if slug in by_slug]


def topic_by_slug(viewer: Viewer, slug: str) -> TopicPage:
    """One topic. Raises `Unknown` for one that is not there, or not for this viewer."""
    wanted = select(*_on_page).where(Topic.slug == slug, visible_topics(viewer))
    found = db.session.execute(wanted).mappings().one_or_none()
    if found is None:
        raise Unknown
    return TopicPage(**_columns(found))


def _listed(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    return select(*_in_lists).where(visible_topics(viewer))


def _rows(wanted: Select[*tuple[Any, ...]]) -> list[TopicRow]:
    return [TopicRow(**_columns(row)) for row in db.session.execute(wanted).mappings()]


def _columns(row: RowMapping) -> dict[str, Any]:
    return {**row, "kind": TopicKind(row["kind"])}
