"""Telling the moderators about something."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from forum.accounts.models import Member
from forum.core import clock
from forum.extensions import db
from forum.moderation.models import Case, Report, ReportReason
from forum.threads.models import Post, Thread
from tests import cast
from tests.moderation.conftest import SignIn
from tests.moderation.desk import address_of, case_of, report, reports, rows
from tests.threads.page import Page

WORRIED = {"reason": "worried", "details": "He named a day."}


@pytest.mark.parametrize("reason", list(ReportReason))
def test_a_report_with_each_reason_opens_a_case_of_its_urgency(
    reader: cast.Browser, reply: Post, caregiver: Member, patient: Member, reason: ReportReason
) -> None:
    case = report(reader, reply, reason, "Have a look.")
    assert (case.subject_kind, case.subject_id) == ("post", reply.id)
    assert (case.member_id, case.thread_id) == (caregiver.id, reply.thread_id)
    assert (case.reason, case.urgency, case.reports) == (reason, reason.urgency, 1)
    assert (case.settled_at, case.claimed_by_id) == (None, None)
    [told] = reports()
    assert (told.reporter_id, told.reason, told.details) == (patient.id, reason, "Have a look.")


def test_a_worry_comes_before_everything_else_in_the_list_of_reasons(
    reader: cast.Browser, reply: Post
) -> None:
    page = Page(reader.get(f"/posts/{reply.id}/report"))
    values = [each.get("value") for each in page.root.iter("input") if each.get("name") == "reason"]
    assert values == ["worried", "personal", "advice", "selling", "unkind", "spam", "other"]


def test_a_conversation_and_a_member_can_be_reported_too(
    reader: cast.Browser, author: cast.Browser, thread: Thread, caregiver: Member, patient: Member
) -> None:
    assert report(author, thread).member_id == patient.id
    assert report(reader, caregiver).member_id == caregiver.id
    assert {case.subject_kind for case in rows(Case)} == {"thread", "member"}


def test_the_form_says_what_it_is_about_and_leads_to_help(
    reader: cast.Browser, reply: Post
) -> None:
    page = Page(reader.get(f"/posts/{reply.id}/report"))
    assert "a reply by Harbor in “Week nine”" in page.main
    assert "/help" in page.addresses(page.within("main"))


def test_without_a_reason_the_words_come_back(reader: cast.Browser, reply: Post) -> None:
    answer = cast.form_post(reader, f"/posts/{reply.id}/report", {"details": "I wrote a lot."})
    assert answer.status_code == 422
    page = Page(answer)
    assert "Please choose what it is about." in page.main
    assert "I wrote a lot." in page.main
    assert reports() == []


def test_too_many_words_come_back_too(reader: cast.Browser, reply: Post) -> None:
    sent = {"reason": "spam", "details": "x" * 2001}
    answer = cast.form_post(reader, f"/posts/{reply.id}/report", sent)
    assert answer.status_code == 422
    assert "x" * 2001 in answer.text


def test_who_reports_is_thanked_and_led_back(reader: cast.Browser, reply: Post) -> None:
    answer = cast.form_post(reader, f"/posts/{reply.id}/report", {"reason": "spam"})
    page = Page(reader.get(answer.location))
    assert "Thank you" in page.main
    assert "We are not watched round the clock" in page.main
    assert f"/posts/{reply.id}" in page.addresses(page.within("main"))
    assert "call the emergency number" not in page.main


def test_who_worries_is_told_what_can_be_done_at_once(
    reader: cast.Browser, reply: Post, app: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = reader.application.config
    monkeypatch.setitem(config, "STAFFED_HOURS", "Moderators are usually here from 8 to 22.")
    answer = cast.form_post(reader, f"/posts/{reply.id}/report", WORRIED, follow_redirects=True)
    page = Page(answer)
    assert "We are not watched round the clock" in page.main
    assert "Moderators are usually here from 8 to 22." in page.main
    assert "call the emergency number" in page.main
    assert "/help" in page.addresses(page.within("main"))


def test_the_way_back_never_leads_to_another_site(reader: cast.Browser) -> None:
    page = Page(reader.get("/reported?about=spam&next=//evil.example"))
    assert not any("evil" in address for address in page.addresses())


def test_nobody_reports_what_is_their_own(
    author: cast.Browser, reader: cast.Browser, reply: Post, thread: Thread, patient: Member
) -> None:
    for browser, subject in ((author, reply), (reader, thread), (reader, patient)):
        answer = cast.form_post(browser, f"{address_of(subject)}/report", WORRIED)
        assert answer.status_code == 403
        assert "your own" in answer.text
    assert reports() == []


def test_a_visitor_is_asked_to_sign_in_and_keeps_the_words(
    client: cast.Browser, reply: Post
) -> None:
    assert client.get(f"/posts/{reply.id}/report").location.startswith("/sign-in")
    answer = cast.form_post(client, f"/posts/{reply.id}/report", WORRIED)
    assert answer.status_code == 401
    assert "He named a day." in answer.text


def test_a_suspended_member_cannot_report(suspended: Member, sign_in: SignIn, reply: Post) -> None:
    answer = cast.form_post(sign_in(suspended), f"/posts/{reply.id}/report", WORRIED)
    assert answer.status_code == 403
    assert "Your account is paused" in answer.text


# What a reporter may not see looks like what never was.


def _hidden_thread(author: Member) -> Thread:
    return cast.make_thread("after-cart", author, hidden_at=clock.now())


def _removed_thread(author: Member) -> Thread:
    return cast.make_thread("after-cart", author, removed_at=clock.now())


def _caregivers_thread(author: Member) -> Thread:
    return cast.make_thread("caregivers", author, audience="caregivers")


def _without_tokens(answer: Any) -> str:
    """A page without the tokens of its forms, which change with the second."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", answer.text)


@pytest.mark.parametrize("made", [_hidden_thread, _removed_thread, _caregivers_thread])
def test_what_is_hidden_from_a_reporter_looks_like_what_never_was(
    made: Callable[[Member], Thread], reader: cast.Browser, bereaved: Member
) -> None:
    thread = made(bereaved)
    post = cast.first_post(thread)
    for known, unknown in (
        (f"/threads/{thread.id}/report", "/threads/987654/report"),
        (f"/posts/{post.id}/report", "/posts/987654/report"),
    ):
        for ask in (reader.get, lambda url: cast.form_post(reader, url, WORRIED)):
            there, nowhere = ask(known), ask(unknown)
            assert (there.status_code, nowhere.status_code) == (404, 404)
            assert _without_tokens(there).replace(known, unknown) == _without_tokens(nowhere)
    assert reports() == []


def test_a_member_who_left_cannot_be_reported(reader: cast.Browser, bereaved: Member) -> None:
    bereaved.erased_at = clock.now()
    db.session.commit()
    assert reader.get("/members/Willow/report").status_code == 404
    assert reader.get("/members/nobody_of_that_name/report").status_code == 404


def test_a_hidden_post_in_an_open_conversation_says_that_it_is_looked_at(
    reader: cast.Browser, reply: Post
) -> None:
    reply.hidden_at = clock.now()
    answer = reader.get(f"/posts/{reply.id}/report")
    assert answer.status_code == 403
    assert "hidden while moderators look at it" in answer.text


def test_reports_are_limited_and_the_words_stay(
    reader: cast.Browser, reply: Post, rate_limits: None
) -> None:
    address = f"/posts/{reply.id}/report"
    answers = [cast.form_post(reader, address, WORRIED) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [303] * 20 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "He named a day." in answers[-1].text


def test_a_report_names_the_one_who_wrote_it_only_to_the_desk(
    reader: cast.Browser, author: cast.Browser, reply: Post
) -> None:
    report(reader, reply, "unkind", "Between us.")
    for address in ("/settings/decisions", f"/posts/{reply.id}", "/threads"):
        assert "Between us." not in author.get(address, follow_redirects=True).text
    assert db.session.get_one(Report, 1).case_id == case_of(reply).id
