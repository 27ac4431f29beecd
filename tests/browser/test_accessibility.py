"""No page breaks a rule of accessibility that a machine can check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page as Tab

from tests.browser.pages import EVERYONE
from tests.browser.walk import NARROW_PX, OPEN_FOLDS, WIDE_PX, Walk

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# What can differ between light and dark; every other rule asks about words, order and size.
RULES_OF_COLOR = ("color-contrast", "link-in-text-block")
RUN = "([within, how]) => axe.run(within, how)"
Scheme = Literal["light", "dark"]


@pytest.mark.parametrize("width", [NARROW_PX, WIDE_PX])
@pytest.mark.parametrize("reader", EVERYONE)
def test_no_page_breaks_a_rule_in_light_or_dark(
    walk: Callable[..., Walk], reader: str, width: int
) -> None:
    """Every rule at each width and in each scheme, and those of color in all four."""
    scheme: Scheme = "dark" if width == WIDE_PX else "light"
    other: Scheme = "light" if width == WIDE_PX else "dark"
    broken = []
    way = walk(reader, width=width, dark=scheme == "dark")
    for page in way:
        way.tab.evaluate(OPEN_FOLDS)
        way.tab.evaluate(AXE_SCRIPT)
        broken += [f"{page}, {scheme}: {words}" for words in violations(way.tab)]
        way.tab.emulate_media(color_scheme=other)
        broken += [f"{page}, {other}: {words}" for words in violations(way.tab, RULES_OF_COLOR)]
        way.tab.emulate_media(color_scheme=scheme)
    assert "\n".join(broken) == ""


def test_no_rule_is_broken_where_script_has_opened_something(
    walk: Callable[..., Walk],
) -> None:
    """The account menu, and a form to write with its tools and a preview."""
    way = walk("member", width=NARROW_PX)
    way.tab.goto("/topics/upset/new")
    way.tab.locator("[data-menu] summary").click()
    # The open menu lies over other links, as menus do: it alone is looked at.
    assert list(violations(_with_axe(way.tab), within=".account-menu")) == []
    way.tab.keyboard.press("Escape")
    way.tab.get_by_label("Your text").fill("**Bold** words, and > a sign")
    way.tab.get_by_role("button", name="Preview").click()
    way.tab.get_by_label("Preview").get_by_text("Bold words").wait_for()
    assert list(violations(_with_axe(way.tab))) == []


def test_a_page_that_breaks_a_rule_is_found(open_page: Callable[..., Tab]) -> None:
    tab = open_page()
    tab.goto("/help")
    tab.evaluate("() => document.querySelector('main').insertAdjacentHTML('beforeend', '<img>')")
    assert [words.split()[0] for words in violations(_with_axe(tab))] == ["image-alt"]


def violations(tab: Tab, rules: Sequence[str] = RULES, *, within: str = "html") -> Iterator[str]:
    """What axe finds on the open page: the rule, and each place that breaks it.

    `rules` are tags of axe, or names of its rules.
    """
    how = {"runOnly": list(rules), "resultTypes": ["violations"]}
    for rule in tab.evaluate(RUN, [within, how])["violations"]:
        for place in rule["nodes"]:
            yield f"{rule['id']} at {place['html'][:160]}"


def _with_axe(tab: Tab) -> Tab:
    tab.evaluate(AXE_SCRIPT)
    return tab
