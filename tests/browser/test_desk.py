"""Deciding a case in a real browser, with and without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from forum.accounts.models import Member
from forum.extensions import db
from forum.moderation.actions.reporting import file_report
from forum.moderation.models import Case, ReportReason, SubjectKind
from forum.moderation.subjects import find_subject
from forum.threads.models import Thread
from tests import cast

OpenPage = Callable[..., Page]
NEEDS = {"suspend": "#until", "move": "#topic", "narrow": "#audience", "edit_out": "#body"}


@pytest.fixture
def thread(patient: Member) -> Thread:
    return cast.make_thread("after-cart", patient, title="Week nine", body="Fevers again.")


@pytest.fixture
def case(thread: Thread, caregiver: Member) -> Case:
    """Harbor is worried about the opening by Maple."""
    opening = find_subject(SubjectKind.POST, cast.first_post(thread).id)
    made = file_report(caregiver.id, opening, ReportReason.WORRIED, "He named a day.")
    db.session.commit()
    return made


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [390, 1280])
def test_what_only_one_decision_needs_shows_with_that_decision(
    open_page: OpenPage, case: Case, moderator: Member, javascript: bool, width: int
) -> None:
    page = open_page(moderator, width=width, javascript=javascript)
    page.goto(f"/moderation/cases/{case.id}")
    for decision, needed in NEEDS.items():
        page.check(f"[name=decision][value={decision}]")
        for other in NEEDS.values():
            expect(page.locator(other)).to_be_visible(visible=other == needed)
    page.check("[name=decision][value=hide]")
    for needed in NEEDS.values():
        expect(page.locator(needed)).to_be_hidden()


def test_upsetting_words_show_only_when_asked_for(
    open_page: OpenPage, case: Case, moderator: Member
) -> None:
    page = open_page(moderator)
    page.goto(f"/moderation/cases/{case.id}")
    words = page.locator("#subject").get_by_text("Fevers again.")
    expect(words).to_be_hidden()
    page.locator("#subject summary").first.press("Enter")
    expect(words).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_case_is_settled_from_a_phone(
    open_page: OpenPage, case: Case, moderator: Member, thread: Thread, javascript: bool
) -> None:
    page = open_page(moderator, javascript=javascript)
    page.goto("/moderation")
    page.get_by_text("I am worried about this person").click()
    page.get_by_role("link", name="Go to the decision").click()
    page.check("[name=decision][value=move]")
    page.get_by_role("button", name="Decide").click()
    expect(page.locator(".error-summary")).to_contain_text("Please choose the topic")
    page.select_option("#topic", "trials")
    page.fill("#reason", "More people who know about trials read there.")
    page.get_by_role("button", name="Decide").click()
    expect(page.locator(".notice-green")).to_contain_text("The person concerned is told.")
    expect(page.get_by_text("Nothing waits.")).to_be_visible()
    db.session.expire_all()
    assert thread.topic_id == cast.topic("trials").id
