"""Every page fits every screen, and everything to be pressed is large enough for a numb finger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page as Tab

from tests.browser.pages import EVERYONE
from tests.browser.walk import OPEN_FOLDS, Walk

# Width in px and text size in %. A screen of 640 or 1280 px at 200 % zoom is one of 320 or 640.
LOOKS = ((320, 100), (390, 100), (640, 100), (1280, 100), (1600, 100), (390, 150), (1280, 150))
TEXT_SIZE = "(size) => (document.documentElement.dataset.textSize = size)"
# How wide it is, when it scrolls sideways, and what sticks out.
TOO_WIDE = """() => {
    const root = document.documentElement;
    const edge = root.clientWidth;
    if (root.scrollWidth <= edge) return [];
    const sticksOut = (thing) => thing.getBoundingClientRect().right > edge + 1;
    const things = [...document.querySelectorAll("body *")].filter(sticksOut);
    return [root.scrollWidth, ...things.slice(0, 5).map((thing) => thing.outerHTML.slice(0, 120))];
}"""
# Links inside a line of text are as high as the line; axe sees to the room around them. What
# stands by itself has the size that WCAG asks for, and what looks like a control has ours.
TOO_SMALL = """([least, ours]) => {
    const pressed = "a[href], button, summary, select, textarea, input:not([type=hidden])";
    const control = ".button, .input, select, textarea, summary, input";
    const inLine = (thing) => getComputedStyle(thing).display === "inline";
    const place = (thing) => (thing.matches("label input") ? thing.closest("label") : thing);
    const measured = ([thing, { width, height }]) => [
        thing.matches(control) ? height < ours - 0.5 : height < least - 0.5,
        width < least - 0.5,
    ];
    return [...document.querySelectorAll(pressed)]
        .filter((thing) => thing.checkVisibility() && !inLine(thing))
        .filter((thing) => !thing.matches(".skip-link"))
        .map((thing) => [thing, place(thing).getBoundingClientRect()])
        .filter((pair) => measured(pair).includes(true))
        .map(([thing, { width, height }]) =>
            `${Math.round(width)} x ${Math.round(height)}: ${thing.outerHTML.slice(0, 120)}`);
}"""
# What is at least so high and wide in px, and how high our own controls are.
SIZES = (24, 44)
WRONG = """() => {
    const button = document.createElement("button");
    button.className = "button";
    Object.assign(button.style, { position: "absolute", left: 0, top: 0 });
    Object.assign(button.style, { width: "500px", height: "40px", minBlockSize: 0 });
    document.body.append(button);
}"""


@pytest.mark.parametrize("reader", EVERYONE)
def test_no_page_scrolls_sideways(walk: Callable[..., Walk], reader: str) -> None:
    """At every width, at 200 % zoom, and with the largest text on a phone and on a desk."""
    found = []
    way = walk(reader)
    for page in way:
        way.tab.evaluate(OPEN_FOLDS)
        for width, text_size in LOOKS:
            way.resize(width)
            way.tab.evaluate(TEXT_SIZE, text_size)
            wide = way.tab.evaluate(TOO_WIDE)
            found += [f"{page} at {width} px, text at {text_size} %: {wide}"] if wide else []
    assert "\n".join(found) == ""


@pytest.mark.parametrize("reader", EVERYONE)
def test_everything_to_press_is_large_enough(walk: Callable[..., Walk], reader: str) -> None:
    found: dict[Any, str] = {}
    way = walk(reader)
    for page in way:
        way.tab.evaluate(OPEN_FOLDS)
        for small in way.tab.evaluate(TOO_SMALL, SIZES):
            found.setdefault(small, f"{page}: {small}")
    assert "\n".join(found.values()) == ""


def test_a_page_that_is_too_wide_and_a_button_that_is_too_small_are_found(
    open_page: Callable[..., Tab],
) -> None:
    tab = open_page()
    tab.goto("/help")
    tab.evaluate(WRONG)
    assert tab.evaluate(TOO_WIDE)[0] == 500
    assert [words.split(":")[0] for words in tab.evaluate(TOO_SMALL, SIZES)] == ["500 x 40"]
