"""Every route, called by everybody upon everything: each answer is the one of the table.

The table (`table.py` and the modules beside it) is written from what the forum promises, and not
from its code. A route that is missing there fails here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from flask import Flask

from tests.contracts.access.answers import Call
from tests.contracts.access.calling import Outcome, address_of, outcomes, plain, send
from tests.contracts.access.people import Person
from tests.contracts.access.subjects import UNKNOWN
from tests.contracts.access.table import TABLE, number_of_calls
from tests.contracts.access.world import World

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# One call of each changing route.
CHANGES = list({call.route: call for call in TABLE if call.method not in SAFE}.values())


def routes_of(app: Flask) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield method, plain(rule.rule)


def test_every_route_is_in_the_table(whole_app: Flask) -> None:
    missing = sorted(set(routes_of(whole_app)) - {call.route for call in TABLE})
    print(f"{len(set(routes_of(whole_app)))} routes, {number_of_calls(TABLE)} calls")  # noqa: T201
    assert not missing, f"routes without a line in tests/contracts/access: {missing}"


def test_the_table_names_no_route_that_is_gone(whole_app: Flask) -> None:
    gone = {call.route for call in TABLE} - set(routes_of(whole_app))
    assert not gone, f"the table speaks of routes that are not there: {sorted(gone)}"


@pytest.mark.parametrize("call", TABLE, ids=str)
def test_everybody_is_answered_as_the_table_says(world: World, call: Call) -> None:
    found = outcomes(world, call)
    wrong = [str(outcome) for outcome in found if outcome.is_wrong]
    assert not wrong, _lines(f"{call}:", wrong)
    telling = list(_telling(found))
    assert not telling, _lines(f"{call} tells of what should not be known:", telling)


@pytest.mark.parametrize("person", Person, ids=str)
def test_a_change_without_its_token_is_refused(world: World, person: Person) -> None:
    """Also with one that was made up, or that stands in somebody else's forms."""
    for call, token in product(CHANGES, ("", "made-up", _token_of_another(world, person))):
        response = send(world, call, person, call.subjects[0], csrf_token=token)
        assert response.status_code == 400, f"{call} with the token {token!r}"
    assert world.take_writes() == []


@pytest.mark.parametrize("person", [Person.VISITOR, Person.MEMBER, Person.MODERATOR], ids=str)
def test_asking_for_the_head_of_a_page_is_answered_as_asking_for_the_page(
    world: World, person: Person
) -> None:
    for call in (call for call in TABLE if call.method == "GET"):
        subject = call.subjects[0]
        address = address_of(call, world.values(subject, person))
        answer = world.browser(person).head(address)
        assert answer.status_code == call.expected(person, subject), str(call)
        assert world.take_writes() == [], str(call)


def _telling(found: list[Outcome]) -> Iterator[str]:
    """Answers about what a person may not know of that differ from those about nothing at all."""
    nothing = {outcome.person: outcome for outcome in found if UNKNOWN in outcome.subject.states}
    for outcome in found:
        twin = nothing.get(outcome.person)
        if twin is None or outcome.person in outcome.subject.known_to:
            continue
        if outcome.expected == twin.expected and outcome.trace != twin.trace:
            line = next(line for line in outcome.trace if line not in twin.trace)
            yield f"{outcome.person} upon {outcome.subject}: {line}"


def _token_of_another(world: World, person: Person) -> str:
    another = Person.MEMBER if person is not Person.MEMBER else Person.AUTHOR
    return world.csrf[another]


def _lines(head: str, lines: list[str]) -> str:
    return "\n  ".join([head, *lines])
