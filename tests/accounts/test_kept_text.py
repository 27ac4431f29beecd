"""A visit that ended while somebody was writing costs them no word."""

from __future__ import annotations

import re
from typing import Any

from forum.accounts.models import Member, SignIn
from forum.extensions import db
from tests import cast
from tests.accounts.stage import PASSWORD

TEXT = "I was awake at three again.\nThe scan is on Monday, and I cannot think of anything else."
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="(kept_[^"]+)" value="([^"]*)">')


def _writing(client: cast.Browser, member: Member) -> cast.Browser:
    cast.form_post(client, "/sign-in", {"login": member.username, "password": cast.PASSWORD})
    return client


def _sent_after_the_end(client: cast.Browser, member: Member) -> Any:
    """The session ends elsewhere; then the form is sent."""
    _writing(client, member)
    db.session.query(SignIn).delete()
    return cast.form_post(client, "/settings/profile", {"about": TEXT, "relation": "family"})


def _carried(page: str) -> dict[str, str]:
    fields = dict(HIDDEN.findall(page))
    assert 'name="kept_about"' in page
    return {**fields, "kept_about": TEXT}


def test_the_text_comes_back_with_a_sign_in_form(client: cast.Browser, patient: Member) -> None:
    answer = _sent_after_the_end(client, patient)
    assert answer.status_code == 401
    assert "I was awake at three again." in answer.text
    assert 'action="/sign-in"' in answer.text
    assert 'name="kept_action" value="/settings/profile"' in answer.text
    assert 'name="password"' in answer.text


def test_after_signing_in_one_press_sends_the_text(client: cast.Browser, patient: Member) -> None:
    kept = _carried(_sent_after_the_end(client, patient).text)
    sent = {"login": "Maple", "password": cast.PASSWORD, **kept}
    answer = cast.form_post(client, "/sign-in", sent)
    assert answer.status_code == 200
    assert "I was awake at three again." in answer.text
    assert 'action="/settings/profile"' in answer.text
    assert "Sign out" in answer.text
    token = TOKEN.findall(answer.text)[-1]
    again = {"csrf_token": token, "about": TEXT, "relation": "family"}
    assert client.post("/settings/profile", data=again).status_code == 303
    db.session.refresh(patient)
    assert patient.about == TEXT
    assert patient.relations == {"family"}


def test_a_wrong_password_does_not_lose_the_text(client: cast.Browser, patient: Member) -> None:
    kept = _carried(_sent_after_the_end(client, patient).text)
    answer = cast.form_post(client, "/sign-in", {"login": "Maple", "password": "no", **kept})
    assert answer.status_code == 422
    assert "I was awake at three again." in answer.text
    assert _carried(answer.text) == kept


def test_waiting_does_not_lose_the_text(client: cast.Browser, patient: Member) -> None:
    kept = _carried(_sent_after_the_end(client, patient).text)
    for _ in range(6):
        answer = cast.form_post(client, "/sign-in", {"login": "Maple", "password": "no", **kept})
    assert answer.status_code == 429
    assert _carried(answer.text) == kept


def test_a_limit_does_not_lose_the_text(
    client: cast.Browser, patient: Member, rate_limits: None
) -> None:
    kept = _carried(_sent_after_the_end(client, patient).text)
    for _ in range(30):
        answer = cast.form_post(client, "/sign-in", kept)
    assert answer.status_code == 429
    assert 'action="/sign-in"' in answer.text
    assert _carried(answer.text) == kept


def test_a_form_of_a_member_who_signed_out_in_another_tab_is_kept(
    client: cast.Browser, patient: Member
) -> None:
    _writing(client, patient)
    token = cast.csrf_token(client)
    cast.form_post(client, "/sign-out")
    answer = client.post("/settings/profile", data={"csrf_token": token, "about": TEXT})
    assert answer.status_code == 400
    assert "<h1>Please sign in first</h1>" in answer.text
    assert ">About you</label>" in answer.text
    assert 'name="kept_action" value="/settings/profile"' in answer.text
    assert "I was awake at three again." in answer.text


def test_a_visitors_own_form_is_simply_sent_again(client: cast.Browser) -> None:
    sent = {"csrf_token": "stale", "username": "quiet_river", "password": PASSWORD}
    answer = client.post("/join", data=sent)
    assert answer.status_code == 400
    assert 'action="/join"' in answer.text
    assert "Send again" in answer.text
    assert 'value="quiet_river"' in answer.text
    assert PASSWORD not in answer.text


def test_text_is_carried_to_this_site_only(client: cast.Browser, patient: Member) -> None:
    for action in ("//evil.example/x", "https://evil.example/", "javascript:alert(1)"):
        sent = {"login": "Maple", "password": cast.PASSWORD, "kept_action": action}
        answer = cast.form_post(client, "/sign-in", {**sent, "kept_body": TEXT})
        assert (answer.status_code, answer.location) == (303, "/")
        assert "evil" not in answer.text


def test_no_secret_is_carried(client: cast.Browser, patient: Member) -> None:
    sent = {
        "login": "Maple",
        "password": "no",
        "kept_action": "/settings/account/password",
        "kept_new_password": "hush hush",
        "kept_body": TEXT,
    }
    answer = cast.form_post(client, "/sign-in", sent)
    assert "hush hush" not in answer.text
