"""Parts of the guide and what they said before."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from forum.accounts.models import Member
from forum.extensions import db
from forum.guide.actions import save_part
from forum.guide.edition import Edition
from forum.guide.models import GuidePart
from forum.guide.seeding import seed_guide
from tests import cast
from tests.contracts.access.people import Person
from tests.contracts.access.subjects import NEVER_GIVEN, Rows, Subject, Values, never_there, states

CHANGED = "upset"

PART = Subject("a part of the guide")
NO_PART = never_there("a part that never was")
PARTS = (PART, NO_PART)

EARLIER = Subject("an earlier version")
PRESENT = Subject("the present version", states=states("present"))
NO_VERSION = never_there("a version that never was")
VERSIONS = (EARLIER, PRESENT, NO_VERSION)


def guide_rows(people: Mapping[Person, Member]) -> Rows:
    seed_guide()
    part = db.session.scalars(select(GuidePart).where(GuidePart.slug == CHANGED)).one()
    first = part.revision
    _change(people[Person.EDITOR], part)
    return {
        (PART.name, None): _names(part.slug, part.revision),
        (NO_PART.name, None): _names("no-such-part", part.revision),
        (EARLIER.name, None): _names(part.slug, first),
        (PRESENT.name, None): _names(part.slug, part.revision),
        (NO_VERSION.name, None): _names(part.slug, NEVER_GIVEN),
    }


def _change(editor: Member, part: GuidePart) -> None:
    edition = Edition.read({**Edition.of(part).columns(), "summary": "In a few words."})
    save_part(
        cast.viewer_of(editor), part.slug, edition=edition, note="Shorter", base=part.revision
    )


def _names(slug: str, number: int) -> Values:
    return {"slug": slug, "number": number}
