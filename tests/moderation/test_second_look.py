"""The words to the person concerned, and the second look by somebody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.core import clock
from forum.extensions import db
from forum.moderation.models import Decision, Report
from forum.threads.models import Post, Thread
from tests import cast
from tests.moderation.conftest import SignIn
from tests.moderation.desk import (
    answer_word,
    case_of,
    decide,
    decided,
    newest_decision,
    offered,
    open_page,
    report,
    reports,
    rows,
    take_up,
)
from tests.threads.page import Page, words

Letters = Callable[..., list[Any]]
ANSWERED = "The person has answered your decision."


@pytest.fixture
def hidden(at_desk: cast.Browser, moderator: Member, reply: Post) -> Decision:
    """Beacon has hidden the reply by Harbor."""
    return decided(at_desk, take_up(moderator, reply), "hide")


def test_words_from_moderators_are_new_until_they_are_read(
    author: cast.Browser, hidden: Decision
) -> None:
    page = Page(author.get("/threads"))
    assert "1 new from moderators" in words(page.root)
    assert "/settings/decisions" in page.addresses()
    page = Page(author.get("/settings/decisions"))
    assert "New" in words(page.within(f"decision-{hidden.id}"))
    answer = cast.form_post(author, "/settings/decisions/seen", {"up_to": str(hidden.id)})
    assert answer.location == "/settings/decisions"
    page = Page(author.get("/settings/decisions"))
    assert "New" not in words(page.within(f"decision-{hidden.id}"))
    assert "new from moderators" not in page.html
    assert "I have read this" not in page.main


def test_reading_the_page_alone_marks_nothing(author: cast.Browser, hidden: Decision) -> None:
    author.get("/settings/decisions")
    assert newest_decision().seen_at is None


def test_what_came_after_the_page_was_opened_stays_new(
    author: cast.Browser, at_desk: cast.Browser, hidden: Decision, reply: Post
) -> None:
    later = decided(at_desk, case_of(reply), "restore")
    cast.form_post(author, "/settings/decisions/seen", {"up_to": str(hidden.id)})
    assert [row.seen_at is None for row in rows(Decision)] == [False, True]
    assert later.id > hidden.id


@pytest.mark.parametrize("sent", ["", "all", "-3", "9" * 40])
def test_nonsense_for_what_was_read_breaks_nothing(
    author: cast.Browser, hidden: Decision, sent: str
) -> None:
    assert cast.form_post(author, "/settings/decisions/seen", {"up_to": sent}).status_code == 303


def test_nobody_marks_what_was_told_to_others(
    reader: cast.Browser, hidden: Decision, author: cast.Browser
) -> None:
    cast.form_post(reader, "/settings/decisions/seen", {"up_to": str(hidden.id)})
    assert newest_decision().seen_at is None


def test_an_answer_opens_the_case_again_and_says_what_was_answered(
    author: cast.Browser, second_at_desk: cast.Browser, hidden: Decision, reply: Post
) -> None:
    answer = answer_word(author, hidden, "He had a fever of 39!")
    assert answer.location == f"/settings/decisions#decision-{hidden.id}"
    case = case_of(reply)
    assert (case.settled_at, case.reports) == (None, 1)
    [told] = reports()
    assert (told.answers_id, told.details) == (hidden.id, "He had a fever of 39!")
    assert newest_decision().seen_at is not None
    assert "asked for a second look" in second_at_desk.get("/moderation").text
    page = open_page(second_at_desk, case)
    assert "has answered what Beacon decided. Somebody else should decide" in page.main
    assert "He had a fever of 39!" in words(page.within("reports"))
    assert "The person concerned" in words(page.within("reports"))
    mine = Page(author.get("/settings/decisions")).main
    assert "You asked for a second look" in mine
    assert "A second person will look at it." in mine


def test_whoever_decided_cannot_decide_the_answer(
    at_desk: cast.Browser,
    second_at_desk: cast.Browser,
    author: cast.Browser,
    hidden: Decision,
    reply: Post,
) -> None:
    answer_word(author, hidden)
    case = case_of(reply)
    page = open_page(at_desk, case)
    assert ANSWERED in page.main
    assert offered(page) == []
    refused = decide(at_desk, case, "no_action")
    assert refused.status_code == 403
    assert ANSWERED in refused.text
    decided(second_at_desk, case, "restore")
    assert reply.hidden_at is None
    assert "A second person has looked since." in author.get("/settings/decisions").text


def test_an_administrator_can_give_the_second_look(
    author: cast.Browser, sign_in: SignIn, administrator: Member, hidden: Decision, reply: Post
) -> None:
    answer_word(author, hidden)
    decided(sign_in(administrator), case_of(reply), "restore")


def test_where_nobody_else_is_there_the_same_moderator_looks_again(
    at_desk: cast.Browser, author: cast.Browser, hidden: Decision, reply: Post
) -> None:
    answer_word(author, hidden)
    page = open_page(at_desk, case_of(reply))
    assert "Nobody else is here who could decide this time." in page.main
    decided(at_desk, case_of(reply), "restore")


@pytest.mark.parametrize(
    "columns",
    [
        {"rank": "moderator", "suspended_until": clock.now() + timedelta(days=3650)},
        {"rank": "moderator", "erased_at": clock.now()},
        {"rank": "moderator", "is_system": True},
        {"rank": "editor"},
    ],
)
def test_only_those_count_who_could_decide(
    at_desk: cast.Browser,
    author: cast.Browser,
    hidden: Decision,
    reply: Post,
    columns: dict[str, Any],
) -> None:
    cast.make_member("Elsewhere", **columns)
    answer_word(author, hidden)
    decided(at_desk, case_of(reply), "restore")


def test_a_moderator_concerned_does_not_count_as_somebody_else(
    at_desk: cast.Browser, moderator: Member, second_moderator: Member, sign_in: SignIn
) -> None:
    thread = cast.make_thread("after-cart", second_moderator)
    made = decided(at_desk, take_up(moderator, thread), "lock")
    answer_word(sign_in(second_moderator), made)
    decided(at_desk, case_of(thread), "unlock")


def test_after_the_second_look_the_first_moderator_is_free_again(
    at_desk: cast.Browser,
    second_at_desk: cast.Browser,
    author: cast.Browser,
    reader: cast.Browser,
    hidden: Decision,
    reply: Post,
) -> None:
    answer_word(author, hidden)
    decided(second_at_desk, case_of(reply), "restore")
    report(reader, reply, "unkind")
    decided(at_desk, case_of(reply), "hide")


def test_that_it_stays_as_it_is_is_told_to_who_asked_for_the_second_look(
    second_at_desk: cast.Browser,
    author: cast.Browser,
    caregiver: Member,
    hidden: Decision,
    reply: Post,
    letters: Letters,
) -> None:
    answer_word(author, hidden)
    assert "is told that there was one" in open_page(second_at_desk, case_of(reply)).main
    made = decided(second_at_desk, case_of(reply), "no_action")
    assert made.told
    assert len(letters(caregiver.email)) == 2
    page = Page(author.get("/settings/decisions"))
    assert "We looked at this once more, and it stays as it is." in page.main


def test_a_decision_is_answered_once_and_the_second_try_keeps_its_words(
    author: cast.Browser, hidden: Decision
) -> None:
    assert answer_word(author, hidden, "Once.").status_code == 303
    again = answer_word(author, hidden, "Twice, and longer.")
    assert again.status_code == 403
    assert "You have answered this already." in again.text
    assert "Twice, and longer." in again.text
    assert [told.details for told in reports()] == ["Once."]


def test_two_decisions_of_one_case_can_both_be_answered(
    at_desk: cast.Browser,
    second_at_desk: cast.Browser,
    author: cast.Browser,
    hidden: Decision,
    reply: Post,
    administrator: Member,
    sign_in: SignIn,
) -> None:
    second = decided(second_at_desk, case_of(reply), "remove")
    answer_word(author, hidden, "About the first.")
    answer_word(author, second, "About the second.")
    assert [told.details for told in reports()] == ["About the first.", "About the second."]
    case = case_of(reply)
    assert "Anchor and Beacon" in open_page(sign_in(administrator), case).main
    for browser in (at_desk, second_at_desk):
        assert decide(browser, case, "restore").status_code == 403
    decided(sign_in(administrator), case, "restore")


@pytest.mark.parametrize("typed", ["", "   ", "x" * 2001])
def test_an_answer_that_cannot_be_taken_comes_back_in_its_place(
    author: cast.Browser, hidden: Decision, typed: str
) -> None:
    answer = answer_word(author, hidden, typed)
    assert answer.status_code == 422
    page = Page(answer)
    field = page.within("details")
    assert typed.strip() in words(field)
    assert field.get("aria-invalid") == "true"
    assert "#details" in page.addresses()
    assert reports() == []


def test_nobody_answers_what_was_told_to_others(reader: cast.Browser, hidden: Decision) -> None:
    assert answer_word(reader, hidden).status_code == 404
    assert cast.form_post(reader, "/settings/decisions/999/answer").status_code == 404


def test_what_was_not_told_cannot_be_answered(
    author: cast.Browser, at_desk: cast.Browser, moderator: Member, reply: Post
) -> None:
    made = decided(at_desk, take_up(moderator, reply), "no_action")
    assert answer_word(author, made).status_code == 404


def test_answers_are_limited_and_keep_their_words(
    author: cast.Browser, hidden: Decision, rate_limits: None
) -> None:
    answers = [answer_word(author, hidden, "Please look.") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [303, 403, 403, 403, 403, 429]
    assert "Please look." in answers[-1].text


def test_the_page_asks_the_database_as_often_for_one_word_as_for_many(
    author: cast.Browser,
    reader: cast.Browser,
    at_desk: cast.Browser,
    moderator: Member,
    caregiver: Member,
    patient: Member,
    hidden: Decision,
    thread: Thread,
    count_queries: Callable[..., Any],
) -> None:
    report(author, thread, "spam")
    author.get("/settings/decisions")
    with count_queries() as few:
        author.get("/settings/decisions")
    for number in range(12):
        post = cast.make_post(thread, caregiver, body=f"Post {number}")
        other = cast.make_post(thread, patient, body=f"Other {number}")
        decided(at_desk, take_up(moderator, post), "hide")
        report(author, other, "spam")
    assert db.session.scalar(select(func.count(Decision.id))) == 13
    assert db.session.scalar(select(func.count(Report.id))) == 13
    author.get("/settings/decisions")
    with count_queries() as many:
        page = Page(author.get("/settings/decisions"))
    assert page.main.count("We have hidden something") == 13
    assert len(few) == len(many) <= 6
