"""A person who has a keyboard and nothing else."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator
from playwright.sync_api import Page as Tab

MOST_STEPS = 250
IS_FOCUSED = "(thing) => thing === document.activeElement"
# A ring of at least 2 px that is drawn on the focused thing itself or on what lies over it.
SHOWS_FOCUS = """() => {
    const thing = document.activeElement;
    const ring = (part) => getComputedStyle(thing, part);
    const drawn = ({ outlineStyle, outlineWidth }) =>
        outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    return thing === document.body || drawn(ring(null)) || drawn(ring("::after"));
}"""
FOCUSED = "() => document.activeElement.outerHTML.slice(0, 200)"


class Keyboard:
    """Moves by Tab, chooses by Enter, Space and arrows. Wherever it comes, focus must be seen."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab

    def go_to(self, thing: Locator) -> None:
        """Press Tab until `thing` has the focus."""
        for _ in range(MOST_STEPS):
            self._tab.keyboard.press("Tab")
            assert self._tab.evaluate(SHOWS_FOCUS), self._tab.evaluate(FOCUSED)
            if thing.evaluate(IS_FOCUSED):
                return
        raise AssertionError(f"Tab never came to {thing}")

    def follow(self, name: str, *, role: Any = "link") -> None:
        """Choose a link or a button by its name; the page that it leads to is there afterwards."""
        self.go_to(self._named(name, role))
        with self._tab.expect_navigation():
            self._tab.keyboard.press("Enter")

    def send(self, name: str) -> None:
        self.follow(name, role="button")

    def fill(self, name: str, words: str) -> None:
        """Type into the field with this label."""
        self.go_to(self._tab.get_by_label(name, exact=True))
        self._tab.keyboard.type(words)

    def tick(self, name: str) -> None:
        self.go_to(self._named(name, "checkbox"))
        self._tab.keyboard.press("Space")

    def choose(self, group: str, name: str) -> None:
        """Take one of several choices: Tab to the group, arrows inside it."""
        radios = self._tab.get_by_role("group", name=group, exact=True).get_by_role("radio")
        wanted = radios.and_(self._tab.get_by_role("radio", name=name))
        self._tab.keyboard.press("Tab")
        while not radios.evaluate_all("(all) => all.includes(document.activeElement)"):
            self._tab.keyboard.press("Tab")
        for _ in range(radios.count()):
            self._tab.keyboard.press("Space")
            if wanted.is_checked():
                return
            self._tab.keyboard.press("ArrowDown")
        assert wanted.is_checked()

    def _named(self, name: str, role: Any) -> Locator:
        return self._tab.get_by_role(role, name=name, exact=True).first
