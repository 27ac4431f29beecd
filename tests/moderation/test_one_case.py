"""One case a subject, however many reports, and however many at the same instant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from flask import Flask

from forum.accounts.models import Member
from forum.core import clock
from forum.extensions import db
from forum.moderation.models import Case
from forum.threads.models import Post, Thread
from tests import cast
from tests.moderation.conftest import SignIn
from tests.moderation.desk import (
    all_at_once,
    case_of,
    decided,
    entries,
    open_page,
    report,
    reports,
    rows,
    take_up,
)
from tests.threads.page import Page

AT_ONCE = 6


def test_the_reports_of_several_people_meet_in_one_case(
    reader: cast.Browser, sign_in: SignIn, family: Member, bereaved: Member, reply: Post
) -> None:
    report(reader, reply, "unkind")
    report(sign_in(family), reply, "personal", "It names a nurse.")
    case = report(sign_in(bereaved), reply, "spam")
    assert len(rows(Case)) == 1
    assert (case.reports, case.reason) == (3, "personal")


def test_of_several_reasons_the_most_urgent_one_leads(
    reader: cast.Browser, sign_in: SignIn, family: Member, reply: Post
) -> None:
    report(reader, reply, "worried")
    case = report(sign_in(family), reply, "spam")
    assert (case.reason, case.urgency) == ("worried", 0)


def test_saying_more_adds_to_ones_own_report_and_loses_nothing(
    reader: cast.Browser, reply: Post
) -> None:
    report(reader, reply, "worried", "He named a day.")
    case = report(reader, reply, "other", "It is Sunday.")
    [told] = reports()
    assert (told.reason, told.details) == ("worried", "He named a day.\n\nIt is Sunday.")
    assert case.reports == 1


def test_a_double_click_is_one_report(reader: cast.Browser, reply: Post) -> None:
    for _ in range(2):
        case = report(reader, reply, "unkind", "Twice the same.")
    assert [each.details for each in reports()] == ["Twice the same."]
    assert case.reports == 1


def test_people_who_report_at_the_same_instant_meet_in_one_case(
    app: Flask, reply: Post, thread: Thread
) -> None:
    members = [cast.make_member(f"Reader_{number}") for number in range(AT_ONCE)]
    browsers = [cast.signed_in(app, member) for member in members]
    address = f"/posts/{reply.id}/report"

    def file(browser: cast.Browser) -> int:
        sent = {"reason": "unkind", "details": "At once."}
        return int(cast.form_post(browser, address, sent).status_code)

    statuses = all_at_once(partial(file, browser) for browser in browsers)
    assert statuses == [303] * AT_ONCE
    assert len(rows(Case)) == 1
    assert (case_of(reply).reports, len(reports())) == (AT_ONCE, AT_ONCE)


def test_a_report_and_a_moderator_who_open_a_case_at_the_same_instant_meet_in_it(
    at_desk: cast.Browser, reader: cast.Browser, reply: Post
) -> None:
    deeds: list[Callable[[], Any]] = [
        partial(cast.form_post, at_desk, f"/moderation/open/post/{reply.id}"),
        partial(cast.form_post, reader, f"/posts/{reply.id}/report", {"reason": "spam"}),
    ]
    assert [answer.status_code for answer in all_at_once(deeds)] == [303, 303]
    [case] = rows(Case)
    assert (case.settled_at, case.reports) == (None, 1)


def test_a_new_report_opens_a_settled_case_again(
    reader: cast.Browser, sign_in: SignIn, family: Member, at_desk: cast.Browser, reply: Post
) -> None:
    case = report(reader, reply, "worried")
    decided(at_desk, case, "no_action")
    assert case_of(reply).settled_at is not None
    again = report(sign_in(family), reply, "spam", "It is still there.")
    assert again.id == case.id
    assert (again.settled_at, again.reports) == (None, 1)
    # What was settled does not make it urgent again.
    assert again.reason == "spam"
    page = open_page(at_desk, again)
    assert "It is still there." in page.main
    assert "before this case was settled the last time" in page.main


def test_a_reporter_can_report_again_what_was_settled(
    reader: cast.Browser, at_desk: cast.Browser, reply: Post
) -> None:
    case = report(reader, reply, "unkind", "Once.")
    decided(at_desk, case, "no_action")
    report(reader, reply, "unkind", "Again.")
    assert [each.details for each in reports()] == ["Once.", "Again."]


def test_a_moderator_opens_a_case_without_a_report_and_has_it(
    at_desk: cast.Browser, moderator: Member, thread: Thread
) -> None:
    address = f"/moderation/open/thread/{thread.id}"
    assert "“Week nine” by Maple" in Page(at_desk.get(address)).main
    assert rows(Case) == []
    answer = cast.form_post(at_desk, address)
    case = case_of(thread)
    assert answer.location == f"/moderation/cases/{case.id}"
    assert (case.settled_at, case.claimed_by_id, case.reports) == (None, moderator.id, 0)
    assert [entry.action for entry in entries()] == ["case.open", "case.claim"]
    assert "Taken up by a moderator" in at_desk.get("/moderation").text


def test_opening_a_case_that_is_open_leads_to_it_and_takes_it_from_nobody(
    at_desk: cast.Browser, second_moderator: Member, thread: Thread
) -> None:
    case = take_up(second_moderator, thread)
    answer = cast.form_post(at_desk, f"/moderation/open/thread/{thread.id}")
    assert answer.location == f"/moderation/cases/{case.id}"
    assert case_of(thread).claimed_by_id == second_moderator.id


def test_a_case_is_opened_by_name_for_a_member_and_by_number_for_the_rest(
    at_desk: cast.Browser, patient: Member
) -> None:
    assert at_desk.get("/moderation/open/member/maple").status_code == 200
    for wrong in (
        f"member/{patient.id}",
        "member/nobody",
        "post/99",
        "post/-1",
        "post/²",
        f"thread/{9 * 10**30}",
        "letter/1",
    ):
        assert at_desk.get(f"/moderation/open/{wrong}").status_code == 404


def test_the_age_of_a_case_is_that_of_its_first_report(
    reader: cast.Browser, sign_in: SignIn, family: Member, reply: Post
) -> None:
    case = report(reader, reply, "spam")
    case.opened_at = clock.now() - timedelta(hours=5)
    db.session.commit()
    report(sign_in(family), reply, "spam")
    assert clock.now() - case_of(reply).opened_at > timedelta(hours=4)
