"""One press or two, today or after the visit has ended: what was written arrives, and once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from forum.accounts import sessions
from forum.accounts.models import Member
from forum.extensions import db
from forum.threads.actions.moderating import lock_thread
from forum.threads.models import Post, Thread
from tests import cast

Open = Callable[..., Tab]
WORDS = "The night nurse brought tea, and said that the second week is the worst one.\n\nIt was."


@pytest.fixture
def thread(patient: Member) -> Thread:
    return cast.make_thread("upset", patient)


def _open(open_page: Open, member: Member, thread: Thread, **how: bool) -> Tab:
    tab = open_page(member, **how)
    tab.goto(f"/threads/{thread.id}-{thread.slug}")
    tab.get_by_label("Your reply").fill(WORDS)
    return tab


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_a_double_click_posts_once(
    open_page: Open, caregiver: Member, thread: Thread, javascript: bool
) -> None:
    tab = _open(open_page, caregiver, thread, javascript=javascript)
    tab.get_by_role("button", name="Post reply").dblclick()
    expect(tab.locator("#post-2")).to_contain_text("The night nurse")
    assert _texts(caregiver) == [WORDS]


def test_going_back_and_sending_again_posts_once(
    open_page: Open, caregiver: Member, thread: Thread
) -> None:
    tab = _open(open_page, caregiver, thread)
    tab.get_by_role("button", name="Post reply").click()
    expect(tab.locator("#post-2")).to_be_visible()
    tab.go_back()
    # The browser has filled the old words into the form again.
    expect(tab.get_by_label("Your reply")).to_have_value(WORDS)
    again = tab.get_by_role("button", name="Post reply")
    expect(again).to_be_enabled()
    with tab.expect_navigation():
        again.click()
    expect(tab.locator("#post-2")).to_be_visible()
    assert _texts(caregiver) == [WORDS]


def test_a_visit_that_ended_in_another_tab_asks_to_sign_in_and_sends_the_text(
    open_page: Open, caregiver: Member, thread: Thread
) -> None:
    tab = _open(open_page, caregiver, thread)
    other = tab.context.new_page()
    other.goto("/sign-out")
    other.get_by_role("main").get_by_role("button", name="Sign out").click()
    tab.get_by_role("button", name="Post reply").click()
    expect(tab.get_by_role("status")).to_contain_text("Nothing you typed is lost.")
    expect(tab.get_by_label("Your text")).to_have_value(WORDS)
    _sign_in_again(tab)
    assert _texts(caregiver) == [WORDS]


def test_a_visit_that_ended_on_another_device_asks_to_sign_in_and_sends_the_text(
    open_page: Open, caregiver: Member, thread: Thread
) -> None:
    tab = _open(open_page, caregiver, thread)
    cast.settle()
    sessions.close_sessions_of(caregiver.id)
    cast.settle()
    tab.get_by_role("button", name="Post reply").click()
    expect(tab.get_by_label("Your text")).to_have_value(WORDS)
    _sign_in_again(tab)
    assert _texts(caregiver) == [WORDS]


def _sign_in_again(tab: Tab) -> None:
    tab.get_by_label("Name or e-mail address").fill("Harbor")
    tab.get_by_label("Password", exact=True).fill(cast.PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    send = tab.get_by_role("button", name="Send again")
    expect(send).to_be_visible()
    send.click()
    expect(tab.locator("#post-2")).to_contain_text("The night nurse")


def test_sixty_thousand_characters_come_back_with_a_word_about_them(
    open_page: Open, caregiver: Member, thread: Thread
) -> None:
    pasted = "All that I wrote down since January. " * 1622
    assert len(pasted) > 60_000
    tab = _open(open_page, caregiver, thread)
    area = tab.get_by_label("Your reply")
    area.fill("")
    area.focus()
    tab.keyboard.insert_text(pasted)
    with tab.expect_navigation() as sent:
        tab.get_by_role("button", name="Post reply").click()
    assert sent.value.status == 422
    expect(area).to_have_value(pasted)
    expect(tab.get_by_role("alert")).to_contain_text("too long. The most is 20,000.")
    expect(area).to_have_attribute("aria-invalid", "true")


def test_a_conversation_that_was_closed_meanwhile_says_so_and_keeps_the_text(
    open_page: Open, caregiver: Member, thread: Thread, moderator: Member
) -> None:
    tab = _open(open_page, caregiver, thread)
    cast.settle()
    lock_thread(cast.viewer_of(moderator), thread)
    cast.settle()
    with tab.expect_navigation() as sent:
        tab.get_by_role("button", name="Post reply").click()
    assert sent.value.status == 403
    expect(tab.get_by_role("main")).to_contain_text("closed to new replies")
    expect(tab.get_by_label("Your text")).to_have_value(WORDS)


def _texts(author: Member) -> list[str]:
    cast.settle()
    wanted = db.select(Post.body).where(Post.author_id == author.id)
    return list(db.session.scalars(wanted))
