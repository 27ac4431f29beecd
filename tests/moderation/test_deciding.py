"""Every kind of decision from the form to the rows, the letter, the pages and the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from forum.accounts.models import Member
from forum.core import clock
from forum.extensions import db
from forum.moderation.decisions import DecisionKind
from forum.moderation.models import CaseNote, Decision
from forum.threads.models import Post, PostRevision, Thread
from tests import cast
from tests.moderation.conftest import SignIn
from tests.moderation.desk import (
    REASON,
    case_of,
    decide,
    decided,
    entries,
    open_page,
    report,
    rows,
    take_up,
)
from tests.threads.page import Page, words

Letters = Callable[..., list[Any]]


def _told(letters: Letters, browser: cast.Browser, member: Member, sentence: str) -> Page:
    """The person concerned has one neutral letter, and reads the sentence and the reason."""
    [letter] = letters(member.email or "")
    assert letter["Subject"] == "A message for you"
    for part in (cast.text_of(letter), cast.html_of(letter)):
        assert REASON not in part
        assert sentence not in part
        assert "Week nine" not in part
    assert cast.link_in(letter) == "/settings/decisions"
    page = Page(browser.get("/settings/decisions"))
    assert sentence in page.main
    assert REASON in page.main
    return page


def _recorded(moderator: Member, decision: Decision, **details: str) -> None:
    entry = entries()[-1]
    assert (entry.actor_id, entry.action) == (moderator.id, f"case.{decision.kind}")
    assert entry.reason == REASON
    assert entry.details == {"case_id": decision.case_id, **details}


# What concerns a post.


@pytest.mark.parametrize(
    ("decision", "before", "after", "sentence"),
    [
        ("hide", {}, {"hidden_at": True, "removed_at": False}, "We have hidden something"),
        ("remove", {}, {"hidden_at": False, "removed_at": True}, "We have taken down something"),
        (
            "restore",
            {"hidden_at": clock.now()},
            {"hidden_at": False},
            "Something you wrote is back",
        ),
        ("restore", {"removed_at": clock.now()}, {"removed_at": False}, "Something you wrote is"),
    ],
)
def test_a_post_is_hidden_taken_down_and_brought_back(
    at_desk: cast.Browser,
    moderator: Member,
    author: cast.Browser,
    caregiver: Member,
    letters: Letters,
    reply: Post,
    decision: str,
    before: dict[str, Any],
    after: dict[str, bool],
    sentence: str,
) -> None:
    for column, value in before.items():
        setattr(reply, column, value)
    made = decided(at_desk, take_up(moderator, reply), decision)
    for column, is_set in after.items():
        assert (getattr(reply, column) is not None) is is_set
    assert (made.member_id, made.moderator_id, made.kind) == (
        caregiver.id,
        moderator.id,
        decision,
    )
    assert case_of(reply).settled_at == made.created_at
    _told(letters, author, caregiver, sentence)
    _recorded(moderator, made)


def test_words_are_taken_out_and_the_old_ones_kept_for_moderators(
    at_desk: cast.Browser,
    moderator: Member,
    author: cast.Browser,
    caregiver: Member,
    letters: Letters,
    reply: Post,
    thread: Thread,
) -> None:
    case = take_up(moderator, reply)
    made = decided(at_desk, case, "edit_out", body="Ask for the nurse.")
    assert reply.body == "Ask for the nurse."
    assert "Marigold" not in author.get(f"/posts/{reply.id}", follow_redirects=True).text
    [kept] = rows_of(PostRevision)
    assert kept.body == "Ask for nurse Marigold."
    assert "Marigold" in at_desk.get(f"/posts/{reply.id}/history").text
    _told(letters, author, caregiver, "We have taken some words out")
    _recorded(moderator, made)
    assert "Marigold" not in str([entry.details for entry in entries()])


def rows_of(table: type[PostRevision]) -> list[PostRevision]:
    db.session.expire_all()
    return list(db.session.query(table))


@pytest.mark.parametrize("body", ["", "   ", "Ask for nurse Marigold.", "x" * 20_001])
def test_what_stays_must_be_a_text_and_another_one(
    at_desk: cast.Browser, moderator: Member, reply: Post, body: str
) -> None:
    answer = decide(at_desk, take_up(moderator, reply), "edit_out", body=body)
    assert answer.status_code == 422
    db.session.expire_all()
    assert (reply.body, rows(Decision)) == ("Ask for nurse Marigold.", [])


def test_words_that_their_author_deleted_do_not_come_back_in_a_quote_to_be_edited(
    at_desk: cast.Browser, reader: cast.Browser, author: cast.Browser, reply: Post, thread: Thread
) -> None:
    quote = f"> [Harbor wrote](/posts/{reply.id}):\n>\n> Ask for nurse Marigold.\n\nI will."
    assert cast.form_post(reader, f"/threads/{thread.id}/reply", {"body": quote}).status_code == 303
    assert cast.form_post(author, f"/posts/{reply.id}/delete").status_code == 303
    quoting = db.session.scalars(select(Post).order_by(Post.id.desc()).limit(1)).one()
    case = report(author, quoting)
    shown = at_desk.get(f"/moderation/cases/{case.id}").text
    assert "Marigold" not in shown
    assert "I will." in shown


def test_quotes_of_what_was_hidden_or_taken_down_go_and_come_back(
    at_desk: cast.Browser, moderator: Member, reader: cast.Browser, reply: Post, thread: Thread
) -> None:
    quote = f"> [Harbor wrote](/posts/{reply.id}):\n>\n> Ask for nurse Marigold.\n\nI will."
    sent = cast.form_post(reader, f"/threads/{thread.id}/reply", {"body": quote})
    assert sent.status_code == 303
    address = f"/threads/{thread.id}-{thread.slug}"
    case = take_up(moderator, reply)
    for decision, there in (("hide", 0), ("restore", 2), ("remove", 0), ("restore", 2)):
        decided(at_desk, case, decision)
        assert reader.get(address).text.count("nurse Marigold") == there


# What concerns a conversation.


@pytest.mark.parametrize(
    ("decision", "column", "is_set", "sentence"),
    [
        ("hide", "hidden_at", True, "We have hidden something you wrote"),
        ("restore", "hidden_at", False, "Something you wrote is back"),
        ("remove", "removed_at", True, "We have taken down something"),
        ("restore", "removed_at", False, "Something you wrote is back"),
        ("lock", "locked_at", True, "A conversation you started is closed"),
        ("unlock", "locked_at", False, "A conversation you started is open"),
        ("pin", "pinned_at", True, "We have pinned a conversation"),
        ("unpin", "pinned_at", False, "A conversation you started is no longer pinned"),
    ],
)
def test_a_mark_on_a_conversation(
    at_desk: cast.Browser,
    moderator: Member,
    reader: cast.Browser,
    patient: Member,
    letters: Letters,
    thread: Thread,
    decision: str,
    column: str,
    is_set: bool,
    sentence: str,
) -> None:
    if not is_set:
        setattr(thread, column, clock.now())
    made = decided(at_desk, take_up(moderator, thread), decision)
    assert (getattr(thread, column) is not None) is is_set
    _told(letters, reader, patient, sentence)
    _recorded(moderator, made)


def test_a_closed_conversation_takes_no_reply(
    at_desk: cast.Browser, moderator: Member, author: cast.Browser, thread: Thread
) -> None:
    decided(at_desk, take_up(moderator, thread), "lock")
    answer = cast.form_post(author, f"/threads/{thread.id}/reply", {"body": "Too late?"})
    assert answer.status_code == 403
    assert "Too late?" in answer.text


def test_a_hidden_conversation_is_there_for_its_author_and_for_nobody_else(
    at_desk: cast.Browser,
    moderator: Member,
    author: cast.Browser,
    reader: cast.Browser,
    thread: Thread,
) -> None:
    decided(at_desk, take_up(moderator, thread), "hide")
    address = f"/threads/{thread.id}-{thread.slug}"
    assert author.get(address).status_code == 404
    assert reader.get(address).status_code == 200
    assert address in Page(reader.get("/settings/decisions")).addresses()


def test_what_was_taken_down_is_named_to_its_author_without_a_way_to_it(
    at_desk: cast.Browser, moderator: Member, reader: cast.Browser, thread: Thread
) -> None:
    decided(at_desk, take_up(moderator, thread), "remove")
    page = Page(reader.get("/settings/decisions"))
    assert "Week nine" in page.main
    assert not any(f"/threads/{thread.id}" in address for address in page.addresses())


def test_a_conversation_is_moved_and_its_author_told_where(
    at_desk: cast.Browser,
    moderator: Member,
    reader: cast.Browser,
    patient: Member,
    letters: Letters,
    thread: Thread,
) -> None:
    case = take_up(moderator, thread)
    options = [
        each.get("value") for each in open_page(at_desk, case).within("topic").iter("option")
    ]
    assert "after-cart" not in options
    made = decided(at_desk, case, "move", topic="trials")
    assert thread.topic_id == cast.topic("trials").id
    page = _told(letters, reader, patient, "We have moved a conversation")
    assert cast.topic("trials").title in page.main
    _recorded(moderator, made, topic="trials", before="after-cart")


def test_a_move_to_a_narrower_topic_takes_readers_along(
    at_desk: cast.Browser, moderator: Member, patient: Member
) -> None:
    thread = cast.make_thread("after-cart", patient, audience="everyone")
    decided(at_desk, take_up(moderator, thread), "move", topic="after-a-loss")
    assert thread.audience == "members"


def test_fewer_people_read_it_and_nobody_more(
    at_desk: cast.Browser,
    moderator: Member,
    client: cast.Browser,
    reader: cast.Browser,
    patient: Member,
    letters: Letters,
) -> None:
    thread = cast.make_thread("after-cart", patient, title="Week nine", audience="everyone")
    case = take_up(moderator, thread)
    made = decided(at_desk, case, "narrow", audience="members")
    assert thread.audience == "members"
    assert client.get(f"/threads/{thread.id}-{thread.slug}").status_code == 404
    _told(letters, reader, patient, "Fewer people can now read")
    _recorded(moderator, made, audience="members", before="everyone")
    assert decide(at_desk, case, "narrow", audience="everyone").status_code == 422
    assert decide(at_desk, case, "narrow", audience="members").status_code == 422


def test_a_hidden_conversation_can_be_narrowed_before_it_comes_back(
    at_desk: cast.Browser, moderator: Member, thread: Thread
) -> None:
    case = take_up(moderator, thread)
    decided(at_desk, case, "hide")
    decided(at_desk, case, "narrow", audience="caregivers")
    assert (thread.audience, thread.hidden_at is not None) == ("caregivers", True)


def test_the_opening_has_what_concerns_it_and_its_conversation(
    at_desk: cast.Browser, moderator: Member, thread: Thread
) -> None:
    opening = cast.first_post(thread)
    case = take_up(moderator, opening)
    decided(at_desk, case, "lock")
    assert thread.locked_at is not None
    decided(at_desk, case, "hide")
    assert (opening.hidden_at is not None, thread.hidden_at) == (True, None)


# What concerns a person, and nobody.


def test_a_warning_changes_nothing_but_is_told(
    at_desk: cast.Browser,
    moderator: Member,
    author: cast.Browser,
    caregiver: Member,
    letters: Letters,
) -> None:
    made = decided(at_desk, take_up(moderator, caregiver), "warn")
    assert caregiver.suspended_until is None
    _told(letters, author, caregiver, "A moderator asks you to change something.")
    _recorded(moderator, made)


def test_leaving_it_is_told_to_those_who_reported_and_not_to_the_author(
    at_desk: cast.Browser,
    moderator: Member,
    reader: cast.Browser,
    author: cast.Browser,
    letters: Letters,
    reply: Post,
) -> None:
    case = report(reader, reply, "unkind")
    assert "It waits for a moderator." in reader.get("/settings/decisions").text
    cast.form_post(at_desk, f"/moderation/cases/{case.id}/claim")
    assert "A moderator is looking at it." in reader.get("/settings/decisions").text
    made = decided(at_desk, case, "no_action")
    assert not made.told
    assert letters() == []
    assert "Somebody has looked" in reader.get("/settings/decisions").text
    theirs = author.get("/settings/decisions").text
    assert REASON not in theirs
    assert "will be here" in theirs
    _recorded(moderator, made)


# What every decision has in common.

NEEDS = {
    "suspend": {"until": str(clock.now().date() + timedelta(days=3))},
    "move": {"topic": "trials"},
    "narrow": {"audience": "caregivers"},
    "edit_out": {"body": "Less."},
}
BEFORE = {"unlock": "locked_at", "unpin": "pinned_at"}


@pytest.mark.parametrize(
    "kind", [kind for kind in DecisionKind if kind is not DecisionKind.NO_ACTION]
)
def test_every_decision_needs_a_reason(
    at_desk: cast.Browser, moderator: Member, thread: Thread, patient: Member, kind: DecisionKind
) -> None:
    subject = cast.first_post(thread)
    if kind in BEFORE:
        setattr(thread, BEFORE[kind], clock.now())
    if kind is DecisionKind.RESTORE:
        subject.hidden_at = clock.now()
    if kind is DecisionKind.LIFT:
        patient.suspended_until = clock.now() + timedelta(days=1)
    case = take_up(moderator, subject)
    for empty in ("", "  \n "):
        answer = decide(at_desk, case, kind, empty, note="Kept.", **NEEDS.get(kind, {}))
        assert answer.status_code == 422
        assert "Please give a reason." in answer.text
        assert "Kept." in answer.text
    assert rows(Decision) == []
    assert rows(CaseNote) == []
    assert decide(at_desk, case, kind, **NEEDS.get(kind, {})).status_code == 303


@pytest.mark.parametrize(
    ("decision", "sent", "sentence"),
    [
        ("move", {}, "Please choose the topic it moves to."),
        ("move", {"topic": "nowhere"}, "Not a valid choice."),
        ("narrow", {}, "Please choose who can read it."),
        ("suspend", {}, "Please choose the last day of the pause."),
        ("suspend", {"until": "soon"}, "Please write the day like 2027-03-31."),
        ("suspend", {"until": "2001-01-01"}, "Please choose a day from today"),
        ("suspend", {"until": "2999-01-01"}, "Please choose a day from today"),
    ],
)
def test_what_a_decision_needs_is_asked_for_beside_its_field(
    at_desk: cast.Browser,
    moderator: Member,
    thread: Thread,
    decision: str,
    sent: dict[str, str],
    sentence: str,
) -> None:
    answer = decide(at_desk, take_up(moderator, thread), decision, **sent)
    assert answer.status_code == 422
    assert sentence in Page(answer).main
    assert REASON in answer.text
    assert rows(Decision) == []


def test_fields_of_other_decisions_have_no_say(
    at_desk: cast.Browser, moderator: Member, thread: Thread, patient: Member
) -> None:
    more = {"until": "soon", "topic": "nowhere", "audience": "nobody", "body": "x"}
    decided(at_desk, take_up(moderator, thread), "lock", **more)
    assert (patient.suspended_until, thread.audience) == (None, "members")


def test_a_note_alone_decides_nothing_and_can_follow_a_choice(
    at_desk: cast.Browser, moderator: Member, reply: Post
) -> None:
    case = take_up(moderator, reply)
    address = f"/moderation/cases/{case.id}"
    for sent in (
        {"note": "First look."},
        {"note": "Second look.", "decision": "remove", "note_only": "y"},
    ):
        answer = cast.form_post(at_desk, address, sent)
        assert (answer.status_code, answer.location) == (303, address)
    assert [note.body for note in rows(CaseNote)] == ["First look.", "Second look."]
    assert rows(Decision) == []
    assert case_of(reply).settled_at is None
    notes = words(open_page(at_desk, case).within("notes"))
    assert "First look.Beacon" in notes


def test_an_empty_form_is_asked_for_a_decision_or_a_note(
    at_desk: cast.Browser, moderator: Member, reply: Post
) -> None:
    case = take_up(moderator, reply)
    answer = cast.form_post(at_desk, f"/moderation/cases/{case.id}", {"note": " "})
    assert answer.status_code == 422
    assert "Please choose a decision, or write a note." in answer.text


def test_a_note_goes_with_a_decision_and_no_member_sees_it(
    at_desk: cast.Browser, moderator: Member, author: cast.Browser, letters: Letters, reply: Post
) -> None:
    decided(at_desk, take_up(moderator, reply), "hide", note="Third time. Watch this one.")
    assert [note.body for note in rows(CaseNote)] == ["Third time. Watch this one."]
    seen = author.get("/settings/decisions").text + cast.text_of(letters()[0])
    assert "Watch this one" not in seen
    assert "Watch this one" not in at_desk.get("/moderation/log").text


def test_a_settled_case_can_be_decided_otherwise(
    at_desk: cast.Browser, moderator: Member, reply: Post
) -> None:
    case = take_up(moderator, reply)
    decided(at_desk, case, "hide")
    assert "This case is settled." in open_page(at_desk, case).main
    decided(at_desk, case, "restore")
    assert [row.kind for row in rows(Decision)] == ["hide", "restore"]
    assert reply.hidden_at is None


def test_a_decision_takes_the_case_from_whoever_had_it(
    at_desk: cast.Browser, second_moderator: Member, sign_in: SignIn, reply: Post
) -> None:
    case = take_up(second_moderator, reply)
    decided(at_desk, case, "hide")
    assert (case_of(reply).claimed_by_id, case_of(reply).claimed_at) == (None, None)


def test_a_case_that_never_was_is_not_found(at_desk: cast.Browser) -> None:
    assert at_desk.get("/moderation/cases/77").status_code == 404
    for address in ("/moderation/cases/77", "/moderation/cases/77/claim"):
        assert cast.form_post(at_desk, address, {"decision": "hide"}).status_code == 404
