"""What script adds to the form that people write in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab

from forum.accounts.models import Member
from forum.threads.models import Thread
from tests import cast

Open = Callable[..., Tab]
# Chooses the words between two offsets in the first paragraph of a post.
SELECT = """([post, start, end]) => {
    const words = document.querySelector(`#post-text-${post} p`).firstChild;
    getSelection().setBaseAndExtent(words, start, words, end);
}"""
CARET = "(area, [start, end]) => area.setSelectionRange(start, end)"


@pytest.fixture
def thread(patient: Member) -> Thread:
    return cast.make_thread("upset", patient, body="We tried a trial. It helped for a year.")


@pytest.fixture
def tab(open_page: Open, caregiver: Member, thread: Thread) -> Tab:
    tab = open_page(caregiver)
    tab.goto(f"/threads/{thread.id}-{thread.slug}")
    return tab


@pytest.fixture
def area(tab: Tab) -> Locator:
    return tab.get_by_label("Your reply")


def test_chosen_words_are_quoted_under_the_name_of_their_author(
    tab: Tab, area: Locator, thread: Thread
) -> None:
    post = cast.first_post(thread).id
    tab.evaluate(SELECT, [post, 3, 16])
    tab.get_by_role("link", name="Quote post 1").click()
    expect(area).to_have_value(f"> [Maple wrote](/posts/{post}):\n> tried a trial\n\n")
    expect(area).to_be_focused()
    tab.keyboard.type("Which one?")
    tab.get_by_role("button", name="Post reply").click()
    quote = tab.locator("#post-2 blockquote")
    expect(quote).to_contain_text("tried a trial")
    expect(quote).not_to_contain_text("a year")
    expect(quote.get_by_role("link", name="Maple")).to_have_attribute("href", f"/posts/{post}")


def test_without_a_choice_the_whole_post_is_quoted(tab: Tab, area: Locator) -> None:
    tab.get_by_role("link", name="Quote post 1").click()
    assert "> We tried a trial. It helped for a year." in area.input_value()


def test_the_tools_put_their_marks_and_can_be_taken_back(tab: Tab, area: Locator) -> None:
    area.fill("one two")
    area.evaluate(CARET, [0, 3])
    tab.get_by_role("button", name="Bold").click()
    expect(area).to_have_value("**one** two")
    tab.keyboard.press("Control+z")
    expect(area).to_have_value("one two")
    area.evaluate(CARET, [4, 7])
    tab.keyboard.press("Control+i")
    expect(area).to_have_value("one *two*")
    area.fill("first\nsecond")
    area.evaluate(CARET, [0, 12])
    tab.get_by_role("button", name="List").click()
    expect(area).to_have_value("- first\n- second")
    area.fill("the guide")
    area.evaluate(CARET, [4, 9])
    tab.get_by_role("button", name="Link").click()
    expect(area).to_have_value("the [guide](https://)")


def test_the_preview_shows_what_will_be_posted_and_follows_the_text(
    tab: Tab, area: Locator
) -> None:
    shown = tab.get_by_label("Preview")
    expect(shown).to_be_hidden()
    area.fill("A **strong** word and @Maple")
    tab.get_by_role("button", name="Preview").click()
    expect(shown.locator("strong")).to_have_text("strong")
    expect(shown.get_by_role("link", name="@Maple")).to_be_visible()
    area.press_sequentially(" <script>")
    expect(shown).to_contain_text("<script>")
    expect(tab.locator("#post-2")).to_have_count(0)


def test_a_password_can_be_seen_while_it_is_typed(open_page: Open) -> None:
    tab = open_page()
    tab.goto("/sign-in")
    password = tab.get_by_label("Password", exact=True)
    password.fill("four slow boats")
    button = tab.get_by_role("button", name="Show the password")
    button.click()
    expect(password).to_have_attribute("type", "text")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(password).to_have_attribute("type", "password")


def test_the_account_menu_closes_with_escape_and_gives_the_focus_back(tab: Tab) -> None:
    menu = tab.locator("[data-menu]")
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="Settings")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Settings")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
