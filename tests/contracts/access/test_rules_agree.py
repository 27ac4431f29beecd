"""The table against the forum's own rules, for every deed that has one.

The table says what people are answered; `policy` says what they may. Where the two differ, either
a view forgot its rule or the rule is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import select

from forum.accounts import sessions
from forum.accounts.models import Member
from forum.core.verdicts import Unknown, Verdict
from forum.core.viewer import ANONYMOUS, Viewer
from forum.extensions import db
from forum.moderation.models import Decision, SubjectKind
from forum.moderation.subjects import find_subject, member_subject
from forum.threads.models import Post, Thread
from forum.topics.models import Topic
from tests.contracts.access.answers import Call
from tests.contracts.access.people import Person
from tests.contracts.access.subjects import UNKNOWN, Subject, Values
from tests.contracts.access.table import TABLE
from tests.contracts.access.world import World

RULED = [call for call in TABLE if call.verdict is not None]


class Rows(Mapping[str, Any]):
    """The rows that a rule asks for, by what the values of a subject name. `KeyError`: none."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._by_id = {"thread": Thread, "post": Post, "decision": Decision}

    def __getitem__(self, name: str) -> Any:
        found = self._found(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def _found(self, name: str) -> object:
        if name in self._by_id:
            return db.session.get(self._by_id[name], self._values[f"{name}_id"])
        if name == "topic":
            wanted = select(Topic).where(Topic.slug == self._values["slug"])
            return db.session.scalars(wanted).one_or_none()
        if name == "member":
            key = self._values["username"].casefold()
            return db.session.scalars(
                select(Member).where(Member.username_key == key)
            ).one_or_none()
        return self._moderated()

    def _moderated(self) -> object:
        kind, subject = self._values["kind"], self._values["subject"]
        try:
            if kind == SubjectKind.MEMBER:
                return member_subject(subject)
            return find_subject(SubjectKind(kind), subject)
        except Unknown:
            return None


@pytest.mark.parametrize("call", RULED, ids=str)
def test_the_table_and_the_rules_agree(world: World, call: Call) -> None:
    asked = 0
    for person in Person:
        viewer = _viewer(world, person)
        for subject in call.subjects:
            verdict = _verdict(world, call, viewer, person, subject)
            if verdict is None:
                continue
            asked += 1
            assert _agrees(call, person, subject, verdict), (
                f"{call} by {person} upon {subject}: the table says "
                f"{call.expected(person, subject)}, the rule {verdict}"
            )
    assert asked >= len(Person)


def _viewer(world: World, person: Person) -> Viewer:
    if person is Person.VISITOR:
        return ANONYMOUS
    return sessions.viewer_of_member(world.member_id(person))


def _verdict(
    world: World, call: Call, viewer: Viewer, person: Person, subject: Subject
) -> Verdict | None:
    """What the rule says; None where there are no rows to ask it about."""
    assert call.verdict is not None
    if UNKNOWN in subject.states:
        return None
    try:
        return call.verdict(viewer, Rows(world.values(subject, person)))
    except KeyError:
        return None


def _agrees(call: Call, person: Person, subject: Subject, verdict: Verdict) -> bool:
    """Who is stopped at the door may not either; for all others each answer has its verdict."""
    if call.stopped_at_gate(person, subject):
        return not verdict
    expected = call.expected(person, subject)
    if expected == 404:
        return verdict.hidden
    if expected == 403:
        return not verdict and bool(verdict.reason)
    return bool(verdict)
