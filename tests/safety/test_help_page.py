"""The help page: numbers to press, the reader's own country first, and no need of the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from forum.accounts.models import Member
from forum.safety.call_box import call_box
from forum.safety.help_lines import Contact, Number, countries, countries_for
from tests import cast
from tests.threads.page import Page, words

EVERY_CONTACT = [
    contact
    for country in countries()
    for contact in country.emergency + country.lines + country.organizations
]


def _countries(page: Page, section: str) -> list[str]:
    return [words(each) for each in page.within(section).iter("h3")]


def _about(page: Page, name: str) -> str:
    """All that the page says about the first contact of that name."""
    for each in page.root.iter("div"):
        if each.get("class") == "help-line" and any(words(h) == name for h in each.iter("h4")):
            return words(each)
    raise AssertionError(f"nothing about {name}")


def test_every_number_can_be_pressed(client: cast.Browser) -> None:
    addresses = Page(client.get("/help")).addresses()
    for contact in EVERY_CONTACT:
        for number in contact.call + contact.text:
            assert number.address in addresses


def test_a_number_is_dialed_without_its_spaces() -> None:
    assert Number.to_call("1-800 452-2873") == Number("1-800 452-2873", "tel:18004522873")
    assert Number.to_text("85258") == Number("85258", "sms:85258")


@pytest.mark.parametrize("contact", EVERY_CONTACT, ids=lambda contact: contact.name)
def test_a_number_calls_the_digits_that_it_shows(contact: Contact) -> None:
    for number in contact.call + contact.text:
        digits = "".join(character for character in number.shown if character.isdigit())
        assert number.address.partition(":")[2] == digits


def test_all_countries_are_shown_without_a_choice(client: cast.Browser) -> None:
    page = Page(client.get("/help"))
    assert _countries(page, "now")[0] == "United States"
    assert {"Ireland", "India", "Everywhere else"} <= set(_countries(page, "now"))
    assert "Canada" in _countries(page, "organizations")


def test_the_reader_s_own_country_comes_first_and_none_is_lost(client: cast.Browser) -> None:
    usual, chosen = Page(client.get("/help")), Page(client.get("/help?country=IE"))
    assert _countries(chosen, "now")[:2] == ["Ireland", "European Union"]
    assert _countries(chosen, "organizations")[0] == "Ireland"
    assert sorted(_countries(usual, "now")) == sorted(_countries(chosen, "now"))
    selected = [each for each in chosen.root.iter("option") if "selected" in each.attrib]
    assert [words(each) for each in selected] == ["Ireland"]


@pytest.mark.parametrize("code", ["XX", "ie", "<b>", "IE; DROP"])
def test_a_country_that_we_do_not_know_sees_the_lines_for_everywhere_first(
    code: str, client: cast.Browser
) -> None:
    answer = client.get("/help", query_string={"country": code})
    assert answer.status_code == 200
    assert _countries(Page(answer), "now")[0] == "Everywhere else"


def test_choosing_nothing_changes_nothing(client: cast.Browser) -> None:
    assert _countries(Page(client.get("/help?country=")), "now")[0] == "United States"


def test_countries_keep_their_order_behind_the_chosen_one() -> None:
    usual = [country.code for country in countries() if country.code != "AU"]
    assert [country.code for country in countries_for("AU")] == ["AU", *usual]


def test_what_nobody_could_confirm_is_marked_so(client: cast.Browser) -> None:
    page = Page(client.get("/help"))
    unverified = [contact for contact in EVERY_CONTACT if not contact.verified]
    assert unverified
    assert page.main.count("Not yet confirmed") == len(unverified)
    assert "Not yet confirmed" not in _about(page, "988 Suicide & Crisis Lifeline")


def test_every_entry_says_when_it_was_checked(client: cast.Browser) -> None:
    page = Page(client.get("/help"))
    boxes = 1
    assert page.main.count("Last checked") == len(EVERY_CONTACT) + boxes


def test_hours_and_languages_are_said_where_known(client: cast.Browser) -> None:
    about = _about(Page(client.get("/help")), "9-8-8 Suicide Crisis Helpline")
    assert "24 hours a day, every day · English, French" in about


def test_the_box_says_when_to_call_the_team_and_who_has_not_read_it(client: cast.Browser) -> None:
    box = words(Page(client.get("/help")).within("call-your-team"))
    assert all(sign in box for sign in call_box().now + call_box().same_day)
    assert call_box().review_note in box


def test_a_visitor_s_help_page_asks_the_database_nothing(
    client: cast.Browser, count_queries: Callable[..., Any]
) -> None:
    client.get("/help")
    with count_queries() as statements:
        client.get("/help")
    assert statements == []


def test_a_member_s_help_page_asks_no_more_than_the_frame_of_every_page(
    sign_in: Callable[[Member], cast.Browser], patient: Member, count_queries: Callable[..., Any]
) -> None:
    browser = sign_in(patient)
    browser.get("/help")
    with count_queries() as frame:
        browser.get("/nothing-is-here")
    with count_queries() as statements:
        browser.get("/help")
    assert len(statements) == len(frame)


def test_the_help_page_may_be_found_and_sets_no_cookie(client: cast.Browser) -> None:
    answer = client.get("/help?country=IE")
    assert "X-Robots-Tag" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert Page(answer).canonical() == f"{cast.SITE_URL}/help"


def test_a_suspended_member_still_gets_help(
    sign_in: Callable[[Member], cast.Browser], suspended: Member
) -> None:
    assert sign_in(suspended).get("/help").status_code == 200
