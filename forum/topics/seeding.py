"""Putting the topics that ship with the project into the tables, and renewing them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select

from forum.core.front_matter import Document, read_all
from forum.core.seeded import Step, digest, next_step, report
from forum.extensions import db
from forum.topics.drawing import draw
from forum.topics.models import Topic

CONTENT = Path(__file__).parent / "content"
IN_EVERY_TOPIC = (
    "slug",
    "kind",
    "position",
    "title",
    "short_title",
    "description",
    "widest_audience",
    "guide_parts",
    "related",
    "first_threads",
    "notes",
)
# Only introductions that state facts have these.
IN_SOME: Mapping[str, Any] = {
    "sources": [],
    "unconfirmed": [],
    "sources_until": "",
    "checked_on": None,
}
COLUMNS = (*IN_EVERY_TOPIC, *IN_SOME, "introduction")


def seed_topics(folder: Path = CONTENT) -> list[str]:
    """Add the topics in `folder`, renew those nobody changed; returns what was done, in lines."""
    present = {topic.slug: topic for topic in db.session.scalars(select(Topic))}
    documents = read_all(folder)
    steps = {str(doc["slug"]): _seed_topic(doc, present.get(doc["slug"])) for doc in documents}
    db.session.flush()
    return report("Topics", steps)


def _seed_topic(document: Document, topic: Topic | None) -> Step:
    columns = _columns(document)
    shipped = digest(columns)
    if topic is None:
        _write(Topic(), columns)
        return Step.ADDED
    present = digest({name: getattr(topic, name) for name in COLUMNS})
    step = next_step(shipped=shipped, present=present, seeded=topic.seed_digest)
    if step is Step.UPDATED:
        _write(topic, columns)
    if shipped == present:
        topic.seed_digest = shipped
    return step


def _write(topic: Topic, columns: Mapping[str, Any]) -> None:
    for name, value in columns.items():
        setattr(topic, name, value)
    draw(topic)
    topic.seed_digest = digest(columns)
    db.session.add(topic)


def _columns(document: Document) -> dict[str, Any]:
    columns = document.take(IN_EVERY_TOPIC)
    columns["notes"] = frozenset(columns["notes"])
    columns |= {name: document.front.get(name, usual) for name, usual in IN_SOME.items()}
    return {**columns, "introduction": document.body}
