"""What a tired person has typed is there again, on whatever device they come back with."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from forum.accounts.models import Member
from forum.extensions import db
from forum.threads.models import Draft
from tests import cast

Open = Callable[..., Tab]
WORDS = "It is ten past three, and I cannot find the end of this sent"
# The script saves a few seconds after the first key.
LATER_MS = 5_000
MOST_FRAMES = 600


@pytest.fixture
def path(patient: Member) -> str:
    thread = cast.make_thread("upset", patient)
    return f"/threads/{thread.id}-{thread.slug}"


def test_what_is_typed_is_kept_after_seconds_and_is_there_on_another_device(
    open_page: Open, caregiver: Member, path: str
) -> None:
    phone = open_page(caregiver)
    phone.clock.install()
    phone.goto(path)
    phone.get_by_label("Your reply").press_sequentially(WORDS)
    phone.clock.fast_forward(LATER_MS)
    expect(phone.get_by_text("Draft saved")).to_be_visible()
    phone.context.close()
    laptop = open_page(caregiver)
    laptop.goto(path)
    expect(laptop.get_by_label("Your reply")).to_have_value(WORDS)
    expect(laptop.get_by_text("Your draft from")).to_be_visible()


def test_leaving_the_page_at_once_loses_nothing(
    open_page: Open, caregiver: Member, path: str
) -> None:
    tab = open_page(caregiver)
    tab.goto(path)
    tab.get_by_label("Your reply").press_sequentially(WORDS)
    tab.goto("/help")
    _wait_for_draft(tab)
    tab.goto(path)
    expect(tab.get_by_label("Your reply")).to_have_value(WORDS)


def test_a_new_conversation_comes_back_with_its_title_and_choices(
    open_page: Open, caregiver: Member
) -> None:
    tab = open_page(caregiver)
    tab.clock.install()
    tab.goto("/topics/upset/new")
    tab.get_by_label("Title").fill("At night")
    tab.get_by_label("Your text").press_sequentially(WORDS)
    tab.get_by_role("radio", name="Caregivers only").check()
    tab.get_by_role("checkbox", name="Post without my name").check()
    tab.clock.fast_forward(LATER_MS)
    expect(tab.get_by_text("Draft saved")).to_be_visible()
    tab.goto("/topics/upset/new")
    expect(tab.get_by_label("Title")).to_have_value("At night")
    expect(tab.get_by_label("Your text")).to_have_value(WORDS)
    expect(tab.get_by_role("radio", name="Caregivers only")).to_be_checked()
    expect(tab.get_by_role("checkbox", name="Post without my name")).to_be_checked()


def test_a_published_draft_is_gone(open_page: Open, caregiver: Member, path: str) -> None:
    tab = open_page(caregiver)
    tab.clock.install()
    tab.goto(path)
    tab.get_by_label("Your reply").press_sequentially(WORDS)
    tab.clock.fast_forward(LATER_MS)
    expect(tab.get_by_text("Draft saved")).to_be_visible()
    tab.get_by_label("Your reply").press_sequentially("ence.")
    tab.get_by_role("button", name="Post reply").click()
    expect(tab.locator("#post-2")).to_contain_text(f"{WORDS}ence.")
    expect(tab.get_by_label("Your reply")).to_have_value("")
    assert _drafts() == 0


def test_starting_afresh_throws_a_draft_away(open_page: Open, caregiver: Member, path: str) -> None:
    tab = open_page(caregiver)
    tab.clock.install()
    tab.goto(path)
    tab.get_by_label("Your reply").press_sequentially(WORDS)
    tab.clock.fast_forward(LATER_MS)
    expect(tab.get_by_text("Draft saved")).to_be_visible()
    tab.goto(path)
    tab.get_by_role("button", name="Start afresh").click()
    expect(tab.get_by_label("Your reply")).to_have_value("")
    assert _drafts() == 0


def test_a_line_that_breaks_is_said_and_the_text_is_saved_when_it_is_back(
    open_page: Open, caregiver: Member, path: str, witness: object
) -> None:
    tab = open_page(caregiver)
    witness.expect("net::ERR_FAILED")  # type: ignore[attr-defined]
    tab.clock.install()
    tab.goto(path)
    tab.route("**/drafts", lambda route: route.abort())
    tab.get_by_label("Your reply").press_sequentially(WORDS)
    tab.clock.fast_forward(LATER_MS)
    expect(tab.get_by_text("Not saved yet.")).to_be_visible()
    tab.unroute("**/drafts")
    tab.clock.fast_forward(2 * LATER_MS)
    expect(tab.get_by_text("Draft saved")).to_be_visible()


def test_whoever_was_signed_out_meanwhile_is_told_so_and_keeps_the_text(
    open_page: Open, caregiver: Member, path: str, witness: object
) -> None:
    tab = open_page(caregiver)
    witness.expect("400 (Bad Request)")  # type: ignore[attr-defined]
    tab.clock.install()
    tab.goto(path)
    tab.context.clear_cookies()
    tab.get_by_label("Your reply").press_sequentially(WORDS)
    tab.clock.fast_forward(LATER_MS)
    expect(tab.get_by_text("Not saved: you are signed out.")).to_be_visible()
    tab.get_by_role("button", name="Post reply").click()
    expect(tab.get_by_role("heading", name="Please sign in first")).to_be_visible()
    expect(tab.get_by_label("Your text")).to_have_value(WORDS)


def _drafts() -> int:
    cast.settle()
    return db.session.query(Draft).count()


def _wait_for_draft(tab: Tab) -> None:
    """The browser sends the last words when the page has gone already, and tells nobody."""
    for _ in range(MOST_FRAMES):
        if _drafts():
            return
        tab.evaluate("() => new Promise(requestAnimationFrame)")
    raise AssertionError("the draft never came")
