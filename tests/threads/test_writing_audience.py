"""Letting fewer people read a conversation."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.extensions import db
from forum.threads.models import Thread
from tests import cast
from tests.threads.page import Page


def narrow(client: cast.Browser, thread: Thread, audience: str) -> Any:
    return cast.form_post(client, f"/threads/{thread.id}/audience", {"audience": audience})


@pytest.mark.parametrize(
    ("who", "now", "offered"),
    [
        ("caregiver", "everyone", ["members", "caregivers"]),
        ("caregiver", "members", ["caregivers"]),
        ("patient", "everyone", ["members"]),
        ("moderator", "everyone", ["members", "caregivers"]),
    ],
)
def test_only_narrower_audiences_are_offered(
    app: Flask, sign_in: Any, request: Any, who: str, now: str, offered: list[str]
) -> None:
    member = request.getfixturevalue(who)
    thread = cast.make_thread("after-cart", member, audience=now)
    browser = sign_in(member)
    page = Page(browser.get(f"/threads/{thread.id}/audience"))
    radios = [each for each in page.root.iter("input") if each.get("name") == "audience"]
    assert [each.get("value") for each in radios] == offered
    for audience in {"everyone", "members", "caregivers", "nobody", ""} - set(offered):
        assert narrow(browser, thread, audience).status_code == 422
    db.session.refresh(thread)
    assert thread.audience == now
    answer = narrow(browser, thread, offered[0])
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/threads/{thread.id}-{thread.slug}"
    db.session.refresh(thread)
    assert (thread.audience, thread.version) == (offered[0], 2)


def test_those_who_are_left_out_no_longer_find_it(
    app: Flask, sign_in: Any, client: cast.Browser, caregiver: Member, patient: Member
) -> None:
    thread = cast.make_thread("after-cart", caregiver, audience="everyone")
    address = f"/threads/{thread.id}-{thread.slug}"
    browser, reader = sign_in(caregiver), sign_in(patient)
    narrow(browser, thread, "members")
    assert client.get(address).status_code == 404
    assert reader.get(address).status_code == 200
    narrow(browser, thread, "caregivers")
    assert reader.get(address).status_code == 404
    assert browser.get(address).status_code == 200


def test_a_moderator_narrows_the_thread_of_another(
    app: Flask, sign_in: Any, patient: Member, moderator: Member
) -> None:
    thread = cast.make_thread("after-cart", patient, audience="everyone")
    assert narrow(sign_in(moderator), thread, "members").status_code == 303


@pytest.mark.parametrize(
    ("who", "audience", "status"),
    [("family", "members", 403), ("suspended", "everyone", 403), ("family", "caregivers", 404)],
)
def test_others_may_not(
    app: Flask, sign_in: Any, request: Any, caregiver: Member, who: str, audience: str, status: int
) -> None:
    thread = cast.make_thread("after-cart", caregiver, audience=audience)
    browser = sign_in(request.getfixturevalue(who))
    assert browser.get(f"/threads/{thread.id}/audience").status_code == status
    assert narrow(browser, thread, "caregivers").status_code == status


def test_the_narrowest_cannot_be_narrowed(app: Flask, sign_in: Any, caregiver: Member) -> None:
    thread = cast.make_thread("caregivers", caregiver, audience="caregivers")
    answer = sign_in(caregiver).get(f"/threads/{thread.id}/audience")
    assert answer.status_code == 403
    assert "never to more" in answer.text


def test_the_thread_leads_its_author_there(
    app: Flask, sign_in: Any, caregiver: Member, patient: Member
) -> None:
    thread = cast.make_thread("after-cart", caregiver)
    address = f"/threads/{thread.id}-{thread.slug}"
    assert f"/threads/{thread.id}/audience" in sign_in(caregiver).get(address).text
    assert f"/threads/{thread.id}/audience" not in sign_in(patient).get(address).text
