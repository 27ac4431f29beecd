"""Signing in and out, and what guessing costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from forum.accounts import passwords
from forum.accounts.models import FailedSignIn, Member, SignIn
from forum.accounts.tokens import token_hash
from forum.core import clock
from forum.extensions import db
from tests import cast
from tests.accounts.stage import count, sign_in, without

FAILED = "The name or the password is not right."
HOME, AWAY, ATTACKER = "203.0.113.20", "192.0.2.77", "198.51.100.5"

SignedIn = Callable[[Member], cast.Browser]


def _cookie(client: cast.Browser) -> str:
    cookie = client.get_cookie("session", domain=cast.HOST)
    return cookie.value if cookie else ""


@pytest.mark.parametrize(
    "login", ["Maple", "maple", " MAPLE ", "maple@mail.example", "Maple@MAIL.example"]
)
def test_a_member_signs_in_by_name_or_address(
    client: cast.Browser, patient: Member, login: str
) -> None:
    answer = sign_in(client, login)
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Maple" in client.get("/sign-out").text


@pytest.mark.parametrize("change", [{"password_hash": "another"}, {"erased_at": clock.now()}])
def test_a_password_that_is_changed_while_it_is_checked_opens_nothing(
    app: Flask,
    client: cast.Browser,
    patient: Member,
    monkeypatch: pytest.MonkeyPatch,
    change: dict[str, Any],
) -> None:
    checked, member_id = passwords.matches, patient.id

    def matches_while_it_changes(password_hash: str | None, password: str) -> bool:
        cast.elsewhere(app, lambda: _change(member_id, change))
        return checked(password_hash, password)

    monkeypatch.setattr(passwords, "matches", matches_while_it_changes)
    answer = sign_in(client, "Maple")
    assert answer.status_code == 422
    assert FAILED in answer.text
    assert count(SignIn) == 0


def _change(member_id: int, columns: dict[str, Any]) -> None:
    db.session.execute(update(Member).where(Member.id == member_id).values(columns))
    db.session.commit()


def test_only_a_hash_of_the_token_is_kept(client: cast.Browser, patient: Member) -> None:
    sign_in(client, "Maple")
    row = db.session.scalars(select(SignIn)).one()
    assert row.token_hash == token_hash(_cookie(client)) != _cookie(client)
    assert row.member_id == patient.id


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    client: cast.Browser, patient: Member
) -> None:
    cookie = sign_in(client, "Maple").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_signing_in_gives_a_new_token_and_ends_the_session_before(
    client: cast.Browser, patient: Member, caregiver: Member
) -> None:
    sign_in(client, "Maple")
    first = _cookie(client)
    sign_in(client, "Harbor")
    assert _cookie(client) != first
    assert [row.member_id for row in db.session.scalars(select(SignIn))] == [caregiver.id]


def test_a_token_planted_before_the_sign_in_opens_nothing(
    client: cast.Browser, patient: Member
) -> None:
    client.set_cookie("session", "planted", domain=cast.HOST)
    sign_in(client, "Maple")
    assert _cookie(client) not in ("", "planted")


def _measured(
    app: Flask, login: str, password: str, hashes: list[str], count_queries: Callable[..., Any]
) -> dict[str, Any]:
    browser = app.test_client()
    # What pages remember for some seconds is asked for once, by whoever comes first.
    browser.get("/sign-in")
    hashes.clear()
    with count_queries() as statements:
        answer = sign_in(browser, login, password)
        queries = len(statements)
    return {
        "status": answer.status_code,
        "page": without(answer.text, login),
        "queries": queries,
        "hashes": list(hashes),
        "cookie": answer.headers.get("Set-Cookie"),
    }


@pytest.mark.parametrize("unknown", ["Nobody_here", "nobody@mail.example", "not a login at all"])
def test_a_wrong_password_and_an_unknown_login_are_answered_alike(
    app: Flask,
    patient: Member,
    hashes: list[str],
    count_queries: Callable[..., Any],
    unknown: str,
) -> None:
    known = _measured(app, "Maple", "a wrong one", hashes, count_queries)
    other = _measured(app, unknown, "a wrong one", hashes, count_queries)
    assert known == other
    assert known["status"] == 422
    assert known["hashes"] == ["verify"]
    assert FAILED in known["page"]


def test_an_account_that_was_left_cannot_be_entered(
    client: cast.Browser, make_member: Callable[..., Member]
) -> None:
    make_member("Gone", erased_at=clock.now())
    make_member("Forum_voice", is_system=True, password_hash=None)
    assert sign_in(client, "Gone").status_code == 422
    assert sign_in(client, "Forum_voice").status_code == 422


def test_the_login_comes_back_and_the_password_does_not(
    client: cast.Browser, patient: Member
) -> None:
    answer = sign_in(client, "Maple", "a wrong one")
    assert 'value="Maple"' in answer.text
    assert "a wrong one" not in answer.text


def test_an_empty_form_says_what_is_missing(client: cast.Browser) -> None:
    answer = sign_in(client, "", "")
    assert answer.status_code == 422
    assert 'href="#login"' in answer.text
    assert 'href="#password"' in answer.text
    assert count(FailedSignIn) == 0


def test_a_suspended_member_signs_in_and_reads_their_settings(
    client: cast.Browser, suspended: Member
) -> None:
    assert sign_in(client, "Thicket").status_code == 303
    assert client.get("/settings").status_code == 200
    assert client.get("/settings/sessions").status_code == 200
    answer = client.get("/members/Thicket")
    assert answer.status_code == 403
    assert "Your account is paused until" in answer.text


@pytest.mark.parametrize(
    "address", ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", ""]
)
def test_nobody_is_sent_to_another_site(
    client: cast.Browser, patient: Member, address: str
) -> None:
    assert sign_in(client, "Maple", next=address).location == "/"


def test_who_knocks_at_a_members_page_comes_there_after_signing_in(
    client: cast.Browser, patient: Member
) -> None:
    answer = client.get("/settings/account?a=1")
    assert answer.location == "/sign-in?next=/settings/account?a%3D1"
    assert 'value="/settings/account?a=1"' in client.get(answer.location).text
    assert sign_in(client, "Maple", next="/settings/account?a=1").location.endswith("?a=1")


def test_signing_in_when_signed_in_leads_on(patient: Member, sign_in: SignedIn) -> None:
    assert sign_in(patient).get("/sign-in?next=/settings").location == "/settings"


def test_a_visitor_gets_no_cookie_for_looking(client: cast.Browser) -> None:
    for path in ("/sign-in", "/join", "/sign-out", "/forgot-password", "/settings/display"):
        assert "Set-Cookie" not in client.get(path).headers


# ---------------------------------------------------------------- hashes


def test_a_weak_old_hash_is_renewed_at_the_next_sign_in(
    client: cast.Browser, patient: Member
) -> None:
    old = patient.password_hash
    assert old is not None
    assert passwords.needs_rehash(old)
    sign_in(client, "Maple")
    db.session.refresh(patient)
    assert patient.password_hash is not None
    assert patient.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    sign_in(client, "Maple")
    before = patient.password_hash
    db.session.refresh(patient)
    assert patient.password_hash == before


# ---------------------------------------------------------------- signing out


def test_signing_out_ends_the_session_for_good(client: cast.Browser, patient: Member) -> None:
    sign_in(client, "Maple")
    token = _cookie(client)
    assert client.get("/sign-out").status_code == 200
    assert count(SignIn) == 1
    answer = cast.form_post(client, "/sign-out")
    assert answer.status_code == 303
    assert _cookie(client) == ""
    assert count(SignIn) == 0
    client.set_cookie("session", token, domain=cast.HOST)
    assert client.get("/settings").status_code == 302


def test_signing_out_twice_is_no_error(client: cast.Browser) -> None:
    assert cast.form_post(client, "/sign-out").status_code == 303


def test_a_session_ends_after_ninety_days(patient: Member, sign_in: SignedIn) -> None:
    browser = sign_in(patient)
    with time_machine.travel(clock.now() + timedelta(days=89)):
        assert browser.get("/settings").status_code == 200
    with time_machine.travel(clock.now() + timedelta(days=91)):
        assert browser.get("/settings").status_code == 302


# ---------------------------------------------------------------- guessing


def _fail(client: cast.Browser, login: str, times: int, network: str = ATTACKER) -> Any:
    answer = None
    for _ in range(times):
        answer = sign_in(client, login, "a wrong one", network=network)
    return answer


def test_five_tries_are_free_and_then_one_has_to_wait(
    client: cast.Browser, patient: Member
) -> None:
    assert _fail(client, "Maple", 5).status_code == 422
    answer = sign_in(client, "Maple", network=ATTACKER)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) <= 30
    assert "Please wait 30 seconds" in answer.text
    assert 'value="Maple"' in answer.text


def test_after_the_wait_the_right_password_is_enough(client: cast.Browser, patient: Member) -> None:
    _fail(client, "Maple", 5)
    with time_machine.travel(clock.now() + timedelta(seconds=31)):
        assert sign_in(client, "Maple", network=ATTACKER).status_code == 303
        assert count(FailedSignIn) == 0


def test_the_wait_grows_up_to_a_quarter_of_an_hour(client: cast.Browser, patient: Member) -> None:
    _fail(client, "Maple", 5)
    waits = []
    with time_machine.travel(clock.now(), tick=False) as clockwork:
        for _ in range(7):
            wait = int(sign_in(client, "Maple", network=ATTACKER).headers["Retry-After"])
            waits.append(wait)
            clockwork.shift(wait)
            _fail(client, "Maple", 1)
    assert waits == [30, 60, 120, 240, 480, 900, 900]


def test_writing_the_login_in_another_way_does_not_help(
    client: cast.Browser, patient: Member
) -> None:
    for login in ("Maple", "maple", "MAPLE", " maple", "mApLe"):
        _fail(client, login, 1)
    assert sign_in(client, "maplE", network=ATTACKER).status_code == 429


def test_a_login_that_nobody_has_is_slowed_down_alike(
    client: cast.Browser, patient: Member
) -> None:
    known, unknown = _fail(client, "Maple", 6), _fail(client, "Nobody_here", 6)
    assert (known.status_code, unknown.status_code) == (429, 429)
    assert without(known.text, "Maple") == without(unknown.text, "Nobody_here")


def test_guessing_from_elsewhere_does_not_keep_the_owner_out(
    client: cast.Browser, patient: Member
) -> None:
    _fail(client, "Maple", 6)
    assert sign_in(client, "Maple", network=HOME).status_code == 303


def _fail_from_everywhere(app: Flask, login: str, times: int) -> None:
    for number in range(times):
        _fail(app.test_client(), login, 1, network=f"10.{number}.0.1")


def test_guessing_from_everywhere_stops_all_but_networks_the_owner_came_from(
    app: Flask, client: cast.Browser, patient: Member
) -> None:
    sign_in(client, "Maple", network=HOME)
    cast.form_post(client, "/sign-out")
    _fail_from_everywhere(app, "Maple", 50)
    assert sign_in(app.test_client(), "Maple", network=AWAY).status_code == 429
    assert sign_in(app.test_client(), "Maple", network=HOME).status_code == 303


def test_guessing_many_logins_slows_the_network(app: Flask, patient: Member) -> None:
    for number in range(30):
        _fail(app.test_client(), f"guess_{number}", 1)
    assert sign_in(app.test_client(), "Maple", network=ATTACKER).status_code == 429
    assert sign_in(app.test_client(), "Maple", network=AWAY).status_code == 303


def test_what_is_counted_names_neither_login_nor_network(
    client: cast.Browser, patient: Member
) -> None:
    _fail(client, "Maple", 1)
    row = db.session.scalars(select(FailedSignIn)).one()
    assert len(row.login_hash) == len(row.network_hash) == 64
    assert row.login_hash != token_hash("maple")


def test_the_log_says_that_a_sign_in_failed_and_not_whose(
    client: cast.Browser, patient: Member, log_lines: list[dict[str, Any]]
) -> None:
    _fail(client, "Maple", 1)
    lines = [line for line in log_lines if line["says"] == "sign-in failed"]
    assert [line["network"] for line in lines] == ["198.51.100.0/24"]
    assert "maple" not in str(log_lines).casefold()


def test_signing_in_is_limited_by_the_minute(client: cast.Browser, rate_limits: None) -> None:
    for _ in range(30):
        assert sign_in(client, "", "").status_code == 422
    answer = sign_in(client, "Maple")
    assert answer.status_code == 429
    assert "Retry-After" in answer.headers
