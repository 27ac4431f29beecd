"""A forgotten password."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import MailedToken, Member, SignIn
from forum.audit.models import AuditEntry
from forum.core import clock
from forum.extensions import db
from forum.jobs.models import OutboxRow
from tests import cast
from tests.accounts.stage import NEW_PASSWORD, PASSWORD, count, sign_in, without

Letters = cast.MailFolder


def _ask(client: cast.Browser, email: str = "maple@mail.example") -> Any:
    return cast.form_post(client, "/forgot-password", {"email": email})


def _link(client: cast.Browser, letters: Letters) -> str:
    _ask(client)
    return cast.link_in(letters("maple@mail.example")[-1])


def test_a_member_sets_a_new_password_by_letter(
    client: cast.Browser, patient: Member, letters: Letters
) -> None:
    answer = cast.form_post(
        client, "/forgot-password", {"email": "maple@mail.example"}, follow_redirects=True
    )
    assert "If an account has this address" in answer.text
    link = cast.link_in(letters()[0])
    assert "Maple" in client.get(link).text
    answer = cast.form_post(client, link, {"password": NEW_PASSWORD}, follow_redirects=True)
    assert "Your new password is in place" in answer.text
    assert sign_in(client, "Maple", PASSWORD).status_code == 422
    assert sign_in(client, "Maple", NEW_PASSWORD).status_code == 303
    subjects = [letter["Subject"] for letter in letters()]
    assert subjects == ["Set a new password", "Your password was changed"]


def test_a_reset_ends_every_session_and_every_other_link(
    client: cast.Browser,
    patient: Member,
    letters: Letters,
    sign_in: Callable[[Member], cast.Browser],
) -> None:
    elsewhere = sign_in(patient)
    first = _link(client, letters)
    with time_machine.travel(clock.now() + timedelta(minutes=10)):
        second = _link(client, letters)
        assert first != second
        cast.form_post(client, second, {"password": NEW_PASSWORD})
        assert count(SignIn) == 0
        assert elsewhere.get("/settings").status_code == 302
        assert client.get(first).status_code == 404


def test_a_reset_is_written_down_without_a_name(
    client: cast.Browser, patient: Member, letters: Letters
) -> None:
    cast.form_post(client, _link(client, letters), {"password": NEW_PASSWORD})
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.subject_id, entry.details) == ("password.reset", patient.id, {})


def _measured(
    app: Flask, email: str, hashes: list[str], count_queries: Callable[..., Any]
) -> dict[str, Any]:
    browser = app.test_client()
    before = count(OutboxRow)
    with count_queries() as statements:
        answer = _ask(browser, email)
        queries = len(statements)
    return {
        "status": answer.status_code,
        "location": answer.location,
        "page": without(browser.get(answer.location).text),
        "queries": queries,
        "hashes": list(hashes),
        "rows": count(OutboxRow) - before,
    }


def test_asking_is_the_same_for_a_known_and_an_unknown_address(
    app: Flask,
    patient: Member,
    hashes: list[str],
    count_queries: Callable[..., Any],
    letters: Letters,
) -> None:
    known = _measured(app, "maple@mail.example", hashes, count_queries)
    unknown = _measured(app, "birch@mail.example", hashes, count_queries)
    assert known == unknown
    assert known["rows"] == 1
    assert [letter["To"] for letter in letters()] == ["maple@mail.example"]


def test_asking_twice_at_once_sends_one_letter_and_is_the_same_for_an_unknown_address(
    client: cast.Browser, patient: Member, letters: Letters
) -> None:
    with time_machine.travel(clock.now(), tick=False):
        for email in ("maple@mail.example", "birch@mail.example"):
            before = count(OutboxRow)
            _ask(client, email)
            _ask(client, email)
            assert count(OutboxRow) == before + 1
    assert len(letters()) == 1


def test_a_link_works_once_and_for_an_hour(
    client: cast.Browser, patient: Member, letters: Letters
) -> None:
    link = _link(client, letters)
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        assert client.get(link).status_code == 404
        assert cast.form_post(client, link, {"password": NEW_PASSWORD}).status_code == 404
    assert cast.form_post(client, link, {"password": NEW_PASSWORD}).status_code == 303
    assert cast.form_post(client, link, {"password": NEW_PASSWORD}).status_code == 404


def test_looking_at_the_link_uses_nothing_up(
    client: cast.Browser, patient: Member, letters: Letters
) -> None:
    link = _link(client, letters)
    for _ in range(2):
        page = client.get(link)
        assert page.status_code == 200
        assert page.headers["Cache-Control"] == "private, no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
    assert count(MailedToken) == 1


@pytest.mark.parametrize("password", ["short", "password1", "maplemaple"])
def test_a_weak_password_comes_back(
    client: cast.Browser, patient: Member, letters: Letters, password: str
) -> None:
    link = _link(client, letters)
    answer = cast.form_post(client, link, {"password": password})
    assert answer.status_code == 422
    assert 'id="password-error"' in answer.text
    assert cast.form_post(client, link, {"password": NEW_PASSWORD}).status_code == 303


def test_a_made_up_link_leads_nowhere(client: cast.Browser) -> None:
    assert client.get("/reset-password/" + "x" * 43).status_code == 404
    answer = cast.form_post(client, "/reset-password/%00", {"password": NEW_PASSWORD})
    assert answer.status_code == 404


def test_something_that_is_no_address_comes_back(client: cast.Browser) -> None:
    answer = _ask(client, "nowhere")
    assert answer.status_code == 422
    assert 'value="nowhere"' in answer.text


def test_asking_is_limited(client: cast.Browser, rate_limits: None) -> None:
    for number in range(5):
        assert _ask(client, f"a{number}@mail.example").status_code == 303
    answer = _ask(client)
    assert answer.status_code == 429
    assert 'value="maple@mail.example"' in answer.text


def test_an_erased_member_gets_no_letter(
    client: cast.Browser, patient: Member, letters: Letters
) -> None:
    patient.email = patient.email_key = None
    _ask(client)
    assert letters() == []
