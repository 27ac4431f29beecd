"""Putting the parts that ship with the project into the tables, and renewing them."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from forum.audit.actions import record
from forum.core.front_matter import Document, read_all
from forum.core.seeded import Step, digest, next_step, report
from forum.extensions import db
from forum.guide.edition import COLUMNS, Edition
from forum.guide.models import GuidePart
from forum.guide.revisions import revise

CONTENT = Path(__file__).parent / "content"
FIRST = "First version"
RENEWED = "Updated from the project"
IN_FRONT = tuple(name for name in COLUMNS if name != "body")


def seed_guide(folder: Path = CONTENT) -> list[str]:
    """Add the parts in `folder`, renew those nobody changed; returns what was done, in lines."""
    present = {part.slug: part for part in db.session.scalars(select(GuidePart))}
    documents = read_all(folder)
    steps = {str(doc["slug"]): _seed_part(doc, present.get(doc["slug"])) for doc in documents}
    return report("Parts of the guide", steps)


def _seed_part(document: Document, part: GuidePart | None) -> Step:
    edition = Edition.read({**document.take(IN_FRONT), "body": document.body})
    shipped = digest(edition.columns())
    if part is None:
        _write(GuidePart(slug=document["slug"]), document, edition, FIRST)
        return Step.ADDED
    # Editors do not change where a part stands, so this always follows the project.
    _place(part, document)
    present = digest(Edition.of(part).columns())
    step = next_step(shipped=shipped, present=present, seeded=part.seed_digest)
    if step is Step.UPDATED:
        _write(part, document, edition, RENEWED)
        record(None, "guide.update", subject=("guide_part", part.id), revision=part.revision)
    if shipped == present:
        part.seed_digest = shipped
    return step


def _write(part: GuidePart, document: Document, edition: Edition, note: str) -> None:
    _place(part, document)
    part.seed_digest = digest(edition.columns())
    revise(part, edition, editor_id=None, note=note)


def _place(part: GuidePart, document: Document) -> None:
    part.position = document["position"]
    part.short_title = document["short_title"]
    part.notes = frozenset(document["notes"])
