"""The guide as its editors see it: the text to change, and every version of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, func, select

from forum.accounts.models import Member
from forum.core.pages import Page, last_page, page_number
from forum.core.verdicts import Unknown, require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.guide.addresses import part_url
from forum.guide.edition import COLUMNS, Edition
from forum.guide.models import GuidePart, GuideRevision
from forum.guide.policy import may_edit_guide, may_see_history

REVISIONS_A_PAGE = 25
IN_PART = ("id", "slug", "position", "short_title", "revision")


@dataclass(frozen=True, slots=True)
class PartToEdit:
    """A part's source text; `revision` is the number of its newest one."""

    id: int
    slug: str
    position: int
    short_title: str
    revision: int
    edition: Edition

    @property
    def url(self) -> str:
        return part_url(self.slug)


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One version; `editor` is empty for the project and for somebody who has left."""

    number: int
    note: str
    saved_at: datetime
    editor: str
    url: str


@dataclass(frozen=True, slots=True)
class Revision(RevisionRow):
    """One version with its text."""

    edition: Edition


def part_to_edit(viewer: Viewer, slug: str) -> PartToEdit:
    """A part for its editors. Raises `Unknown` for one that is not there."""
    require(may_edit_guide(viewer))
    columns = (getattr(GuidePart, name) for name in (*COLUMNS, *IN_PART))
    wanted = select(*columns).where(GuidePart.slug == slug)
    found = db.session.execute(wanted).mappings().one_or_none()
    if found is None:
        raise Unknown
    return PartToEdit(**{name: found[name] for name in IN_PART}, edition=Edition.read({**found}))


def revisions(viewer: Viewer, part: PartToEdit, page: str | None) -> Page[RevisionRow]:
    """The versions of a part, newest first. Raises `Unknown` for a page that is not there."""
    require(may_see_history(viewer))
    of_part = GuideRevision.part_id == part.id
    counted = select(func.count()).select_from(GuideRevision).where(of_part)
    total = db.session.scalar(counted) or 0
    last = last_page(total, REVISIONS_A_PAGE)
    number = page_number(page, last)
    wanted = _of(part).limit(REVISIONS_A_PAGE).offset((number - 1) * REVISIONS_A_PAGE)
    rows = [_row(part, row) for row in db.session.execute(wanted).mappings()]
    return Page(rows, number, last, total)


def revision_and_before(
    viewer: Viewer, part: PartToEdit, number: int
) -> tuple[Revision, Revision | None]:
    """A version and the one before it, if there is one. Raises `Unknown`."""
    require(may_see_history(viewer))
    wanted = _with_text(part).where(GuideRevision.number <= number).limit(2)
    found = [_revision(part, row) for row in db.session.execute(wanted).mappings()]
    if not found or found[0].number != number:
        raise Unknown
    return found[0], found[1] if len(found) == 2 else None


def newest_revision(viewer: Viewer, part: PartToEdit) -> RevisionRow:
    require(may_see_history(viewer))
    return _row(part, db.session.execute(_of(part).limit(1)).mappings().one())


def _of(part: PartToEdit) -> Select[*tuple[Any, ...]]:
    return (
        select(
            GuideRevision.number,
            GuideRevision.note,
            GuideRevision.saved_at,
            func.coalesce(Member.username, "").label("editor"),
        )
        .outerjoin(Member, Member.id == GuideRevision.editor_id)
        .where(GuideRevision.part_id == part.id)
        .order_by(GuideRevision.number.desc())
    )


def _with_text(part: PartToEdit) -> Select[*tuple[Any, ...]]:
    return _of(part).add_columns(*(getattr(GuideRevision, name) for name in COLUMNS))


def _row(part: PartToEdit, row: RowMapping) -> RevisionRow:
    return RevisionRow(**_told(part, row))


def _revision(part: PartToEdit, row: RowMapping) -> Revision:
    return Revision(**_told(part, row), edition=Edition.read({**row}))


def _told(part: PartToEdit, row: RowMapping) -> dict[str, Any]:
    told = {name: row[name] for name in ("number", "note", "saved_at", "editor")}
    return {**told, "url": f"{part.url}/history/{row['number']}"}
