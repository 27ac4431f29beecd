"""Reading in a real browser: what was seen is recorded, and folds open by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from forum.accounts.models import Member
from forum.extensions import db
from forum.threads.models import ThreadRead

Make = Callable[..., Any]
OpenPage = Callable[..., Page]


@pytest.fixture
def thread(caregiver: Member, make_thread: Make, make_post: Make) -> Any:
    """12 posts, more than a screen holds; the second carries a content note."""
    thread = make_thread("trials", caregiver, audience="everyone")
    make_post(thread, caregiver, body="He died at home.", notes=frozenset({"death"}))
    for _ in range(10):
        make_post(thread, caregiver)
    return thread


def _address(thread: Any) -> str:
    return f"/threads/{thread.id}-{thread.slug}"


def _place(member: Member) -> int | None:
    db.session.rollback()
    return db.session.scalar(
        select(ThreadRead.last_number).where(ThreadRead.member_id == member.id)
    )


def test_a_members_place_is_recorded_once_the_end_of_the_page_was_seen(
    open_page: OpenPage, patient: Member, thread: Any
) -> None:
    page = open_page(patient)
    page.goto(_address(thread))
    assert _place(patient) is None
    with page.expect_response(lambda answer: answer.url.endswith("/read")) as told:
        page.locator("#post-12").scroll_into_view_if_needed()
    assert told.value.status == 204
    assert _place(patient) == 12


def test_a_fold_opens_by_keyboard_and_says_what_it_does(open_page: OpenPage, thread: Any) -> None:
    page = open_page()
    page.goto(_address(thread))
    words = page.get_by_text("He died at home.")
    expect(words).to_be_hidden()
    button = page.locator("#post-2 summary")
    button.focus()
    expect(button).to_contain_text("Show the post")
    page.keyboard.press("Enter")
    expect(words).to_be_visible()
    expect(button.get_by_text("Hide the post")).to_be_visible()


def test_a_conversation_is_read_and_unfolded_without_javascript(
    open_page: OpenPage, thread: Any
) -> None:
    page = open_page(javascript=False)
    page.goto("/threads")
    page.get_by_role("link", name=thread.title).click()
    page.locator("#post-2 summary").click()
    expect(page.get_by_text("He died at home.")).to_be_visible()
