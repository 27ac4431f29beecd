"""The witness of the browser tests sees what it must see."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.witness import Witness


def test_a_browser_reaches_the_app(open_page: Callable[..., Page], website: str) -> None:
    page = open_page()
    answer = page.goto("/healthz")
    assert answer is not None
    assert answer.text() == "alive\n"
    assert page.url == f"{website}/healthz"


def test_the_witness_sees_a_request_to_another_host_and_a_breach_of_the_policy(
    open_page: Callable[..., Page], witness: Witness
) -> None:
    page = open_page()
    page.goto("/healthz")
    with page.expect_event("console"):
        page.evaluate("() => { new Image().src = 'http://elsewhere.example/pixel.png' }")
    assert any("Content Security Policy" in complaint for complaint in witness.complaints)
    witness.complaints.clear()
    witness.requests[:] = [url for url in witness.requests if "elsewhere" not in url]
