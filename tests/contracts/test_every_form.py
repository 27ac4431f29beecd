"""What holds for every form: no other site can send it, and a broken one keeps its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from tests.cast import csrf_token
from tests.contracts.test_every_page import everything
from tests.contracts.town import Town, make_town
from tests.contracts.walk import VISITOR, Walk, Walkers, walkers

TEXT = "I typed this for an hour with numb fingers."
FIELDS = {"body": TEXT, "title": TEXT, "reason": TEXT, "details": TEXT}
FOREIGN: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
]


@pytest.fixture
def town(app: Flask) -> Town:
    return make_town()


@pytest.fixture
def walk(app: Flask, town: Town) -> Walk:
    return Walk(app, town)


@pytest.fixture
def everybody(app: Flask, town: Town) -> Walkers:
    return walkers(app, town)


def sendings(walk: Walk, everybody: Walkers) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """Each form's address, who sends it, and how."""
    for _, method, address in walk.writing():
        for person in (VISITOR, "patient", "administrator"):
            browser = everybody.browsers[person]
            yield address, person, _sender(browser, method, address)


def _sender(browser: Any, method: str, address: str) -> Callable[..., Any]:
    return lambda **how: browser.open(address, method=method, **how)


def test_a_form_without_its_token_is_refused_and_keeps_its_text(
    walk: Walk, everybody: Walkers
) -> None:
    before = everything()
    for address, person, send in sendings(walk, everybody):
        answer = send(data=FIELDS)
        assert answer.status_code == 400, f"{address} for {person}"
        assert TEXT in answer.text, f"{address} for {person}"
    assert everything() == before


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_that_another_site_sends_is_refused_even_with_the_token(
    walk: Walk, everybody: Walkers, headers: dict[str, str]
) -> None:
    before = everything()
    tokens = {person: csrf_token(browser) for person, browser in everybody}
    for address, person, send in sendings(walk, everybody):
        answer = send(data={**FIELDS, "csrf_token": tokens[person]}, headers=headers)
        assert answer.status_code == 400, f"{address} for {person}"
    assert everything() == before


def test_somebody_else_s_token_is_no_token(walk: Walk, everybody: Walkers) -> None:
    theirs = csrf_token(everybody.browsers["moderator"])
    for address, person, send in sendings(walk, everybody):
        answer = send(data={**FIELDS, "csrf_token": theirs})
        assert answer.status_code == 400, f"{address} for {person}"


def test_nothing_but_get_and_post_is_taken(app: Flask) -> None:
    methods = {method for rule in app.url_map.iter_rules() for method in rule.methods or ()}
    assert methods == {"GET", "HEAD", "OPTIONS", "POST"}


def test_every_form_on_every_page_carries_a_token(walk: Walk, everybody: Walkers) -> None:
    for _, address in walk.reading():
        for person, browser in everybody:
            text = browser.get(address).text
            forms = [part.split("</form>")[0] for part in text.split("<form")[1:]]
            for form in forms:
                if 'method="post"' in form.split(">")[0].lower():
                    assert 'name="csrf_token"' in form, f"{address} for {person}"
