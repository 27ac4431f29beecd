"""Every page and every letter is valid HTML."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from forum.accounts.models import Member
from tests import cast
from tests.browser.html_checker import remarks
from tests.browser.pages import MEMBER, MODERATOR, VISITOR, Page
from tests.browser.world import World


def test_every_page_and_letter_is_valid_html(
    app: Flask, world: World, pages: list[Page], letters: cast.MailFolder, tmp_path: Path
) -> None:
    texts = {f"a letter “{letter['Subject']}”": cast.html_of(letter) for letter in letters()}
    assert len(texts) >= 3
    for reader, member in ((VISITOR, None), (MEMBER, world.member), (MODERATOR, world.moderator)):
        texts |= _texts(app, reader, member, pages)
    found = remarks(texts, tmp_path)
    assert "\n".join(map(str, found)) == ""


def _texts(
    app: Flask, reader: str, member: Member | None, pages: list[Page]
) -> Iterator[tuple[str, str]]:
    browser = cast.signed_in(app, member) if member else app.test_client()
    assert isinstance(browser, cast.Browser)
    for page in pages:
        if reader in page.readers:
            answer = _answer(browser, page)
            assert answer.status_code == page.status, f"{page} for the {reader}"
            yield f"{page} for the {reader}", answer.text


def _answer(browser: cast.Browser, page: Page) -> cast.Answer:
    if page.fields:
        return cast.form_post(browser, page.path, page.fields)
    return browser.get(page.path)


def test_the_checker_tells_bad_from_good(tmp_path: Path) -> None:
    good = "<!doctype html><html lang=en><title>Good</title><p>Words</p></html>"
    found = remarks({"good": good, "bad": good.replace("<p>", "<p><b>")}, tmp_path)
    assert {remark.page for remark in found if remark.is_error} == {"bad"}
