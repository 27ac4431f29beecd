"""On paper stand the words, who wrote them and where they came from."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.pages import path_of
from tests.browser.world import World

FOR_SCREENS = (
    ".crisis-bar",
    ".site-nav",
    ".site-account",
    ".side",
    ".composer",
    "#reply",
    ".toolbar",
    ".post-foot",
    ".pager",
    ".steps",
    ".site-footer nav",
    "form",
    "button",
)


@pytest.fixture
def paper(world: World, open_page: Callable[..., Tab]) -> Tab:
    tab = open_page(world.member, width=1280, dark=True)
    tab.emulate_media(media="print", color_scheme="dark")
    return tab


@pytest.mark.parametrize("path", ["/guide/bispecifics", "/guide/print", "/help", "the thread"])
def test_menus_and_tools_are_left_out(paper: Tab, world: World, path: str) -> None:
    paper.goto(path_of(world.long) if path == "the thread" else path)
    for name in FOR_SCREENS:
        assert [thing for thing in paper.locator(name).all() if thing.is_visible()] == [], name
    expect(paper.get_by_role("heading", level=1)).to_be_visible()


def test_a_part_of_the_guide_keeps_its_text_its_questions_and_its_sources(paper: Tab) -> None:
    paper.goto("/guide/bispecifics")
    for name in ("What people ask their team", "Where this comes from"):
        expect(paper.get_by_role("heading", name=name)).to_be_visible()
    expect(paper.locator(".guide-text")).to_be_visible()
    expect(paper.locator("article .page-head")).to_contain_text("last checked")
    expect(paper.get_by_role("main")).to_contain_text("not medical advice")


def test_the_whole_guide_begins_each_part_on_a_page_of_its_own(paper: Tab) -> None:
    paper.goto("/guide/print")
    breaks = paper.locator(".guide-part").evaluate_all(
        "(parts) => parts.map((part) => getComputedStyle(part).breakBefore)"
    )
    assert breaks == ["auto"] + ["page"] * 14


def test_a_conversation_keeps_its_names_and_exact_times_in_black_on_white(
    paper: Tab, world: World
) -> None:
    paper.goto(path_of(world.long))
    expect(paper.locator("#post-1 .post-name")).to_contain_text("Maple")
    expect(paper.locator("#post-1 .post-text")).to_be_visible()
    time = paper.locator("#post-1 .post-when time")
    words = time.evaluate("(time) => getComputedStyle(time, '::after').content")
    assert str(time.get_attribute("title")) in words
    colors = paper.locator("html").evaluate(
        "(html) => [getComputedStyle(html).color, getComputedStyle(html).backgroundColor]"
    )
    assert colors == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
