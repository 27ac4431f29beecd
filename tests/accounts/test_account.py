"""Name, e-mail address and password of an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import FormerUsername, MailedToken, Member, SignIn
from forum.audit.models import AuditEntry
from forum.core import clock
from forum.extensions import db
from forum.jobs.models import OutboxRow
from tests import cast
from tests.accounts import stage
from tests.accounts.stage import NEW_PASSWORD, count, without

SignedIn = Callable[[Member], cast.Browser]
Letters = cast.MailFolder


def _rename(browser: cast.Browser, username: str, **more: Any) -> Any:
    sent = {"username": username, "current_password": cast.PASSWORD, **more}
    return cast.form_post(browser, "/settings/account/username", sent)


def _new_address(browser: cast.Browser, email: str, password: str = cast.PASSWORD) -> Any:
    sent = {"email": email, "current_password": password}
    return cast.form_post(browser, "/settings/account/email", sent)


def _new_password(browser: cast.Browser, new: str, old: str = cast.PASSWORD) -> Any:
    sent = {"new_password": new, "current_password": old}
    return cast.form_post(browser, "/settings/account/password", sent)


# ---------------------------------------------------------------- password


def test_a_member_changes_the_password_and_hears_of_it(
    patient: Member, sign_in: SignedIn, client: cast.Browser, letters: Letters
) -> None:
    assert _new_password(sign_in(patient), NEW_PASSWORD).status_code == 303
    assert stage.sign_in(client, "Maple", NEW_PASSWORD).status_code == 303
    assert letters()[0]["Subject"] == "Your password was changed"
    assert "/forgot-password" in cast.text_of(letters()[0])


def test_a_new_password_ends_all_other_sessions(patient: Member, sign_in: SignedIn) -> None:
    here, there = sign_in(patient), sign_in(patient)
    _new_password(here, NEW_PASSWORD)
    assert here.get("/settings").status_code == 200
    assert there.get("/settings").status_code == 302
    assert count(SignIn) == 1


def test_a_new_password_ends_the_links_that_were_mailed(
    patient: Member, sign_in: SignedIn, letters: Letters
) -> None:
    browser = sign_in(patient)
    _new_address(browser, "new@mail.example")
    letters()
    _new_password(browser, NEW_PASSWORD)
    assert count(MailedToken) == 0


@pytest.mark.parametrize(
    ("new", "old", "field"),
    [
        (NEW_PASSWORD, "not mine", "current_password"),
        (NEW_PASSWORD, "", "current_password"),
        ("maple1234", cast.PASSWORD, "new_password"),
        ("short", cast.PASSWORD, "new_password"),
    ],
)
def test_a_password_that_cannot_be_taken_is_answered_beside_its_field(
    patient: Member, sign_in: SignedIn, new: str, old: str, field: str
) -> None:
    answer = _new_password(sign_in(patient), new, old)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    db.session.refresh(patient)
    assert patient.password_hash == cast.PASSWORD_HASH


def test_the_change_is_written_down(patient: Member, sign_in: SignedIn) -> None:
    _new_password(sign_in(patient), NEW_PASSWORD)
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.actor_id, entry.subject_id) == (
        "password.changed",
        patient.id,
        patient.id,
    )


# ---------------------------------------------------------------- address


def test_a_new_address_holds_once_it_is_confirmed(
    patient: Member, sign_in: SignedIn, client: cast.Browser, letters: Letters
) -> None:
    browser = sign_in(patient)
    assert _new_address(browser, "New@mail.example").status_code == 303
    db.session.refresh(patient)
    assert patient.email == "maple@mail.example"
    link = cast.link_in(letters("New@mail.example")[0])
    assert "New@mail.example" in client.get(link).text
    assert cast.form_post(client, link).status_code == 303
    db.session.refresh(patient)
    assert (patient.email, patient.email_key) == ("New@mail.example", "new@mail.example")
    assert client.get(link).status_code == 404
    assert stage.sign_in(client, "new@mail.example").status_code == 303


def test_the_old_address_hears_of_it_while_it_can_be_stopped(
    patient: Member, sign_in: SignedIn, client: cast.Browser, letters: Letters
) -> None:
    _new_address(sign_in(patient), "new@mail.example")
    notice = letters("maple@mail.example")[0]
    assert notice["Subject"] == "A new address for your account"
    assert "new@mail.example" not in cast.text_of(notice)
    link = cast.link_in(letters("new@mail.example")[0])
    cast.form_post(client, "/forgot-password", {"email": "maple@mail.example"})
    reset = cast.link_in(letters("maple@mail.example")[-1])
    cast.form_post(client, reset, {"password": NEW_PASSWORD})
    assert cast.form_post(client, link).status_code == 404


def _measured(
    app: Flask,
    browser: cast.Browser,
    email: str,
    hashes: list[str],
    count_queries: Callable[..., Any],
) -> dict[str, Any]:
    hashes.clear()
    before = count(OutboxRow)
    with count_queries() as statements:
        answer = _new_address(browser, email)
        queries = len(statements)
    return {
        "status": answer.status_code,
        "page": without(browser.get(answer.location).text, email),
        "queries": queries,
        "hashes": list(hashes),
        "rows": (count(OutboxRow) - before, count(MailedToken)),
    }


def test_the_answer_is_the_same_for_an_address_that_has_an_account(
    app: Flask,
    patient: Member,
    caregiver: Member,
    sign_in: SignedIn,
    hashes: list[str],
    count_queries: Callable[..., Any],
    letters: Letters,
) -> None:
    browser = sign_in(patient)
    known = _measured(app, browser, "harbor@mail.example", hashes, count_queries)
    letters.clear()
    unknown = _measured(app, browser, "birch@mail.example", hashes, count_queries)
    assert known == unknown
    assert known["rows"] == (2, 1)


def test_an_address_with_an_account_is_told_and_stays_where_it_is(
    patient: Member, caregiver: Member, sign_in: SignedIn, letters: Letters
) -> None:
    _new_address(sign_in(patient), "harbor@mail.example")
    text = " ".join(cast.text_of(letters("harbor@mail.example")[0]).split())
    assert "belongs to an account already" in text
    assert "/confirm-address/" not in text


def test_an_address_that_got_an_account_meanwhile_is_not_taken_from_it(
    patient: Member,
    sign_in: SignedIn,
    letters: Letters,
    client: cast.Browser,
    make_member: Callable[..., Member],
) -> None:
    _new_address(sign_in(patient), "birch@mail.example")
    link = cast.link_in(letters("birch@mail.example")[0])
    make_member("Birch")
    assert cast.form_post(client, link).status_code == 404


def test_the_link_works_for_a_day(
    patient: Member, sign_in: SignedIn, letters: Letters, client: cast.Browser
) -> None:
    _new_address(sign_in(patient), "new@mail.example")
    link = cast.link_in(letters("new@mail.example")[0])
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        assert cast.form_post(client, link).status_code == 404


def test_asking_for_another_address_ends_the_link_before(
    patient: Member, sign_in: SignedIn, letters: Letters, client: cast.Browser
) -> None:
    browser = sign_in(patient)
    _new_address(browser, "one@mail.example")
    first = cast.link_in(letters("one@mail.example")[0])
    _new_address(browser, "two@mail.example")
    letters()
    assert client.get(first).status_code == 404


def test_a_wrong_password_changes_no_address(
    patient: Member, sign_in: SignedIn, letters: Letters
) -> None:
    answer = _new_address(sign_in(patient), "new@mail.example", "not mine")
    assert answer.status_code == 422
    assert 'value="new@mail.example"' in answer.text
    assert 'id="email-current-password-error"' in answer.text
    assert letters() == []


# ---------------------------------------------------------------- name


def test_a_new_name_keeps_the_old_one_leading_there(
    patient: Member, caregiver: Member, sign_in: SignedIn
) -> None:
    assert _rename(sign_in(patient), "Larch").status_code == 303
    answer = sign_in(caregiver).get("/members/Maple")
    assert (answer.status_code, answer.location) == (302, "/members/Larch")
    assert _rename(sign_in(caregiver), "maple").status_code == 422
    assert (
        stage.ask_to_join(sign_in(patient).application.test_client(), username="MAPLE").status_code
        == 422
    )


def test_one_may_return_to_ones_own_old_name(patient: Member, sign_in: SignedIn) -> None:
    _rename(sign_in(patient), "Larch")
    assert _rename(sign_in(patient), "Maple").status_code == 303
    keys = db.session.scalars(select(FormerUsername.username_key)).all()
    assert keys == ["larch"]


def test_another_spelling_of_ones_name_gives_nothing_up(patient: Member, sign_in: SignedIn) -> None:
    assert _rename(sign_in(patient), "MAPLE").status_code == 303
    db.session.refresh(patient)
    assert patient.username == "MAPLE"
    assert count(FormerUsername) == 0


def test_a_name_is_not_changed_again_and_again(patient: Member, sign_in: SignedIn) -> None:
    browser = sign_in(patient)
    for name in ("Larch", "Rowan_tree", "Aspen_leaf"):
        assert _rename(browser, name).status_code == 303
    answer = _rename(browser, "Cedar_cone")
    assert answer.status_code == 403
    assert "Please keep this one for a while" in answer.text
    assert "Please keep this one for a while" in browser.get("/settings/account").text
    with time_machine.travel(clock.now() + timedelta(days=366)):
        assert _rename(sign_in(patient), "Cedar_cone").status_code == 303


@pytest.mark.parametrize("name", ["Harbor", "moderator", "a b", "MaryJones"])
def test_the_rules_for_names_hold_for_new_ones(
    patient: Member, caregiver: Member, sign_in: SignedIn, name: str
) -> None:
    answer = _rename(sign_in(patient), name)
    assert answer.status_code == 422
    assert f'value="{name}"' in answer.text


def test_a_name_that_looks_real_may_be_kept(patient: Member, sign_in: SignedIn) -> None:
    browser = sign_in(patient)
    assert _rename(browser, "MaryJones", username_kept="MaryJones").status_code == 303


def test_a_wrong_password_changes_no_name(patient: Member, sign_in: SignedIn) -> None:
    answer = _rename(sign_in(patient), "Larch", current_password="not mine")
    assert answer.status_code == 422
    db.session.refresh(patient)
    assert patient.username == "Maple"


def test_a_suspended_member_keeps_password_and_address_and_not_the_choice_of_name(
    suspended: Member, sign_in: SignedIn
) -> None:
    browser = sign_in(suspended)
    assert browser.get("/settings/account").status_code == 200
    assert _rename(browser, "Larch").status_code == 403
    assert _new_address(browser, "new@mail.example").status_code == 303
    assert _new_password(browser, NEW_PASSWORD).status_code == 303


def test_guessing_the_password_inside_is_limited(
    patient: Member, sign_in: SignedIn, rate_limits: None
) -> None:
    browser = sign_in(patient)
    for _ in range(20):
        assert _new_password(browser, NEW_PASSWORD, "not mine").status_code == 422
    assert _new_password(browser, NEW_PASSWORD).status_code == 429
