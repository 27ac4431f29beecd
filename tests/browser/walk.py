"""Going to a page as one of its readers, by address or by sending a form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page as Tab
from playwright.sync_api import Response

from tests.browser.pages import MEMBER, MODERATOR, VISITOR, Page
from tests.browser.world import World

NARROW_PX = 390
WIDE_PX = 1280
HEIGHT_PX = 844

# Sends a form as a person would: with the token that the open page carries, unless it has another.
SEND = """([path, fields]) => {
    const form = document.createElement("form");
    const token = document.querySelector("input[name=csrf_token]").value;
    form.method = "post";
    form.action = path;
    for (const [name, value] of Object.entries({ csrf_token: token, ...fields })) {
        const area = document.createElement("textarea");
        area.name = name;
        area.value = value;
        form.append(area);
    }
    document.body.append(form);
    form.submit();
}"""
OPEN_FOLDS = "() => document.querySelectorAll('main details').forEach(fold => (fold.open = true))"


@dataclass(frozen=True)
class Walk:
    """The way of one reader through all of their pages, in one tab."""

    reader: str
    tab: Tab
    pages: Sequence[Page]

    def __iter__(self) -> Iterator[Page]:
        """Every page in turn, open in the tab."""
        for page in self.pages:
            self.visit(page)
            yield page

    def visit(self, page: Page) -> None:
        answer = self._send(page) if page.fields else self.tab.goto(page.path)
        assert answer is not None
        assert answer.status == page.status, f"{page} for the {self.reader}"

    def resize(self, width: int, height: int = HEIGHT_PX) -> None:
        self.tab.set_viewport_size({"width": width, "height": height})

    def _send(self, page: Page) -> Response:
        self.tab.goto("/sign-in" if self.reader == VISITOR else "/settings/display")
        with self.tab.expect_navigation() as sent:
            self.tab.evaluate(SEND, [page.path, dict(page.fields)])
        return sent.value


def walks(world: World, pages: Sequence[Page], open_page: Callable[..., Tab]) -> Callable[..., Any]:
    """`walk(reader, **how)`: a walk through the pages of that reader in a new tab."""
    people = {VISITOR: None, MEMBER: world.member, MODERATOR: world.moderator}

    def walk(reader: str, **how: Any) -> Walk:
        own = [page for page in pages if reader in page.readers]
        return Walk(reader, open_page(people[reader], **how), own)

    return walk
