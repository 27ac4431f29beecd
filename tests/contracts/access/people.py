"""Who calls: one of each kind of person that the forum treats differently."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from forum.accounts.models import Block, Member
from forum.core import clock
from forum.extensions import db
from tests import cast


class Person(StrEnum):
    """Everybody who tries every door.

    The author wrote what the table is about, is a patient and a caregiver, blocked `BLOCKED`, and
    is blocked by `BLOCKER`.
    """

    VISITOR = "a visitor"
    NEWCOMER = "a newcomer"
    MEMBER = "a member"
    BLOCKED = "somebody the author blocked"
    BLOCKER = "somebody who blocked the author"
    SUSPENDED = "a suspended member"
    CAREGIVER = "a caregiver"
    AUTHOR = "the author"
    WELCOMER = "a welcomer"
    EDITOR = "an editor"
    MODERATOR = "a moderator"
    ADMINISTRATOR = "an administrator"


People = frozenset[Person]

EVERYBODY: People = frozenset(Person)
NOBODY: People = frozenset()
SIGNED_IN = EVERYBODY - {Person.VISITOR}
IN_GOOD_STANDING = SIGNED_IN - {Person.SUSPENDED}
STAFF: People = frozenset({Person.WELCOMER, Person.EDITOR, Person.MODERATOR, Person.ADMINISTRATOR})
CARING = STAFF | {Person.CAREGIVER, Person.AUTHOR}
EDITORS: People = frozenset({Person.EDITOR, Person.MODERATOR, Person.ADMINISTRATOR})
MODERATORS: People = frozenset({Person.MODERATOR, Person.ADMINISTRATOR})
ADMINISTRATORS: People = frozenset({Person.ADMINISTRATOR})
AUTHOR: People = frozenset({Person.AUTHOR})

NAMES: Mapping[Person, str] = {
    Person.NEWCOMER: "Sparrow",
    Person.MEMBER: "Maple",
    Person.BLOCKED: "Bramble",
    Person.BLOCKER: "Nettle",
    Person.SUSPENDED: "Thicket",
    Person.CAREGIVER: "Harbor",
    Person.AUTHOR: "Juniper",
    Person.WELCOMER: "Porch",
    Person.EDITOR: "Quill",
    Person.MODERATOR: "Beacon",
    Person.ADMINISTRATOR: "Keeper",
}
RANKS: Mapping[Person, str] = {
    Person.WELCOMER: "welcomer",
    Person.EDITOR: "editor",
    Person.MODERATOR: "moderator",
    Person.ADMINISTRATOR: "administrator",
}
RELATIONS: Mapping[Person, tuple[str, ...]] = {
    Person.CAREGIVER: ("caregiver",),
    Person.AUTHOR: ("patient", "caregiver"),
}


def make_people() -> dict[Person, Member]:
    """Everybody but the visitor, as rows."""
    people = {person: _member(person) for person in NAMES}
    author = people[Person.AUTHOR]
    block(author, people[Person.BLOCKED])
    block(people[Person.BLOCKER], author)
    return people


def block(blocker: Member, blocked: Member) -> None:
    row = Block(blocker_id=blocker.id, blocked_id=blocked.id, created_at=clock.now())
    db.session.add(row)


def _member(person: Person) -> Member:
    now = clock.now()
    columns: dict[str, object] = {"rank": RANKS.get(person, "member")}
    if person is Person.NEWCOMER:
        columns["joined_at"] = now
    if person is Person.SUSPENDED:
        columns["suspended_until"] = now + timedelta(days=7)
    return cast.make_member(NAMES[person], *RELATIONS.get(person, ("patient",)), **columns)
