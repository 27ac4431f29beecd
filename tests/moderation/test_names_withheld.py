"""A name that was withheld stays withheld at the desk too: on no page, in no letter, nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from forum.accounts.models import Member
from forum.extensions import db
from forum.moderation.models import Case
from forum.threads.models import Post, Thread
from tests import cast
from tests.moderation.conftest import SignIn
from tests.moderation.desk import (
    answer_word,
    case_of,
    decide,
    decided,
    entries,
    offered,
    open_page,
    report,
    take_up,
)
from tests.threads.page import Page, words

UNTIL = {"until": "2027-01-15"}


@pytest.fixture
def secret(caregiver: Member, thread: Thread) -> Post:
    """A reply by Harbor, without the name."""
    return cast.make_post(thread, caregiver, body="Nobody may know.", withheld=True)


@pytest.fixture
def secret_thread(caregiver: Member) -> Thread:
    return cast.make_thread("after-cart", caregiver, title="In the dark", withheld=True)


def _desk_pages(browser: cast.Browser, *cases: Case) -> str:
    """Everything the desk shows, with its source."""
    addresses = [f"/moderation/cases/{case.id}" for case in cases]
    addresses += ["/moderation", "/moderation?state=settled", "/moderation/log"]
    answers = [browser.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {200}
    return "\n".join(answer.text for answer in answers)


def test_no_page_of_the_desk_names_who_wrote_without_their_name(
    at_desk: cast.Browser,
    second_at_desk: cast.Browser,
    reader: cast.Browser,
    author: cast.Browser,
    caregiver: Member,
    secret: Post,
    secret_thread: Thread,
) -> None:
    cases = [report(reader, secret, "unkind"), report(reader, secret_thread, "spam")]
    cases.append(report(reader, cast.first_post(secret_thread), "spam"))
    for case in cases:
        cast.form_post(at_desk, f"/moderation/cases/{case.id}/claim")
    for case, decision in zip(cases, ("hide", "lock", "warn"), strict=True):
        made = decided(at_desk, case, decision)
        assert answer_word(author, made).status_code == 303
    shown = _desk_pages(second_at_desk, *cases)
    for case in cases:
        decided(second_at_desk, case, "no_action")
    shown += _desk_pages(second_at_desk, *cases)
    assert "Member A (name withheld)" in shown
    assert "Harbor" not in shown
    assert "harbor" not in shown.replace("Harbor", "")
    assert f"members/{caregiver.id}" not in shown


def test_the_answer_of_who_withheld_their_name_does_not_name_them(
    at_desk: cast.Browser, second_at_desk: cast.Browser, author: cast.Browser, secret: Post
) -> None:
    made = decided(at_desk, take_up_by(second_at_desk, secret), "hide")
    answer_word(author, made, "I wrote this in the night.")
    listed = words(open_page(second_at_desk, case_of(secret)).within("reports"))
    assert "I wrote this in the night." in listed
    assert "The person concerned" in listed


def take_up_by(browser: cast.Browser, subject: Post) -> Case:
    assert cast.form_post(browser, f"/moderation/open/post/{subject.id}").status_code == 303
    return case_of(subject)


def test_taking_up_and_reporting_name_the_alias(
    at_desk: cast.Browser, reader: cast.Browser, secret: Post
) -> None:
    for answer in (
        at_desk.get(f"/moderation/open/post/{secret.id}"),
        reader.get(f"/posts/{secret.id}/report"),
    ):
        assert "Member A (name withheld)" in answer.text
        assert "Harbor" not in answer.text


def test_a_reporter_who_withheld_their_name_in_the_conversation_keeps_their_alias(
    at_desk: cast.Browser, author: cast.Browser, reader: cast.Browser, secret: Post, thread: Thread
) -> None:
    case = report(author, thread, "unkind", "He answered me like that.")
    listed = words(open_page(at_desk, case).within("reports"))
    assert "Member A (name withheld)" in listed
    assert "Harbor" not in _desk_pages(at_desk, case)
    elsewhere = cast.make_thread("after-cart", cast.make_member("Opener"))
    page = open_page(at_desk, report(author, elsewhere, "spam"))
    assert "Harbor" in words(page.within("reports"))


def test_a_name_beside_a_report_never_turns_into_an_alias(
    at_desk: cast.Browser, author: cast.Browser, thread: Thread, caregiver: Member
) -> None:
    case = report(author, thread, "unkind")
    assert "Harbor" in words(open_page(at_desk, case).within("reports"))
    answer = {"body": "Nobody may know.", "withhold_name": "y"}
    assert cast.form_post(author, f"/threads/{thread.id}/reply", answer).status_code == 303
    listed = words(open_page(at_desk, case).within("reports"))
    assert "Harbor" in listed
    assert "Member A" not in listed


def test_the_neighbors_of_a_post_stand_under_the_names_that_readers_see(
    at_desk: cast.Browser, moderator: Member, secret: Post, thread: Thread, family: Member
) -> None:
    cast.make_post(thread, family, body="I am here.")
    page = open_page(at_desk, take_up(moderator, cast.first_post(thread)))
    subject = words(page.within("subject"))
    assert "Member A" in subject
    assert "Lantern" in subject
    assert "Harbor" not in page.html


def test_earlier_words_without_a_name_are_not_told_of_the_member(
    at_desk: cast.Browser,
    moderator: Member,
    reader: cast.Browser,
    caregiver: Member,
    secret: Post,
    secret_thread: Thread,
    reply: Post,
) -> None:
    hidden = decided(at_desk, take_up(moderator, secret), "hide")
    decided(at_desk, take_up(moderator, secret_thread), "lock")
    decided(at_desk, take_up(moderator, cast.first_post(secret_thread)), "warn")
    told = decided(at_desk, take_up(moderator, reply), "warn")
    for subject in (caregiver, reply):
        page = open_page(at_desk, take_up(moderator, subject))
        about = words(page.within("author"))
        others = page.addresses(page.within("author"))
        assert "In the dark" not in about
        assert not any(
            address.endswith(f"/posts/{post.id}")
            for address in others
            for post in (secret, cast.first_post(secret_thread))
        )
        assert f"/moderation/cases/{hidden.case_id}" not in others
    assert f"/moderation/cases/{told.case_id}" in Page(
        at_desk.get(f"/moderation/cases/{case_of(caregiver).id}")
    ).addresses(open_page(at_desk, case_of(caregiver)).within("author"))


def test_of_words_without_a_name_nothing_else_of_the_author_is_shown(
    at_desk: cast.Browser, moderator: Member, secret: Post, reply: Post
) -> None:
    decided(at_desk, take_up(moderator, reply), "warn")
    page = open_page(at_desk, take_up(moderator, secret))
    assert words(page.within("author")) == (
        "About the author This was written without a name. "
        "What else its author wrote or did is not shown here."
    )
    assert page.addresses(page.within("author")) == []


def test_a_pause_for_words_without_a_name_is_known_on_that_case_alone(
    at_desk: cast.Browser,
    moderator: Member,
    caregiver: Member,
    secret: Post,
    secret_thread: Thread,
    reply: Post,
) -> None:
    case = take_up(moderator, secret)
    decided(at_desk, case, "suspend", **UNTIL)
    assert "lift" in offered(open_page(at_desk, case))
    for subject in (caregiver, reply, secret_thread):
        page = open_page(at_desk, take_up(moderator, subject))
        assert "lift" not in offered(page)
        assert "paused until" not in page.main
        assert decide(at_desk, case_of(subject), "lift").status_code == 422
    decided(at_desk, case, "lift")
    assert caregiver.suspended_until is None


def test_a_pause_of_a_named_member_is_known_where_the_name_is(
    at_desk: cast.Browser, moderator: Member, caregiver: Member, secret: Post, reply: Post
) -> None:
    decided(at_desk, take_up(moderator, caregiver), "suspend", **UNTIL)
    page = open_page(at_desk, take_up(moderator, reply))
    assert "lift" in offered(page)
    assert "paused until 16 January 2027" in page.main
    assert "lift" not in offered(open_page(at_desk, take_up(moderator, secret)))


def test_who_withheld_their_name_and_is_an_administrator_is_not_given_away_by_a_reason(
    at_desk: cast.Browser, second_moderator: Member, administrator: Member, reader: cast.Browser
) -> None:
    thread = cast.make_thread("after-cart", administrator, withheld=True)
    case = report(reader, thread, "unkind")
    page = open_page(at_desk, case)
    assert "Somebody else has to decide this one." in page.main
    assert "administrator" not in page.html.lower()
    answer = decide(at_desk, case, "lock")
    assert answer.status_code == 403
    assert "administrator" not in answer.text.lower()


def test_that_somebody_else_is_missing_does_not_say_which_moderator_it_was(
    at_desk: cast.Browser, moderator: Member, second_moderator: Member, sign_in: SignIn
) -> None:
    thread = cast.make_thread("after-cart", second_moderator, withheld=True)
    made = decided(at_desk, take_up(moderator, thread), "lock")
    answer_word(sign_in(second_moderator), made)
    page = open_page(at_desk, case_of(thread))
    assert "Somebody else should decide this time." in page.main
    assert "Somebody else has to decide this one." in page.main
    assert offered(page) == []
    assert "Anchor" not in page.html


def test_the_record_holds_ids_and_reasons_and_no_name(
    at_desk: cast.Browser, moderator: Member, caregiver: Member, secret: Post
) -> None:
    decided(at_desk, take_up(moderator, secret), "suspend", **UNTIL)
    for entry in entries():
        assert (entry.subject_kind, entry.subject_id) == ("post", secret.id)
        kept = f"{entry.reason} {entry.details}"
        assert "Harbor" not in kept
        assert "Nobody may know" not in kept
        assert "member" not in entry.details


def test_the_letter_to_who_withheld_their_name_says_nothing_of_it(
    at_desk: cast.Browser,
    moderator: Member,
    caregiver: Member,
    secret: Post,
    letters: Callable[..., list[Any]],
    sign_in: SignIn,
) -> None:
    decided(at_desk, take_up(moderator, secret), "hide")
    [letter] = letters(caregiver.email)
    assert "Week nine" not in cast.text_of(letter)
    assert "Member A" not in cast.text_of(letter)
    assert "Week nine" in sign_in(caregiver).get("/settings/decisions").text


def test_searching_the_record_for_the_author_finds_nothing(
    at_desk: cast.Browser, moderator: Member, caregiver: Member, secret: Post
) -> None:
    decided(at_desk, take_up(moderator, secret), "hide")
    page = Page(at_desk.get("/moderation/log?actor=Harbor"))
    assert "Nothing in the record fits." in page.main


def test_a_post_that_is_gone_from_the_tables_is_not_told_of_its_author_either(
    at_desk: cast.Browser, moderator: Member, caregiver: Member, secret: Post, reply: Post
) -> None:
    case = take_up(moderator, secret)
    decided(at_desk, case, "hide")
    db.session.delete(secret)
    db.session.commit()
    page = open_page(at_desk, take_up(moderator, caregiver))
    assert f"/moderation/cases/{case.id}" not in page.addresses(page.within("author"))
    assert "name withheld" in at_desk.get("/moderation?state=settled").text
    assert at_desk.get(f"/moderation/cases/{case.id}").status_code == 404
