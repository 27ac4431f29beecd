"""From reading to replying, and from a report to a decision, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from forum.accounts.models import Member
from forum.guide.seeding import seed_guide
from forum.threads.models import Thread
from tests import cast
from tests.browser.keyboard import IS_FOCUSED, Keyboard
from tests.browser.letter_links import path_in
from tests.browser.walk import NARROW_PX, WIDE_PX

ANSWER = "We went through the same in spring. You are not alone with it."
PASSWORD = "four slow boats at dawn"


def test_the_first_stop_of_every_page_leads_past_the_menus(open_page: Callable[..., Tab]) -> None:
    tab = open_page(width=WIDE_PX)
    tab.goto("/help")
    tab.keyboard.press("Tab")
    skip = tab.get_by_role("link", name="Skip to the text")
    expect(skip).to_be_in_viewport()
    assert skip.evaluate(IS_FOCUSED)
    tab.keyboard.press("Enter")
    assert tab.locator("main").evaluate(IS_FOCUSED)
    tab.keyboard.press("Tab")
    assert tab.locator("main :focus").count() == 1


def test_a_newcomer_reads_the_guide_joins_and_replies(
    open_page: Callable[..., Tab], patient: Member, letters: cast.MailFolder
) -> None:
    seed_guide()
    thread = cast.make_thread("upset", patient, title="The first week", audience="everyone")
    cast.settle()
    tab = open_page(width=NARROW_PX)
    keyboard = Keyboard(tab)
    _read_and_join(tab, keyboard)
    tab.goto(path_in(letters("newcomer@mail.example")[-1]))
    keyboard.send("Confirm my address")
    _sign_in(tab, keyboard)
    _reply(tab, keyboard)
    assert tab.url.endswith(f"/threads/{thread.id}-{thread.slug}#post-2")
    expect(tab.get_by_role("article", name="Post 2 by quiet_river")).to_contain_text(ANSWER)


def _read_and_join(tab: Tab, keyboard: Keyboard) -> None:
    tab.goto("/")
    keyboard.follow("3 It is all right to be upset")
    expect(tab.get_by_role("heading", level=1)).to_contain_text("all right to be upset")
    keyboard.follow("All conversations about this part")
    keyboard.follow("The first week")
    keyboard.follow("Join")
    keyboard.fill("Your name here", "quiet_river")
    keyboard.fill("E-mail address", "newcomer@mail.example")
    keyboard.fill("Password", PASSWORD)
    keyboard.tick("Caregiver")
    for consent in tab.get_by_role("checkbox", name="I").all():
        keyboard.go_to(consent)
        tab.keyboard.press("Space")
    keyboard.send("Join")
    expect(tab.get_by_role("heading", name="Look at your e-mail")).to_be_visible()


def _sign_in(tab: Tab, keyboard: Keyboard) -> None:
    login = tab.get_by_label("Name or e-mail address")
    expect(login).to_have_value("quiet_river")
    keyboard.fill("Password", PASSWORD)
    keyboard.send("Sign in")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Hello, quiet_river")


def _reply(tab: Tab, keyboard: Keyboard) -> None:
    keyboard.follow("The first week")
    keyboard.fill("Your reply", ANSWER)
    keyboard.send("Post reply")


def test_a_moderator_settles_a_report(
    open_page: Callable[..., Tab],
    patient: Member,
    caregiver: Member,
    moderator: Member,
    sign_in: Callable[[Member], cast.Browser],
) -> None:
    thread: Thread = cast.make_thread("after-cart", patient)
    post = cast.make_post(thread, patient, body="Stop the pills and eat more lemons.")
    told: Any = {"reason": "advice", "details": "This is dangerous."}
    cast.form_post(sign_in(caregiver), f"/posts/{post.id}/report", told)
    tab = open_page(moderator, width=WIDE_PX)
    keyboard = Keyboard(tab)
    tab.goto("/")
    keyboard.go_to(tab.locator("[data-menu] summary"))
    tab.keyboard.press("Enter")
    keyboard.follow("Moderation")
    keyboard.go_to(tab.locator(".case-list a").first)
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    keyboard.send("Take this case")
    keyboard.choose("What do you decide?", "Hide it for now")
    keyboard.fill("Your reason", "Please talk to your team first.")
    keyboard.send("Decide")
    expect(tab.get_by_role("status").first).to_contain_text("Decided")
    assert cast.post_number(thread, 2).hidden_at is not None
