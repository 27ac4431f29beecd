"""Joining, from the form to the first sign-in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from forum.accounts.consents import ADULT_WORDING, CONSENT_WORDING
from forum.accounts.models import Consent, JoinRequest, Member, SignIn
from forum.audit.models import AuditEntry
from forum.core import clock
from forum.extensions import db
from forum.jobs.models import OutboxRow
from tests import cast
from tests.accounts.stage import PASSWORD, ask_to_join, count, join_form, joined, sign_in, without

Letters = cast.MailFolder
LONG_PASSWORD = "lantern copper thistle walnut harbor saddle meadow pickle gravel " + "z" * 63


def test_a_newcomer_joins_confirms_and_signs_in(client: cast.Browser, letters: Letters) -> None:
    answer = cast.form_post(client, "/join", join_form(), follow_redirects=True)
    assert answer.status_code == 200
    assert "Look at your e-mail" in answer.text
    link = cast.link_in(letters("river@mail.example")[0])
    assert "quiet_river" in client.get(link).text
    answer = cast.form_post(client, link, follow_redirects=True)
    assert "Your address is confirmed" in answer.text
    assert 'value="quiet_river"' in answer.text
    answer = sign_in(client, "quiet_river", next="/settings/display")
    assert (answer.status_code, answer.location) == (303, "/settings/display")
    member = db.session.scalars(select(Member)).one()
    assert member.relations == {"patient", "family"}
    assert member.rank == "member"


def test_both_consents_are_kept_with_their_words_and_the_day(
    client: cast.Browser, letters: Letters
) -> None:
    asked_at = clock.now()
    joined(client, letters)
    rows = db.session.scalars(select(Consent).order_by(Consent.purpose)).all()
    assert [(row.purpose, row.wording) for row in rows] == [
        ("adult", ADULT_WORDING),
        ("health", CONSENT_WORDING),
    ]
    assert all(abs(row.given_at - asked_at) < timedelta(minutes=1) for row in rows)
    assert ADULT_WORDING in client.get("/join").text


def test_nothing_but_a_request_is_kept_before_the_address_is_confirmed(
    client: cast.Browser,
) -> None:
    ask_to_join(client)
    assert (count(JoinRequest), count(Member), count(SignIn)) == (1, 0, 0)
    assert sign_in(client, "quiet_river").status_code == 422


def test_looking_at_the_link_changes_nothing(client: cast.Browser, letters: Letters) -> None:
    ask_to_join(client)
    link = cast.link_in(letters()[0])
    for _ in range(2):
        assert client.get(link).status_code == 200
    assert count(Member) == 0


def test_a_link_works_once(client: cast.Browser, letters: Letters) -> None:
    joined(client, letters)
    link = cast.link_in(letters()[0])
    assert client.get(link).status_code == 404
    answer = cast.form_post(client, link)
    assert answer.status_code == 404
    assert "This link leads nowhere now" in answer.text
    assert count(Member) == 1


def test_a_link_runs_out_after_three_days(client: cast.Browser, letters: Letters) -> None:
    ask_to_join(client)
    link = cast.link_in(letters()[0])
    with time_machine.travel(clock.now() + timedelta(days=3, minutes=1)):
        assert cast.form_post(client, link).status_code == 404
    assert count(Member) == 0


def test_the_letter_names_no_illness_and_says_what_to_do_if_it_was_not_you(
    client: cast.Browser, letters: Letters
) -> None:
    ask_to_join(client)
    letter = letters()[0]
    words = (letter["Subject"] + cast.text_of(letter)).casefold()
    assert letter["Subject"] == "Confirm your address"
    assert "if this was not you" in words
    assert not any(word in words for word in ("myeloma", "cancer", "car t", "patient"))


# ---------------------------------------------------------------- known and unknown addresses


def _measured(
    app: Flask, address: str, hashes: list[str], count_queries: Callable[..., Any]
) -> dict[str, Any]:
    """Everything an asker could notice, and everything that takes time."""
    browser = app.test_client()
    name = address.partition("@")[0] + "_new"
    hashes.clear()
    before = (count(JoinRequest), count(OutboxRow))
    with count_queries() as statements:
        answer = cast.form_post(browser, "/join", join_form(username=name, email=address))
        queries = len(statements)
    page = browser.get(answer.location)
    return {
        "status": (answer.status_code, page.status_code),
        "headers": sorted(set(answer.headers.keys())),
        "page": without(page.text, address),
        "queries": queries,
        "hashes": list(hashes),
        "rows": (count(JoinRequest) - before[0], count(OutboxRow) - before[1]),
    }


def test_joining_is_the_same_for_a_known_and_an_unknown_address(
    app: Flask,
    patient: Member,
    hashes: list[str],
    letters: Letters,
    count_queries: Callable[..., Any],
) -> None:
    known = _measured(app, "maple@mail.example", hashes, count_queries)
    unknown = _measured(app, "birch@mail.example", hashes, count_queries)
    assert known == unknown
    assert known["hashes"] == ["hash"]
    assert known["rows"] == (1, 1)
    assert [letter["Subject"] for letter in letters()] == ["Confirm your address"] * 2


def test_the_letter_to_a_known_address_says_so_and_makes_no_account(
    client: cast.Browser, patient: Member, letters: Letters
) -> None:
    ask_to_join(client, email="maple@mail.example")
    text = cast.text_of(letters("maple@mail.example")[0])
    assert "has an account already" in " ".join(text.split())
    assert f"{cast.SITE_URL}/sign-in" in text
    assert f"{cast.SITE_URL}/forgot-password" in text
    assert "/confirm/" not in text
    assert db.session.scalars(select(JoinRequest)).one().token_hash is None


def test_two_requests_for_one_address_make_one_account(
    client: cast.Browser, letters: Letters
) -> None:
    ask_to_join(client, username="first_try")
    ask_to_join(client, username="second_try")
    first, second = (cast.link_in(letter) for letter in letters())
    assert cast.form_post(client, first).status_code == 303
    assert cast.form_post(client, second).status_code == 404
    assert [member.username for member in db.session.scalars(select(Member))] == ["first_try"]


def test_the_address_is_the_same_in_capitals(
    client: cast.Browser, patient: Member, letters: Letters
) -> None:
    ask_to_join(client, email="MAPLE@Mail.Example")
    assert "has an account already" in " ".join(cast.text_of(letters()[0]).split())


# ---------------------------------------------------------------- names


@pytest.mark.parametrize("name", ["Maple", "maple", "MAPLE"])
def test_a_members_name_is_taken_in_any_spelling(
    client: cast.Browser, patient: Member, name: str
) -> None:
    answer = ask_to_join(client, username=name)
    assert answer.status_code == 422
    assert "Somebody has this name already" in answer.text


def test_a_name_that_somebody_asked_for_is_taken_whether_or_not_their_address_is_known(
    client: cast.Browser, patient: Member
) -> None:
    ask_to_join(client, username="one_name", email="maple@mail.example")
    ask_to_join(client, username="other_name", email="birch@mail.example")
    for name in ("one_name", "Other_Name"):
        answer = ask_to_join(client, username=name, email="third@mail.example")
        assert "Somebody has this name already" in answer.text


def test_a_name_is_free_again_when_the_request_has_run_out(client: cast.Browser) -> None:
    ask_to_join(client)
    with time_machine.travel(clock.now() + timedelta(days=3, minutes=1)):
        assert ask_to_join(client, email="other@mail.example").status_code == 303
    assert db.session.scalars(select(JoinRequest)).one().email == "other@mail.example"


def test_the_same_person_may_ask_again_at_once(client: cast.Browser, letters: Letters) -> None:
    ask_to_join(client)
    first = cast.link_in(letters()[0])
    assert ask_to_join(client).status_code == 303
    assert count(JoinRequest) == 1
    second = cast.link_in(letters()[1])
    assert cast.form_post(client, first).status_code == 404
    assert cast.form_post(client, second).status_code == 303


def test_a_mistyped_address_is_mended_from_the_next_page(
    client: cast.Browser, letters: Letters
) -> None:
    answer = ask_to_join(client, email="rivr@mail.example")
    page = client.get(answer.location).text
    key = answer.location.rpartition("/")[2]
    assert f"/join?again={key}" in page
    form = client.get(f"/join?again={key}").text
    assert 'value="quiet_river"' in form
    assert f'value="{key}"' in form
    assert ask_to_join(client, again=key).status_code == 303
    assert db.session.scalars(select(JoinRequest)).one().email == "river@mail.example"


def test_somebody_elses_request_is_not_replaced_without_its_key(client: cast.Browser) -> None:
    ask_to_join(client)
    answer = ask_to_join(client, email="thief@mail.example", again="x" * 43)
    assert answer.status_code == 422
    assert db.session.scalars(select(JoinRequest)).one().email == "river@mail.example"


@pytest.mark.parametrize("name", ["ab", "x" * 31, "two words", "dash-ed", "naïve", "a\x00bc", ""])
def test_a_name_of_another_shape_comes_back(client: cast.Browser, name: str) -> None:
    answer = ask_to_join(client, username=name)
    # A NUL never reaches the forum: what is left of the name may be fine.
    assert answer.status_code == (303 if "\x00" in name else 422)


@pytest.mark.parametrize("name", ["moderator", "Adm1n", "NextChapter", "Member_A", "mod_kim"])
def test_a_name_that_seems_to_speak_for_the_forum_comes_back(
    client: cast.Browser, name: str
) -> None:
    answer = ask_to_join(client, username=name)
    assert answer.status_code == 422
    assert "taken for the forum&#39;s own" in answer.text


@pytest.mark.parametrize("name", ["MaryJones", "peter_walker", "sunny1954"])
def test_a_name_that_looks_real_comes_back_once(client: cast.Browser, name: str) -> None:
    answer = ask_to_join(client, username=name)
    assert answer.status_code == 422
    assert "looks like a real name" in answer.text
    assert f'name="username_kept" value="{name}"' in answer.text
    assert ask_to_join(client, username=name, username_kept=name).status_code == 303


def test_another_name_that_looks_real_is_asked_about_again(client: cast.Browser) -> None:
    answer = ask_to_join(client, username="MaryJones", username_kept="peter_walker")
    assert answer.status_code == 422


# ---------------------------------------------------------------- what comes back


def test_all_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost(client: cast.Browser) -> None:
    answer = ask_to_join(
        client, username="a b", email="nowhere", password="short", adult=None, consent=None
    )
    assert answer.status_code == 422
    for part in ("username", "email", "password", "adult", "consent"):
        assert f'id="{part}-error"' in answer.text
        assert f'href="#{part}"' in answer.text
    assert 'value="a b"' in answer.text
    assert 'value="nowhere"' in answer.text
    assert "checked" in answer.text
    assert "short" not in answer.text


@pytest.mark.parametrize("password", ["aaaaaaaa", "password1", "qwertyuiop", "quiet_river1"])
def test_a_password_that_is_easy_to_guess_comes_back(client: cast.Browser, password: str) -> None:
    answer = ask_to_join(client, password=password)
    assert answer.status_code == 422
    assert "easy to guess" in answer.text


@pytest.mark.parametrize(
    "password",
    ["correct horse battery", "пароль из трёх слов", LONG_PASSWORD, "  two spaces  at ends "],
)
def test_any_characters_make_a_password(
    client: cast.Browser, letters: Letters, password: str
) -> None:
    joined(client, letters, password=password)
    assert sign_in(client, "quiet_river", password).status_code == 303


def test_relation_may_be_left_open_and_nothing_else_may_be_made_up(client: cast.Browser) -> None:
    assert ask_to_join(client, relation=None).status_code == 303
    assert ask_to_join(client, relation=["physician"]).status_code == 422


def test_a_member_has_no_use_for_joining(
    patient: Member, sign_in: Callable[[Member], cast.Browser]
) -> None:
    browser = sign_in(patient)
    assert browser.get("/join").location == "/"
    assert ask_to_join(browser).status_code == 403


def test_a_browsers_time_zone_is_kept_and_an_unknown_one_is_not(
    client: cast.Browser, letters: Letters
) -> None:
    joined(client, letters, time_zone="Europe/Oslo")
    joined(client, letters, username="other", email="o@mail.example", time_zone="Moon/Crater")
    zones = db.session.scalars(select(Member.time_zone).order_by(Member.id)).all()
    assert zones == ["Europe/Oslo", "UTC"]


def test_joining_is_limited(client: cast.Browser, rate_limits: None) -> None:
    for number in range(10):
        assert ask_to_join(client, username="a b").status_code == 422, number
    answer = ask_to_join(client)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert 'value="quiet_river"' in answer.text
    assert PASSWORD not in answer.text


# ---------------------------------------------------------------- a computer that sends no letters


def _letter_page(client: cast.Browser, letters: Letters) -> str:
    answer = ask_to_join(client)
    address = answer.location.replace("/join/sent/", "/join/letter/")
    assert address in client.get(answer.location).text
    assert "The e-mail is being written" in client.get(address).text
    letters()
    return str(address)


def test_on_this_computer_the_letter_is_shown_once_it_is_written(
    client: cast.Browser, letters: Letters
) -> None:
    page = client.get(_letter_page(client, letters))
    link = cast.link_in(letters()[0])
    assert f'href="{link}"' in page.text
    assert page.headers["Cache-Control"] == "private, no-store"


def test_the_letter_shown_is_ones_own(client: cast.Browser, letters: Letters) -> None:
    address = _letter_page(client, letters)
    ask_to_join(client, username="other", email="other@mail.example")
    letters()
    assert cast.link_in(letters("other@mail.example")[0]) not in client.get(address).text
    assert client.get("/join/letter/" + "x" * 43).status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-Ip"])
def test_no_letter_is_shown_through_a_proxy(
    client: cast.Browser, letters: Letters, header: str
) -> None:
    address = _letter_page(client, letters)
    assert client.get(address, headers={header: "127.0.0.1"}).status_code == 404


def test_no_letter_is_shown_to_another_computer(client: cast.Browser, letters: Letters) -> None:
    address = _letter_page(client, letters)
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.get(address, environ_overrides=elsewhere).status_code == 404
    sent = client.get(address.replace("letter", "sent"), environ_overrides=elsewhere)
    assert "/join/letter/" not in sent.text


def test_no_letter_is_shown_where_letters_are_sent(
    client: cast.Browser, letters: Letters, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = _letter_page(client, letters)
    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://mail.example:25")
    assert client.get(address).status_code == 404


def test_no_token_and_no_address_lies_in_the_outbox(client: cast.Browser) -> None:
    ask_to_join(client)
    row = db.session.scalars(select(OutboxRow)).one()
    assert row.payload == {
        "letter": "accounts.join",
        "ids": {"request_id": db.session.scalar(select(JoinRequest.id))},
    }
    assert count(AuditEntry) == 0
