"""How the table says what each person is answered: conditions with a status, read from the top.

The first condition that holds decides. Nothing here asks the forum's own rules: the table is a
second, independent account of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from forum.core.verdicts import Verdict
from forum.core.viewer import Viewer
from tests.contracts.access.people import (
    ADMINISTRATORS,
    EDITORS,
    MODERATORS,
    People,
    Person,
)
from tests.contracts.access.subjects import NOTHING_ELSE, Subject

Condition: TypeAlias = Callable[[Person, Subject], bool]
Answer: TypeAlias = tuple[Condition, int]
Answers: TypeAlias = tuple[Answer, ...]
# A rule of the forum, asked with the subject's rows: the second opinion on a line of the table.
Rule: TypeAlias = Callable[[Viewer, Mapping[str, Any]], Verdict]


@dataclass(frozen=True)
class Call:
    """A line of the table: one way to call one route, upon each of `subjects`.

    `gate` answers those who are stopped at the door, `answers` everybody else. `{names}` in the
    query and in the form stand for values of the subject. `verdict` is the forum's own rule for
    the same deed, where it has one.
    """

    method: str
    rule: str
    gate: Answers
    answers: Answers
    subjects: Sequence[Subject] = NOTHING_ELSE
    query: str = ""
    form: Mapping[str, Any] = field(default_factory=dict)
    verdict: Rule | None = None
    note: str = ""

    @property
    def route(self) -> tuple[str, str]:
        return self.method, self.rule

    def __str__(self) -> str:
        return " ".join(filter(None, (self.method, self.rule + self.query, self.note)))

    def expected(self, person: Person, subject: Subject) -> int:
        for condition, status in (*self.gate, *self.answers):
            if condition(person, subject):
                return status
        raise LookupError(f"{self}: the table has no answer for {person} upon {subject}")

    def stopped_at_gate(self, person: Person, subject: Subject) -> bool:
        return any(condition(person, subject) for condition, _ in self.gate)


def anybody(person: Person, subject: Subject) -> bool:
    return True


def visitor(person: Person, subject: Subject) -> bool:
    return person is Person.VISITOR


def suspended(person: Person, subject: Subject) -> bool:
    return person is Person.SUSPENDED


def unaware(person: Person, subject: Subject) -> bool:
    """Who may not learn that the subject is there."""
    return person not in subject.known_to


def own(person: Person, subject: Subject) -> bool:
    return person in subject.own_of


def of_others(person: Person, subject: Subject) -> bool:
    return person not in subject.own_of


def one_of(people: People) -> Condition:
    return lambda person, subject: person in people


def none_of(people: People) -> Condition:
    return lambda person, subject: person not in people


def in_state(*words: str) -> Condition:
    return lambda person, subject: not subject.states.isdisjoint(words)


def both(*conditions: Condition) -> Condition:
    return lambda person, subject: all(condition(person, subject) for condition in conditions)


def neither(*conditions: Condition) -> Condition:
    return lambda person, subject: not any(condition(person, subject) for condition in conditions)


# The gates: who gets past the door, before anybody looks at the subject.

OPEN: Mapping[str, Answers] = {"GET": (), "POST": ()}
FOR_SIGNED_IN: Mapping[str, Answers] = {"GET": ((visitor, 302),), "POST": ((visitor, 401),)}
FOR_MEMBERS: Mapping[str, Answers] = {
    method: (*answers, (suspended, 403)) for method, answers in FOR_SIGNED_IN.items()
}


def for_rank(people: People) -> Mapping[str, Answers]:
    return {method: (*answers, (none_of(people), 403)) for method, answers in FOR_MEMBERS.items()}


FOR_EDITORS = for_rank(EDITORS)
FOR_MODERATORS = for_rank(MODERATORS)
FOR_ADMINISTRATORS = for_rank(ADMINISTRATORS)


def get(rule: str, gate: Mapping[str, Answers], *answers: Answer, **more: Any) -> Call:
    return Call("GET", rule, gate["GET"], answers, **more)


def post(rule: str, gate: Mapping[str, Answers], *answers: Answer, **more: Any) -> Call:
    return Call("POST", rule, gate["POST"], answers, **more)
