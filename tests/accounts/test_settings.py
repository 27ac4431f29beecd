"""How pages are drawn for a reader, and where a member is signed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from forum.accounts.devices import device_in_words
from forum.accounts.models import Member, NoteChoice, SignIn
from forum.core import clock
from forum.extensions import db
from tests import cast
from tests.accounts import stage
from tests.accounts.stage import count

SignedIn = Callable[[Member], cast.Browser]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0"
)


# ---------------------------------------------------------------- display


def test_a_visitor_chooses_size_and_colors_and_gets_one_small_cookie(client: cast.Browser) -> None:
    sent = {"theme": "dark", "text_size": "130"}
    answer = cast.form_post(client, "/settings/display", sent)
    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("reading=dark-130;")
    assert "HttpOnly" in cookie
    page = client.get("/sign-in").text
    assert 'data-theme="dark" data-text-size="130"' in page
    page = client.get(answer.location).text
    assert "Kept on this device." in page


def test_what_a_visitor_chose_stays_when_they_sign_in(
    client: cast.Browser, patient: Member
) -> None:
    cast.form_post(client, "/settings/display", {"theme": "dark", "text_size": "130"})
    cast.form_post(client, "/sign-in", {"login": "Maple", "password": cast.PASSWORD})
    assert 'data-theme="dark" data-text-size="130"' in client.get("/settings").text


def test_a_choice_on_the_account_is_not_undone_by_that_of_a_visitor(
    client: cast.Browser, patient: Member
) -> None:
    patient.text_size = 150
    cast.form_post(client, "/settings/display", {"theme": "dark", "text_size": "130"})
    cast.form_post(client, "/sign-in", {"login": "Maple", "password": cast.PASSWORD})
    assert 'data-theme="system" data-text-size="150"' in client.get("/settings").text


def test_a_visitor_is_not_asked_about_time_zone_and_notes(client: cast.Browser) -> None:
    page = client.get("/settings/display").text
    assert "time_zone" not in page
    assert "note_death" not in page


def test_a_members_choice_is_kept_on_the_account(patient: Member, sign_in: SignedIn) -> None:
    sent = {"theme": "light", "text_size": "150", "time_zone": "Europe/Oslo"}
    answer = cast.form_post(sign_in(patient), "/settings/display", sent)
    assert answer.status_code == 303
    assert "reading=" not in str(answer.headers)
    page = sign_in(patient).get("/settings/display").text
    assert 'data-theme="light" data-text-size="150"' in page
    assert '<option selected value="Europe/Oslo">' in page


def test_a_member_says_what_to_do_with_each_content_note(
    patient: Member, sign_in: SignedIn
) -> None:
    browser = sign_in(patient)
    sent = {"note_death": "hide", "note_survival": "show", "note_faith": "fold"}
    assert cast.form_post(browser, "/settings/display", sent).status_code == 303
    rows = {row.note: row.choice for row in db.session.scalars(select(NoteChoice))}
    assert rows == {"death": "hide", "survival": "show"}
    viewer = cast.viewer_of(patient)
    assert viewer.note_choices == rows
    cast.form_post(browser, "/settings/display", {"note_death": "fold"})
    db.session.expire_all()
    rows = {row.note: row.choice for row in db.session.scalars(select(NoteChoice))}
    assert rows == {"survival": "show"}


@pytest.mark.parametrize(
    "sent",
    [
        {"theme": "neon"},
        {"text_size": "9000"},
        {"time_zone": "Moon/Crater"},
        {"note_death": "burn"},
    ],
)
def test_a_choice_that_is_not_offered_comes_back(
    patient: Member, sign_in: SignedIn, sent: dict[str, str]
) -> None:
    assert cast.form_post(sign_in(patient), "/settings/display", sent).status_code == 422


def test_a_suspended_member_keeps_their_settings(suspended: Member, sign_in: SignedIn) -> None:
    browser = sign_in(suspended)
    page = browser.get("/settings").text
    assert "/settings/account" in page
    assert "/settings/profile" not in page
    assert cast.form_post(browser, "/settings/display", {"theme": "dark"}).status_code == 303
    assert browser.get("/settings/profile").status_code == 403


def test_the_settings_lead_everywhere(patient: Member, sign_in: SignedIn) -> None:
    browser = sign_in(patient)
    page = browser.get("/settings").text
    for name in ("display", "profile", "account", "sessions", "blocks"):
        assert f'href="/settings/{name}"' in page
        assert browser.get(f"/settings/{name}").status_code == 200


# ---------------------------------------------------------------- devices


def _sign_in_with(client: cast.Browser, user_agent: str) -> Any:
    sent = {"login": "Maple", "password": cast.PASSWORD}
    return cast.form_post(client, "/sign-in", sent, headers={"User-Agent": user_agent})


def test_every_device_is_listed_in_words(
    client: cast.Browser, patient: Member, sign_in: SignedIn
) -> None:
    _sign_in_with(client, IPHONE)
    page = sign_in(patient).get("/settings/sessions").text
    assert "Safari on an iPhone" in page
    assert page.index("This device") < page.index("Safari on an iPhone")


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (IPHONE, "Safari on an iPhone"),
        (EDGE, "Edge on Windows"),
        ("curl/8", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_device_has_a_name_its_owner_knows(user_agent: str, words: str) -> None:
    assert device_in_words(user_agent) == words


def test_another_device_is_signed_out(patient: Member, sign_in: SignedIn) -> None:
    here, there = sign_in(patient), sign_in(patient)
    first, second = db.session.scalars(select(SignIn.id).order_by(SignIn.id)).all()
    assert cast.form_post(here, f"/settings/sessions/{second}/end").status_code == 303
    assert there.get("/settings").status_code == 302
    assert here.get("/settings").status_code == 200
    assert cast.form_post(here, f"/settings/sessions/{first}/end").location == "/sign-in"
    assert here.get("/settings").status_code == 302


def test_all_others_are_signed_out_at_once(
    patient: Member, caregiver: Member, sign_in: SignedIn
) -> None:
    here, there, harbor = sign_in(patient), sign_in(patient), sign_in(caregiver)
    cast.form_post(here, "/settings/sessions/end-others")
    assert [page.get("/settings").status_code for page in (here, there, harbor)] == [200, 302, 200]


def test_nobody_ends_the_session_of_another(
    patient: Member, caregiver: Member, sign_in: SignedIn
) -> None:
    sign_in(caregiver)
    theirs = db.session.scalars(select(SignIn.id)).one()
    browser = sign_in(patient)
    assert cast.form_post(browser, f"/settings/sessions/{theirs}/end").status_code == 404
    assert cast.form_post(browser, "/settings/sessions/999999/end").status_code == 404
    assert count(SignIn) == 2


def test_the_day_of_the_last_visit_is_kept_by_doing_and_not_by_reading(
    patient: Member, sign_in: SignedIn
) -> None:
    browser = sign_in(patient)
    row = db.session.scalars(select(SignIn)).one()
    began = row.last_seen_at
    with time_machine.travel(clock.now() + timedelta(days=2)):
        browser.get("/settings")
        db.session.refresh(row)
        assert row.last_seen_at == began
        cast.form_post(browser, "/settings/display", {"theme": "dark"})
        db.session.refresh(row)
        assert row.last_seen_at - began > timedelta(days=1)


def test_a_visit_is_noted_once_a_day(
    patient: Member, sign_in: SignedIn, count_queries: Callable[..., Any]
) -> None:
    browser = sign_in(patient)
    with time_machine.travel(clock.now() + timedelta(days=2)):
        for expected in (True, False):
            with count_queries() as statements:
                cast.form_post(browser, "/settings/sessions/end-others")
            assert any("UPDATE sign_ins" in words for words in statements) is expected


def test_a_suspension_ends_sessions_and_signing_in_again_is_possible(
    client: cast.Browser, suspended: Member
) -> None:
    assert stage.sign_in(client, "Thicket").status_code == 303
