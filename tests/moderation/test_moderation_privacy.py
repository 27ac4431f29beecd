"""What this room gives out about a member, and what is left when they go."""

from __future__ import annotations

from forum.accounts.models import Member
from forum.extensions import db
from forum.moderation.models import Case, CaseNote, Decision
from forum.moderation.privacy import erase_for, export_for
from forum.threads.models import Post, Thread
from tests import cast
from tests.moderation.conftest import SignIn
from tests.moderation.desk import (
    REASON,
    answer_word,
    case_of,
    decided,
    open_page,
    report,
    reports,
    rows,
    take_up,
)


def test_a_member_is_given_what_they_said_and_were_told_and_not_what_others_said(
    at_desk: cast.Browser,
    reader: cast.Browser,
    author: cast.Browser,
    caregiver: Member,
    reply: Post,
    thread: Thread,
) -> None:
    case = report(reader, reply, "unkind", "In confidence, from a reader.")
    made = decided(at_desk, case, "hide", note="In confidence, from a moderator.")
    answer_word(author, made, "My answer.")
    report(author, thread, "spam", "My report.")
    decided(at_desk, case_of(thread), "no_action")
    given = export_for(caregiver.id)
    assert [row["details"] for row in given["reports"]] == ["My answer.", "My report."]
    assert [(row["kind"], row["reason"]) for row in given["decisions"]] == [("hide", REASON)]
    assert "In confidence" not in str(given)


def test_what_was_not_told_is_not_given_out_either(
    at_desk: cast.Browser, moderator: Member, caregiver: Member, reply: Post
) -> None:
    decided(at_desk, take_up(moderator, reply), "no_action")
    assert export_for(caregiver.id)["decisions"] == []


def test_who_leaves_takes_their_words_and_leaves_the_cases(
    at_desk: cast.Browser,
    reader: cast.Browser,
    sign_in: SignIn,
    patient: Member,
    caregiver: Member,
    reply: Post,
) -> None:
    case = report(reader, reply, "worried", "He named a day.")
    decided(at_desk, case, "hide")
    for member in (patient, caregiver):
        erase_for(member.id)
    db.session.commit()
    [told] = reports()
    assert (told.reporter_id, told.details, told.reason) == (None, "", "worried")
    assert [row.kind for row in rows(Decision)] == ["hide"]
    assert "Former member" in open_page(at_desk, case_of(reply)).main


def test_a_moderator_who_leaves_takes_their_notes_and_lets_go_of_cases(
    at_desk: cast.Browser, second_moderator: Member, second_at_desk: cast.Browser, reply: Post
) -> None:
    case = take_up(second_moderator, reply)
    cast.form_post(second_at_desk, f"/moderation/cases/{case.id}", {"note": "I know her."})
    assert export_for(second_moderator.id)["notes_as_a_moderator"][0]["body"] == "I know her."
    erase_for(second_moderator.id)
    db.session.commit()
    assert [note.body for note in rows(CaseNote)] == [""]
    assert rows(Case)[0].claimed_by_id is None
    assert "I know her." not in open_page(at_desk, case).html
