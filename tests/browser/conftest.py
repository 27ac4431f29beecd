"""A browser, a website for it to visit, and a witness of what the two do to each other.

`open_page()` is a tab of a visitor, `open_page(member, width=1280, dark=True)` one of a member
on a wide dark screen. Addresses are given as paths: `page.goto("/guide")`. When the test ends the
witness must have seen no request to another host, no error on the console and no breach of the
content security policy.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Error
from playwright.sync_api import Page as Tab

from forum.accounts import sessions
from forum.accounts.models import Member
from forum.core.web_session import session_cookie
from tests import cast
from tests.browser.doors import doors
from tests.browser.pages import Page, all_pages, serve_errors
from tests.browser.walk import HEIGHT_PX, NARROW_PX, Walk, walks
from tests.browser.witness import Witness
from tests.browser.world import World, make_world
from tests.servers.chromium import chromium_browser
from tests.servers.website import website as serve

MISSING = pytest.StashKey[str]()


@pytest.fixture(scope="session")
def chromium(request: pytest.FixtureRequest) -> Iterator[Browser]:
    try:
        with chromium_browser() as browser:
            yield browser
    except FileNotFoundError as error:
        request.config.stash[MISSING] = str(error)
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture
def website(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the running app."""
    cast.settle()
    with serve(app, cast.HOST) as address:
        monkeypatch.setitem(app.config, "SITE_URL", address)
        yield address


@pytest.fixture
def witness(website: str) -> Iterator[Witness]:
    seen = Witness()
    yield seen
    assert seen.hosts <= {urlsplit(website).netloc}
    assert seen.complaints == []


@pytest.fixture
def open_page(
    app: Flask, chromium: Browser, website: str, witness: Witness
) -> Iterator[Callable[..., Tab]]:
    """`open_page(member=None, *, width=390, dark=False, javascript=True, **context)`: a tab."""
    contexts: list[BrowserContext] = []

    def open_tab(
        member: Member | None = None,
        *,
        width: int = NARROW_PX,
        dark: bool = False,
        javascript: bool = True,
        **how: Any,
    ) -> Tab:
        context = chromium.new_context(
            base_url=website,
            viewport={"width": width, "height": HEIGHT_PX},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            **how,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        witness.watch(context)
        if member is not None:
            _sign_in(app, context, member, website)
        return context.new_page()

    cast.settle()
    yield open_tab
    for context in contexts:
        try:
            context.close()
        except Error as error:
            witness.complaints.append(str(error))


@pytest.fixture
def world(app: Flask) -> World:
    """A small community in which everything has happened once."""
    return make_world(app)


@pytest.fixture
def pages(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> list[Page]:
    """Every page of the forum, and those that say what is not possible."""
    serve_errors(app, monkeypatch)
    return all_pages(world, doors(app, world.member))


@pytest.fixture
def walk(
    world: World, pages: list[Page], open_page: Callable[..., Tab], witness: Witness
) -> Callable[..., Walk]:
    """`walk(reader, **how)`: through every page that this reader may see."""
    witness.expect("status of 500")
    return walks(world, pages, open_page)


def _sign_in(app: Flask, context: BrowserContext, member: Member, address: str) -> None:
    member_id = member.id
    # What this test has read by now is old, and SQLite writes upon nothing old.
    cast.settle()
    token = sessions.open_session(member_id, device="A browser in a test")
    cast.settle()
    context.add_cookies([{"name": session_cookie(app), "value": token, "url": address}])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "open_page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if MISSING in config.stash:
        reason = config.stash[MISSING]
        terminalreporter.section("THE BROWSER TESTS DID NOT RUN", red=True, bold=True)
        terminalreporter.line(f"{reason}. With CI set this is a failure.", red=True)
