"""A small guide for tests: content files as the project ships them, and an editor's form."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import select

from forum.extensions import db
from forum.guide.models import GuidePart, GuideRevision
from tests import cast

BODY = """Your T cells were trained to find the myeloma.

## What it means

It is *not* your fault.

## What comes next

Ask your team.

## Next

Read on when you are ready."""
FRONT: dict[str, Any] = {
    "title": "Why it can fade",
    "short_title": "Why it fades",
    "summary": "What went on in your body.",
    "sources": ["A journal, 2025", "A label, 2026"],
    "unconfirmed": [],
    "questions": ["What do my tests show?"],
    "sources_until": "June 2026",
    "notes": [],
}


def write_part(folder: Path, slug: str, position: int, body: str = BODY, **front: Any) -> None:
    """Put the file of one part into `folder`, in place of the one before."""
    fields = {**FRONT, "slug": slug, "position": position, **front}
    lines = [f"{name} = {json.dumps(value)}" for name, value in fields.items()]
    matter = "\n".join(["checked_on = 2026-11-20", *lines])
    (folder / f"{slug}.md").write_text(f"+++\n{matter}\n+++\n{body}\n", encoding="utf-8")


def part_row(slug: str = "fade") -> GuidePart:
    db.session.expire_all()
    return db.session.scalars(select(GuidePart).where(GuidePart.slug == slug)).one()


def revisions(slug: str = "fade") -> list[GuideRevision]:
    """Every revision of the part, oldest first."""
    wanted = (
        select(GuideRevision)
        .where(GuideRevision.part_id == part_row(slug).id)
        .order_by(GuideRevision.number)
    )
    return list(db.session.scalars(wanted))


def edit_fields(slug: str = "fade", **changes: Any) -> dict[str, Any]:
    """What the form for editing holds when it is opened now, but for the changes."""
    part = part_row(slug)
    present = {
        "base_revision": part.revision,
        "title": part.title,
        "summary": part.summary,
        "body": part.body,
        "sources": "\n".join(part.sources),
        "questions": "\n".join(part.questions),
        "unconfirmed": "\n".join(part.unconfirmed),
        "sources_until": part.sources_until,
        "checked_on": part.checked_on.isoformat(),
        "note": "Made it plainer",
    }
    return {**present, **changes}


def save(client: cast.Browser, slug: str = "fade", **changes: Any) -> Any:
    """Open the form, change it, send it."""
    return cast.form_post(client, f"/guide/{slug}/edit", edit_fields(slug, **changes))
