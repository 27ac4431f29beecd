"""An id that no database can hold is a page that is not there, and breaks nothing."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.contracts.access.answers import Call
from tests.contracts.access.calling import address_of, plain
from tests.contracts.access.people import Person
from tests.contracts.access.table import TABLE
from tests.contracts.access.world import World

TOO_LARGE = (2**31, 2**63, 10**40)

# The router says 405 where another method's rule would have come first.
REFUSED = {Person.MEMBER: {403, 404, 405}, Person.ADMINISTRATOR: {404, 405}}
IN_QUERIES = ("page", "quote", "show", "from", "to", "number", "up_to", "actor")


def _numbers_of(app: Flask, call: Call) -> list[str]:
    """The names of the rule's parameters that are numbers."""
    return [
        name
        for rule in app.url_map.iter_rules()
        if plain(rule.rule) == call.rule
        for name, converter in rule._converters.items()
        if type(converter).__name__ == "IntegerConverter"
    ]


@pytest.mark.parametrize("person", REFUSED, ids=str)
def test_a_number_too_large_for_any_row_is_unknown(world: World, person: Person) -> None:
    asked = 0
    for call in TABLE:
        numbers = set(_numbers_of(world.app, call))
        for number in TOO_LARGE if numbers else ():
            values = world.values(call.subjects[0], person)
            address = address_of(call, {**values, **dict.fromkeys(numbers, number)})
            form = {"csrf_token": world.csrf[person]}
            answer = world.browser(person).open(address, method=call.method, data=form)
            assert answer.status_code in REFUSED[person], f"{call}, {number}: {answer.status}"
            asked += 1
    assert asked > 50


@pytest.mark.parametrize("number", [*TOO_LARGE, -1, -(10**40)])
def test_a_number_in_the_query_breaks_no_page(world: World, number: int) -> None:
    query = dict.fromkeys(IN_QUERIES, number)
    for call in TABLE:
        if call.method == "GET":
            address = address_of(call, world.values(call.subjects[0], Person.MODERATOR))
            path = address.partition("?")[0]
            answer = world.browser(Person.MODERATOR).get(path, query_string=query)
            assert answer.status_code < 500, f"{call} with {number}: {answer.status_code}"
