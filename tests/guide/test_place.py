"""Continue where you stopped: told by the page after it was seen, never by reading alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from forum.accounts.models import Member
from forum.core.viewer import ANONYMOUS
from forum.extensions import db
from forum.guide.actions import keep_place
from forum.guide.models import GuidePlace
from forum.guide.queries import place_of
from tests import cast
from tests.threads.page import Page

SignIn = Callable[[Member], cast.Browser]

pytestmark = pytest.mark.usefixtures("guide")


def _places() -> list[int]:
    db.session.expire_all()
    return list(db.session.scalars(select(GuidePlace.member_id)))


def test_reading_a_part_writes_nothing(sign_in: SignIn, patient: Member) -> None:
    sign_in(patient).get("/guide/fade")
    assert _places() == []


def test_a_member_continues_where_they_stopped(sign_in: SignIn, patient: Member) -> None:
    browser = sign_in(patient)
    assert cast.form_post(browser, "/guide/start/place").status_code == 204
    assert cast.form_post(browser, "/guide/fade/place").status_code == 204
    assert _places() == [patient.id]
    main = Page(browser.get("/guide")).main
    assert "Continue where you stopped Part 2: Why it can fade" in main


def test_who_has_not_begun_is_offered_nothing_to_continue(
    client: cast.Browser, sign_in: SignIn, patient: Member
) -> None:
    assert "Continue where you stopped" not in client.get("/guide").text
    assert "Continue where you stopped" not in sign_in(patient).get("/guide").text
    assert place_of(ANONYMOUS) is None


def test_the_page_tells_its_script_where_to_send_the_place(
    client: cast.Browser, sign_in: SignIn, patient: Member
) -> None:
    assert 'data-read-url="/guide/fade/place"' in sign_in(patient).get("/guide/fade").text
    assert "data-read-url" not in client.get("/guide/fade").text


def test_a_place_in_a_part_that_is_not_there_is_unknown(sign_in: SignIn, patient: Member) -> None:
    assert cast.form_post(sign_in(patient), "/guide/nothing/place").status_code == 404


def test_visitors_have_no_place(client: cast.Browser) -> None:
    assert cast.form_post(client, "/guide/fade/place").status_code == 401


def test_a_suspended_member_reads_on_without_a_place(sign_in: SignIn, suspended: Member) -> None:
    browser = sign_in(suspended)
    assert browser.get("/guide/fade").status_code == 200
    assert cast.form_post(browser, "/guide/fade/place").status_code == 403
    assert _places() == []


def test_a_place_costs_a_member_one_query_more_than_the_guide_itself(
    sign_in: SignIn, patient: Member, count_queries: Callable[..., Any]
) -> None:
    keep_place(cast.viewer_of(patient), "fade")
    browser = sign_in(patient)
    browser.get("/guide")
    with count_queries() as frame:
        browser.get("/nothing-is-here")
    with count_queries() as statements:
        browser.get("/guide")
    assert len(statements) == len(frame) + 2
