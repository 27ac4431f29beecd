"""What is called upon, in each state it can be in. Each room has a module of its own subjects.

`known_to` is the rule of the forum in one line: everybody else must not learn that it is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from tests.contracts.access.people import EVERYBODY, NOBODY, People, Person

# What an address or a form needs to name a subject.
Values: TypeAlias = Mapping[str, Any]
# The values of all subjects; where they differ by who calls, that person stands beside the name.
Rows: TypeAlias = dict[tuple[str, Person | None], Values]

UNKNOWN = "unknown"
# An id that no row has.
NEVER_GIVEN = 987_654_321


@dataclass(frozen=True)
class Subject:
    """`own_of` are those who wrote it, or whose it is; `states` are words that answers look at."""

    name: str
    known_to: People = EVERYBODY
    own_of: People = NOBODY
    states: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.name


def states(*words: str) -> frozenset[str]:
    return frozenset(words)


def never_there(name: str) -> Subject:
    return Subject(name, known_to=NOBODY, states=states(UNKNOWN))


# What a page is about when it is about nothing in particular.
NOTHING_ELSE = (Subject("nothing in particular"),)
