"""The list of pages that the other tests walk through is whole."""

from __future__ import annotations

from flask import Flask

from tests.browser.pages import NO_PAGES, VISITOR, Page


def test_every_address_that_answers_get_is_in_the_list_of_pages(
    app: Flask, pages: list[Page]
) -> None:
    served = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    listed = {page.endpoint for page in pages if page.endpoint != "error"}
    assert served - listed - set(NO_PAGES) == set()
    assert (listed | set(NO_PAGES)) - served == set()


def test_no_page_sets_a_cookie_for_a_visitor(app: Flask, pages: list[Page]) -> None:
    visitor = app.test_client()
    for page in pages:
        if VISITOR in page.readers and not page.fields:
            answer = visitor.get(page.path)
            assert answer.status_code == page.status, page
            assert answer.headers.getlist("Set-Cookie") == [], page
