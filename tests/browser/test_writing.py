"""Writing with script: drafts, the preview, quotes, the toolbar, and buttons pressed twice."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.extensions import db
from forum.threads.models import Draft, Post, Thread
from tests import cast

pytestmark = pytest.mark.browser


@pytest.fixture
def thread(caregiver: Member) -> Thread:
    return cast.make_thread("after-cart", caregiver, body="The first words.\n\nThe second words.")


def address(thread: Thread) -> str:
    return f"/threads/{thread.id}-{thread.slug}"


def area(tab: Tab) -> Any:
    return tab.get_by_label("Your reply")


def count(table: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_what_is_typed_is_kept_and_comes_back(
    app: Flask, open_page: Any, thread: Thread, patient: Member
) -> None:
    phone, elsewhere = open_page(patient), open_page(patient, width=1280)
    phone.goto(address(thread))
    area(phone).fill("Half an answer")
    expect(phone.get_by_text("Draft saved")).to_be_visible(timeout=15_000)
    elsewhere.goto(address(thread))
    expect(area(elsewhere)).to_have_value("Half an answer")
    area(elsewhere).fill("Half an answer, and then some")
    elsewhere.get_by_role("button", name="Start afresh").click()
    expect(area(elsewhere)).to_have_value("")
    elsewhere.goto(address(thread))
    expect(area(elsewhere)).to_have_value("")


def test_what_is_typed_is_kept_when_the_page_is_left(
    app: Flask, open_page: Any, thread: Thread, patient: Member
) -> None:
    tab = open_page(patient)
    tab.goto(address(thread))
    area(tab).fill("Left in the middle of")
    tab.goto("/topics")
    tab.wait_for_load_state("networkidle")
    tab.goto(address(thread))
    expect(area(tab)).to_have_value("Left in the middle of")


def test_what_was_posted_leaves_no_draft(
    app: Flask, open_page: Any, thread: Thread, patient: Member
) -> None:
    tab = open_page(patient)
    tab.goto(address(thread))
    area(tab).fill("A whole answer.")
    expect(tab.get_by_text("Draft saved")).to_be_visible(timeout=15_000)
    area(tab).fill("A whole answer, and more.")
    tab.get_by_role("button", name="Post reply").click()
    expect(tab.locator("#post-2")).to_contain_text("A whole answer, and more.")
    assert (count(Post), count(Draft)) == (2, 0)


def test_two_quick_presses_post_once(
    app: Flask, open_page: Any, thread: Thread, patient: Member
) -> None:
    tab = open_page(patient)
    tab.goto(address(thread))
    area(tab).fill("Once.")
    tab.get_by_role("button", name="Post reply").dblclick()
    expect(tab.locator("#post-2")).to_contain_text("Once.")
    assert count(Post) == 2


def test_the_preview_follows_the_text_and_publishes_nothing(
    app: Flask, open_page: Any, thread: Thread, patient: Member
) -> None:
    tab = open_page(patient)
    tab.goto(address(thread))
    area(tab).fill("Thank you @Harbor")
    tab.get_by_role("button", name="Preview").click()
    preview = tab.locator("[data-preview]")
    expect(preview.get_by_role("link", name="@Harbor")).to_be_visible()
    area(tab).fill("Now **strong**")
    expect(preview.locator("strong")).to_have_text("strong")
    assert count(Post) == 1


def test_chosen_words_are_quoted(
    app: Flask, open_page: Any, thread: Thread, patient: Member
) -> None:
    opening = cast.first_post(thread)
    tab = open_page(patient)
    tab.goto(address(thread))
    tab.evaluate(
        """id => {
            const second = document.querySelectorAll(`#post-text-${id} p`)[1];
            getSelection().selectAllChildren(second);
        }""",
        opening.id,
    )
    tab.get_by_role("link", name="Quote post 1").click()
    expect(area(tab)).to_have_value(
        f"> [Harbor wrote](/posts/{opening.id}):\n> The second words.\n\n"
    )
    area(tab).press_sequentially("Mine.")
    tab.get_by_role("button", name="Post reply").click()
    quote = tab.locator("#post-2 blockquote")
    expect(quote).to_contain_text("Harbor wrote:")
    expect(quote).to_contain_text("The second words.")


def test_the_toolbar_marks_what_is_chosen(
    app: Flask, open_page: Any, thread: Thread, patient: Member
) -> None:
    tab = open_page(patient)
    tab.goto(address(thread))
    area(tab).fill("tired")
    area(tab).select_text()
    tab.get_by_role("button", name="Bold").click()
    expect(area(tab)).to_have_value("**tired**")


def test_without_script_the_same_page_writes(
    app: Flask, open_page: Any, thread: Thread, patient: Member
) -> None:
    tab = open_page(patient, javascript=False)
    tab.goto(address(thread))
    tab.get_by_role("link", name="Quote post 1").click()
    expect(area(tab)).to_have_value(
        f"> [Harbor wrote](/posts/{cast.first_post(thread).id}):\n"
        "> The first words.\n>\n> The second words.\n\n"
    )
    tab.get_by_role("button", name="Preview").click()
    expect(tab.locator("[data-preview] blockquote")).to_contain_text("The first words.")
    tab.get_by_role("button", name="Post reply").click()
    expect(tab.locator("#post-2")).to_contain_text("The first words.")
    assert (count(Post), count(Draft)) == (2, 0)
