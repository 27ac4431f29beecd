"""Two moderators, or a moderator and the world, at the same time."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

import pytest

from forum.accounts.models import Member
from forum.extensions import db
from forum.moderation.models import Case, Decision
from forum.threads.models import Post, Thread
from tests import cast
from tests.moderation.conftest import SignIn
from tests.moderation.desk import (
    REASON,
    all_at_once,
    case_of,
    decide,
    decided,
    entries,
    hidden_fields,
    offered,
    open_page,
    report,
    rows,
    take_up,
)
from tests.threads.page import Page

MINE = "My own long reason."


def _read(browser: cast.Browser, case: Case) -> dict[str, str]:
    """Open the case; what its form would send along."""
    read = hidden_fields(open_page(browser, case))
    return {name: read[name] for name in ("version", "seen")}


@pytest.mark.parametrize("decision", ["hide", "no_action", "restore"])
def test_the_slower_moderator_is_told_who_decided_what_a_moment_before(
    at_desk: cast.Browser,
    second_at_desk: cast.Browser,
    reader: cast.Browser,
    reply: Post,
    decision: str,
) -> None:
    case = report(reader, reply, "unkind")
    read, also_read = _read(at_desk, case), _read(second_at_desk, case)
    assert decide(at_desk, case, "hide", **read).status_code == 303
    answer = decide(second_at_desk, case, decision, MINE, note="Mine too.", **also_read)
    assert answer.status_code == 422
    page = Page(answer)
    assert "Somebody was faster" in page.main
    assert "Beacon decided (just now): hid it." in page.main
    assert MINE in page.main
    assert "Mine too." in page.main
    assert [row.kind for row in rows(Decision)] == ["hide"]
    assert [entry.action for entry in entries()] == ["case.hide"]


def test_the_slower_moderator_goes_on_from_the_page_that_told_them(
    at_desk: cast.Browser, second_at_desk: cast.Browser, reader: cast.Browser, reply: Post
) -> None:
    case = report(reader, reply, "unkind")
    read = _read(second_at_desk, case)
    decided(at_desk, case, "hide")
    page = Page(decide(second_at_desk, case, "remove", MINE, **read))
    assert "remove" in offered(page)
    fresh = {name: hidden_fields(page)[name] for name in ("version", "seen")}
    assert decide(second_at_desk, case, "remove", MINE, **fresh).status_code == 303
    assert [row.kind for row in rows(Decision)] == ["hide", "remove"]


def test_that_somebody_was_faster_is_said_before_anything_else(
    at_desk: cast.Browser, second_at_desk: cast.Browser, reader: cast.Browser, reply: Post
) -> None:
    case = report(reader, reply, "unkind")
    read = _read(second_at_desk, case)
    decided(at_desk, case, "hide")
    answer = decide(second_at_desk, case, "suspend", "", **read)
    assert "Somebody was faster" in answer.text
    assert "Please give a reason." not in answer.text


def test_a_report_that_came_meanwhile_is_read_before_the_case_is_settled(
    at_desk: cast.Browser,
    reader: cast.Browser,
    sign_in: SignIn,
    family: Member,
    reply: Post,
) -> None:
    case = report(reader, reply, "spam")
    read = _read(at_desk, case)
    report(sign_in(family), reply, "worried", "He named a day.")
    answer = decide(at_desk, case, "no_action", MINE, **read)
    assert answer.status_code == 422
    page = Page(answer)
    assert "Something new came in" in page.main
    assert "He named a day." in page.main
    assert MINE in page.main
    assert case_of(reply).settled_at is None


def test_a_case_that_was_settled_and_reported_anew_says_so_too(
    at_desk: cast.Browser,
    second_at_desk: cast.Browser,
    reader: cast.Browser,
    reply: Post,
) -> None:
    case = report(reader, reply, "spam")
    read = _read(second_at_desk, case)
    decided(at_desk, case, "no_action")
    report(reader, reply, "unkind")
    answer = decide(second_at_desk, case, "hide", MINE, **read)
    assert "Something new came in" in answer.text
    assert [row.kind for row in rows(Decision)] == ["no_action"]


def test_a_note_needs_no_newest_case(
    at_desk: cast.Browser, second_at_desk: cast.Browser, reader: cast.Browser, reply: Post
) -> None:
    case = report(reader, reply, "spam")
    read = _read(second_at_desk, case)
    decided(at_desk, case, "no_action")
    sent = {"note": "I had the same thought.", **read}
    answer = cast.form_post(second_at_desk, f"/moderation/cases/{case.id}", sent)
    assert answer.status_code == 303


def test_words_are_taken_out_of_the_text_that_was_read_and_of_no_other(
    at_desk: cast.Browser, moderator: Member, author: cast.Browser, reply: Post
) -> None:
    case = take_up(moderator, reply)
    read = _read(at_desk, case)
    edited = cast.form_post(author, f"/posts/{reply.id}/edit", {"body": "I took her name out."})
    assert edited.status_code == 303
    answer = decide(at_desk, case, "edit_out", MINE, body="Ask for the nurse.", **read)
    assert answer.status_code == 422
    page = Page(answer)
    assert "The text has changed" in page.main
    assert "Ask for the nurse." in page.main
    assert "I took her name out." in page.main
    db.session.expire_all()
    assert (reply.body, rows(Decision)) == ("I took her name out.", [])


def test_an_edit_of_the_author_does_not_hinder_other_decisions(
    at_desk: cast.Browser, moderator: Member, author: cast.Browser, reply: Post
) -> None:
    case = take_up(moderator, reply)
    read = _read(at_desk, case)
    cast.form_post(author, f"/posts/{reply.id}/edit", {"body": "I took her name out."})
    assert decide(at_desk, case, "hide", **read).status_code == 303


def _both(first: cast.Browser, second: cast.Browser, case: Case, read: dict[str, str]) -> list[Any]:
    """Both hide it at the same instant."""
    address = f"/moderation/cases/{case.id}"
    sent = {"decision": "hide", "reason": REASON, **read}
    return all_at_once(partial(cast.form_post, each, address, sent) for each in (first, second))


def test_of_two_who_decide_at_the_same_instant_one_is_told(
    at_desk: cast.Browser, second_at_desk: cast.Browser, reader: cast.Browser, reply: Post
) -> None:
    case = report(reader, reply, "unkind")
    read = _read(at_desk, case)
    answers = _both(at_desk, second_at_desk, case, read)
    assert Counter(answer.status_code for answer in answers) == {303: 1, 422: 1}
    [slower] = [answer for answer in answers if answer.status_code == 422]
    assert "Somebody was faster" in slower.text
    assert [row.kind for row in rows(Decision)] == ["hide"]
    assert case_of(reply).version == int(read["version"]) + 1


def test_programs_that_never_read_the_page_decide_one_after_the_other(
    at_desk: cast.Browser, second_at_desk: cast.Browser, reader: cast.Browser, thread: Thread
) -> None:
    case = report(reader, cast.make_post(thread, cast.make_member("Other")), "spam")
    answers = _both(at_desk, second_at_desk, case, {})
    # The second one finds it hidden: what does not fit any more is refused with a sentence.
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses in ([303, 403], [303, 422])
    assert len(rows(Decision)) == 1


def test_of_two_who_take_a_case_at_the_same_instant_one_has_it(
    at_desk: cast.Browser, second_at_desk: cast.Browser, reader: cast.Browser, reply: Post
) -> None:
    case = report(reader, reply, "unkind")
    address = f"/moderation/cases/{case.id}/claim"
    deeds = [partial(cast.form_post, each, address) for each in (at_desk, second_at_desk)]
    assert [answer.status_code for answer in all_at_once(deeds)] == [303, 303]
    told = [
        "Another moderator took this case" in each.get(f"/moderation/cases/{case.id}").text
        for each in (at_desk, second_at_desk)
    ]
    assert sorted(told) == [False, True]
    assert [entry.action for entry in entries()] == ["case.claim"]


def test_taking_giving_back_and_taking_from_another(
    at_desk: cast.Browser,
    second_at_desk: cast.Browser,
    moderator: Member,
    reader: cast.Browser,
    reply: Post,
) -> None:
    case = report(reader, reply, "unkind")
    address = f"/moderation/cases/{case.id}"
    assert "with nobody yet" in open_page(at_desk, case).main
    cast.form_post(at_desk, f"{address}/claim")
    cast.form_post(at_desk, f"{address}/claim")
    assert case_of(reply).claimed_by_id == moderator.id
    assert "with you" in open_page(at_desk, case).main
    assert "with Beacon" in open_page(second_at_desk, case).main
    assert "with Beacon" in second_at_desk.get("/moderation").text
    assert cast.form_post(second_at_desk, f"{address}/release").location == "/moderation"
    assert case_of(reply).claimed_by_id is None
    assert [entry.action for entry in entries()] == ["case.claim", "case.release"]


def test_a_settled_case_is_taken_by_nobody(
    at_desk: cast.Browser, moderator: Member, reply: Post
) -> None:
    case = take_up(moderator, reply)
    decided(at_desk, case, "no_action")
    answer = cast.form_post(at_desk, f"/moderation/cases/{case.id}/claim")
    assert answer.status_code == 403
    assert "This case is settled." in answer.text
