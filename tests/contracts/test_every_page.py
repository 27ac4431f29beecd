"""What holds for every page there is: a GET writes nothing, and headers say what a page may do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import MetaData, event, select

from forum.core.headers import CONTENT_SECURITY_POLICY
from forum.extensions import db
from tests.cast import Browser, settle
from tests.contracts.town import MARK, Town, make_town
from tests.contracts.walk import QUERIES, VISITOR, Walk, Walkers, walkers

WRITING = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE|TRUNCATE|CREATE|DROP|ALTER)", re.I)
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# What anybody may find through a search engine, where a visitor is shown it at all.
MAY_BE_FOUND = {
    *("home.front", "home.map_of_site", "home.robots", "guide.overview", "guide.part"),
    *("guide.whole", "safety.help_page", "threads.topic_list", "threads.topic"),
    *("threads.thread", "threads.thread_list"),
}


@pytest.fixture
def town(app: Flask) -> Town:
    return make_town()


@pytest.fixture
def walk(app: Flask, town: Town) -> Walk:
    return Walk(app, town)


@pytest.fixture
def everybody(app: Flask, town: Town) -> Walkers:
    return walkers(app, town)


@pytest.fixture
def writes(app: Flask) -> Iterator[list[str]]:
    """The statements that would change something."""
    found: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if WRITING.match(statement):
            found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    settle()
    schema = MetaData()
    schema.reflect(db.engine)
    rows = {
        table.name: sorted((tuple(row) for row in db.session.execute(select(table))), key=repr)
        for table in schema.sorted_tables
    }
    settle()
    return rows


def test_a_get_writes_nothing_whoever_asks(
    walk: Walk, everybody: Walkers, writes: list[str]
) -> None:
    before = everything()
    for rule, address in walk.reading():
        for person, browser in everybody:
            for query in QUERIES:
                browser.get(address + query)
                assert writes == [], f"{rule.endpoint} for {person}"
    assert everything() == before


def test_the_walk_leads_somewhere(walk: Walk, everybody: Walkers) -> None:
    """Otherwise it would prove nothing: each rule has an address that somebody is shown."""
    best: dict[str, int] = defaultdict(lambda: 599)
    for rule, address in walk.reading():
        for _, browser in everybody:
            answer = browser.get(address)
            assert answer.status_code < 500, address
            best[rule.rule] = min(best[rule.rule], answer.status_code)
    assert {rule: status for rule, status in best.items() if status >= 400} == {}


def test_every_answer_says_what_a_browser_may_do_with_it(walk: Walk, everybody: Walkers) -> None:
    addresses = ["/nowhere", *(address for _, address in walk.reading())]
    for address in addresses:
        for person, browser in everybody:
            answer = browser.get(address)
            headers = answer.headers
            where = f"{address} for {person}"
            assert {name: headers.get(name) for name in ALWAYS} == ALWAYS, where
            assert "camera=()" in headers["Permissions-Policy"], where
            assert "Cookie" in headers["Vary"], where
            assert headers["X-Request-Id"], where
            personal = person != VISITOR and answer.mimetype == "text/html"
            may_keep = {"private, no-store"} if personal else {"private, no-store", "no-cache"}
            assert headers["Cache-Control"] in may_keep, where
            assert "Strict-Transport-Security" not in headers, where
            assert "unsafe" not in headers["Content-Security-Policy"], where


def test_only_public_pages_may_be_found_or_say_where_a_reader_came_from(
    walk: Walk, everybody: Walkers
) -> None:
    found = set()
    for rule, address in walk.reading():
        for _, browser in everybody:
            answer = browser.get(address)
            hidden = answer.headers.get("X-Robots-Tag") == "noindex, nofollow"
            silent = answer.headers["Referrer-Policy"] == "no-referrer"
            assert hidden == silent, address
            if not hidden:
                assert answer.status_code < 400, address
                found.add(rule.endpoint)
    assert found <= MAY_BE_FOUND


def test_a_conversation_that_is_not_public_may_not_be_found(town: Town, everybody: Walkers) -> None:
    for name, thread in town.threads.items():
        address = f"/threads/{thread.id}-{thread.slug}"
        for _, browser in everybody:
            answer = browser.get(address)
            if name != "open":
                assert answer.headers.get("X-Robots-Tag") == "noindex, nofollow", name
        visitor = everybody.browsers[VISITOR].get(address)
        assert (MARK in visitor.text) == (name == "open"), name


def test_a_visitor_who_reads_gets_no_cookie(walk: Walk, everybody: Walkers) -> None:
    visitor = everybody.browsers[VISITOR]
    for _, address in walk.reading():
        for query in QUERIES:
            assert "Set-Cookie" not in visitor.get(address + query).headers, address


def test_over_https_browsers_are_told_to_stay_there(client: Browser) -> None:
    headers = client.get("/guide", base_url="https://localhost").headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_no_page_has_style_or_script_of_its_own(walk: Walk, everybody: Walkers) -> None:
    """The policy would refuse it, and the page would be without."""
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", re.I)
    for _, address in walk.reading():
        for _, browser in everybody:
            answer = browser.get(address)
            if answer.mimetype == "text/html":
                assert inline.search(answer.text) is None, address


def test_a_page_that_is_asked_for_twice_is_the_same(walk: Walk, everybody: Walkers) -> None:
    """Reading changes nothing, also not what the next reading shows."""
    visitor = everybody.browsers[VISITOR]
    for _, address in walk.reading():
        first, second = (re.sub(r'value="[^"]+"', "", visitor.get(address).text) for _ in "12")
        assert first == second, address
