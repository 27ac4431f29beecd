"""Everything that people come for works without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab

from forum.accounts.models import Member
from forum.extensions import db
from forum.guide.seeding import seed_guide
from forum.threads.models import Post
from tests import cast
from tests.browser.letter_links import path_in

PASSWORD = "four slow boats at dawn"
Open = Callable[..., Tab]


@pytest.fixture
def open_plain(open_page: Open) -> Open:
    """A tab in which no script runs."""
    return lambda member=None: open_page(member, javascript=False)


def test_a_newcomer_reads_the_guide_joins_and_replies(
    open_plain: Open, patient: Member, letters: cast.MailFolder
) -> None:
    seed_guide()
    cast.make_thread("upset", patient, title="The first week", audience="everyone")
    cast.settle()
    tab = open_plain()
    tab.goto("/")
    tab.get_by_role("link", name="3 It is all right to be upset").click()
    tab.get_by_role("link", name="All conversations about this part").click()
    tab.get_by_role("link", name="The first week").click()
    tab.get_by_label("Would you like to answer?").get_by_role("link", name="Join").click()
    _join(tab)
    tab.goto(path_in(letters("newcomer@mail.example")[-1]))
    tab.get_by_role("button", name="Confirm my address").click()
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    tab.get_by_role("link", name="The first week").click()
    tab.get_by_label("Your reply").fill("We went through the same.")
    tab.get_by_role("button", name="Post reply").click()
    expect(_post(tab, 2)).to_contain_text("We went through the same.")


def _join(tab: Tab) -> None:
    tab.get_by_label("Your name here").fill("quiet_river")
    tab.get_by_label("E-mail address").fill("newcomer@mail.example")
    tab.get_by_label("Password").fill(PASSWORD)
    for box in ("Caregiver", "I am 18 or older", "I agree"):
        tab.get_by_role("checkbox", name=box).check()
    tab.get_by_role("button", name="Join").click()
    expect(tab.get_by_role("heading", name="Look at your e-mail")).to_be_visible()


def test_a_conversation_is_previewed_and_started_for_those_it_is_for(
    open_plain: Open, caregiver: Member
) -> None:
    tab = open_plain(caregiver)
    tab.goto("/topics/upset/new")
    tab.get_by_label("Title").fill("Dividing the nights")
    tab.get_by_label("Your text").fill("We take **turns**, and it is still hard.")
    tab.get_by_role("radio", name="Caregivers only").check()
    tab.get_by_text("Add a content note").click()
    tab.get_by_role("checkbox", name="Severe side effects").check()
    tab.get_by_role("button", name="Preview").click()
    expect(tab.get_by_label("Preview").locator("strong")).to_have_text("turns")
    assert db.session.query(Post).count() == 0
    expect(tab.get_by_role("radio", name="Caregivers only")).to_be_checked()
    expect(tab.get_by_role("checkbox", name="Severe side effects")).to_be_checked()
    tab.get_by_role("button", name="Post the conversation").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Dividing the nights")
    tags = tab.locator(".page-head .tags")
    expect(tags).to_contain_text("Caregivers only")
    expect(tags).to_contain_text("Severe side effects")


def test_a_forgotten_title_is_said_beside_its_field_and_the_text_stays(
    open_plain: Open, caregiver: Member
) -> None:
    tab = open_plain(caregiver)
    tab.goto("/topics/upset/new")
    tab.get_by_label("Your text").fill("First line.\n\nSecond line.")
    tab.get_by_role("button", name="Post the conversation").click()
    expect(tab.get_by_role("alert")).to_contain_text("Please give your conversation a title.")
    expect(tab.get_by_label("Title")).to_have_accessible_description(
        "Please give your conversation a title."
    )
    expect(tab.get_by_label("Your text")).to_have_value("First line.\n\nSecond line.")


def test_own_words_are_changed_deleted_and_brought_back(
    open_plain: Open, caregiver: Member, patient: Member
) -> None:
    thread = cast.make_thread("upset", patient)
    cast.make_post(thread, caregiver, body="Too quick words.")
    tab = open_plain(caregiver)
    tab.goto(f"/threads/{thread.id}-{thread.slug}")
    tab.get_by_role("link", name="Edit post 2").click()
    tab.get_by_label("Your text").fill("Slower words.")
    tab.get_by_role("button", name="Save the change").click()
    expect(_post(tab, 2)).to_contain_text("Slower words.")
    expect(_post(tab, 2)).to_contain_text("Edited")
    tab.get_by_role("button", name="Delete post 2").click()
    expect(tab.get_by_text("Slower words.")).to_have_count(0)
    tab.get_by_role("button", name="Bring it back").click()
    expect(_post(tab, 2)).to_contain_text("Slower words.")


def test_a_reader_says_with_you_and_takes_it_back(
    open_plain: Open, caregiver: Member, patient: Member
) -> None:
    thread = cast.make_thread("upset", patient)
    tab = open_plain(caregiver)
    tab.goto(f"/threads/{thread.id}-{thread.slug}")
    tab.get_by_role("button", name="With you").click()
    said = tab.get_by_role("button", name="With you 1", pressed=True)
    expect(said).to_be_visible()
    said.click()
    expect(tab.get_by_role("button", name="With you", pressed=False)).to_be_visible()


def test_words_of_another_are_quoted(open_plain: Open, caregiver: Member, patient: Member) -> None:
    thread = cast.make_thread("upset", patient, body="What did you try first?")
    tab = open_plain(caregiver)
    tab.goto(f"/threads/{thread.id}-{thread.slug}")
    tab.get_by_role("link", name="Quote post 1").click()
    area = tab.get_by_label("Your reply")
    quote = f"> [Maple wrote](/posts/{cast.first_post(thread).id}):\n> What did you try first?"
    assert area.input_value().startswith(quote)
    area.fill(f"{quote}\n\nA trial.")
    tab.get_by_role("button", name="Post reply").click()
    expect(_post(tab, 2).locator("blockquote")).to_contain_text("What did you try first?")


def test_a_report_is_sent_and_settled(
    open_plain: Open, caregiver: Member, patient: Member, moderator: Member
) -> None:
    thread = cast.make_thread("upset", patient, body="Buy my powder.")
    tab = open_plain(caregiver)
    tab.goto(f"/threads/{thread.id}-{thread.slug}")
    tab.get_by_role("link", name="Report post 1").click()
    tab.get_by_role("radio", name="Selling or recruiting").check()
    tab.get_by_role("button", name="Send").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Thank you")
    desk = open_plain(moderator)
    desk.goto("/moderation")
    desk.get_by_role("link", name="Selling or recruiting").click()
    desk.get_by_role("radio", name="Send a warning").check()
    desk.get_by_role("textbox", name="Your reason").fill("Nothing is sold here, please.")
    desk.get_by_role("button", name="Decide").click()
    expect(desk.get_by_role("status").first).to_contain_text("Decided")
    own = open_plain(patient)
    own.goto("/settings/decisions")
    expect(own.get_by_text("Nothing is sold here, please.")).to_be_visible()


def test_colors_and_text_size_are_kept_for_a_visitor(open_plain: Open) -> None:
    tab = open_plain()
    tab.goto("/settings/display")
    tab.get_by_role("radio", name="Dark").check()
    tab.get_by_role("radio", name="Largest").check()
    tab.get_by_role("button", name="Keep").click()
    tab.goto("/help")
    expect(tab.locator("html")).to_have_attribute("data-theme", "dark")
    expect(tab.locator("html")).to_have_attribute("data-text-size", "150")


def _post(tab: Tab, number: int) -> Locator:
    return tab.locator(f"#post-{number}")
