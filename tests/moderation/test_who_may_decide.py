"""Who may decide about whom, and what: the table of people, subjects and decisions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.core import clock
from forum.extensions import db
from forum.moderation.circumstances import circumstances_of
from forum.moderation.decisions import DecisionKind
from forum.moderation.models import Case, Decision
from forum.moderation.policy import may_handle, may_take, open_to
from forum.moderation.subjects import find_subject, subject_of
from forum.threads.models import Post, Thread
from tests import cast
from tests.moderation.conftest import SignIn
from tests.moderation.desk import (
    REASON,
    case_of,
    decide,
    decided,
    kind_of,
    offered,
    open_page,
    rows,
    take_up,
)

K = DecisionKind
PERSON = {K.WARN, K.SUSPEND}
STAFF_ONLY = "This page is for moderators."
YOURSELF = "This case concerns you."
ADMINISTRATOR = "Moderators cannot decide about an administrator."

PEOPLE = {
    "a member": {},
    "a welcomer": {"rank": "welcomer"},
    "an editor": {"rank": "editor"},
    "a moderator": {"rank": "moderator"},
    "a paused moderator": {
        "rank": "moderator",
        "suspended_until": clock.now() + timedelta(days=365 * 50),
    },
    "an administrator": {"rank": "administrator"},
}
AUTHORS = {
    "a member": {},
    "a welcomer": {"rank": "welcomer"},
    "another moderator": {"rank": "moderator"},
    "an administrator": {"rank": "administrator"},
    "themself": None,
}


def _refusal(person: str, author: str) -> str:
    """The rule of the house: the sentence that refuses, or nothing."""
    if person == "a paused moderator":
        return "Your account is paused"
    if person not in ("a moderator", "an administrator"):
        return STAFF_ONLY
    if author == "themself":
        return YOURSELF
    return ADMINISTRATOR if (person, author) == ("a moderator", "an administrator") else ""


@pytest.mark.parametrize(("person", "author"), list(product(PEOPLE, AUTHORS)))
def test_every_refusal_has_its_sentence(
    sign_in: SignIn, administrator: Member, person: str, author: str
) -> None:
    who = cast.make_member("Actor", **PEOPLE[person])
    about = AUTHORS[author]
    whose = who if about is None else cast.make_member("Writer", **about)
    thread = cast.make_thread("after-cart", whose)
    case = take_up(administrator, thread)
    answer = decide(sign_in(who), case, "lock")
    refusal = _refusal(person, author)
    if refusal:
        assert answer.status_code == 403
        assert refusal in answer.text
        assert REASON in answer.text, "the words are kept"
        assert rows(Decision) == []
        assert thread.locked_at is None
    else:
        assert answer.status_code == 303
        assert [row.moderator_id for row in rows(Decision)] == [who.id]


def test_a_visitor_decides_nothing(client: cast.Browser, moderator: Member, thread: Thread) -> None:
    case = take_up(moderator, thread)
    assert decide(client, case, "lock").status_code == 401
    assert client.get("/moderation").location.startswith("/sign-in")


def test_two_administrators_can_decide_about_each_other(
    sign_in: SignIn, administrator: Member, moderator: Member
) -> None:
    other = cast.make_member("Warden", rank="administrator")
    thread = cast.make_thread("after-cart", other)
    case = take_up(moderator, thread)
    decided(sign_in(administrator), case, "lock")


def test_a_case_about_oneself_shows_neither_reports_nor_notes_and_is_not_in_ones_list(
    sign_in: SignIn, moderator: Member, reader: cast.Browser, second_at_desk: cast.Browser
) -> None:
    thread = cast.make_thread("after-cart", moderator, title="My own week")
    cast.form_post(
        reader, f"/threads/{thread.id}/report", {"reason": "unkind", "details": "In confidence."}
    )
    case = case_of(thread)
    browser = sign_in(moderator)
    for answer in (
        browser.get(f"/moderation/cases/{case.id}"),
        cast.form_post(browser, f"/moderation/cases/{case.id}/claim"),
        cast.form_post(browser, f"/moderation/cases/{case.id}/release"),
        cast.form_post(browser, f"/moderation/cases/{case.id}", {"note": "It was not me."}),
        browser.get(f"/moderation/open/thread/{thread.id}"),
        cast.form_post(browser, f"/moderation/open/thread/{thread.id}"),
    ):
        assert answer.status_code == 403
        assert YOURSELF in answer.text
        assert "In confidence." not in answer.text
    assert "My own week" not in browser.get("/moderation").text
    assert "My own week" in second_at_desk.get("/moderation").text


def test_a_moderator_reads_and_notes_what_only_an_administrator_can_decide(
    at_desk: cast.Browser, administrator: Member, reader: cast.Browser
) -> None:
    thread = cast.make_thread("after-cart", administrator)
    cast.form_post(reader, f"/threads/{thread.id}/report", {"reason": "unkind"})
    case = case_of(thread)
    page = open_page(at_desk, case)
    assert ADMINISTRATOR in page.main
    assert offered(page) == []
    answer = cast.form_post(at_desk, f"/moderation/cases/{case.id}", {"note": "Please look."})
    assert answer.status_code == 303
    assert "Please look." in open_page(at_desk, case).main
    assert decide(at_desk, case, "no_action").status_code == 403


@pytest.mark.parametrize("person", PEOPLE)
def test_the_rule_for_one_case_and_for_the_list_are_the_same(
    administrator: Member, caregiver: Member, person: str
) -> None:
    who = cast.make_member("Actor", **PEOPLE[person])
    for writer in (who, caregiver):
        case = take_up(administrator, cast.make_thread("after-cart", writer))
        listed = db.session.scalars(select(Case.id).where(open_to(cast.viewer_of(who))))
        one = may_handle(cast.viewer_of(who), subject_of(case))
        assert (case.id in listed.all()) is bool(one)


# What fits a subject in the state it is in.

NOW = clock.now()
POST_AS_IT_IS = {K.HIDE, K.REMOVE, K.EDIT_OUT}
THREAD_AS_IT_IS = {K.LOCK, K.MOVE, K.PIN, K.NARROW}

Made = Callable[[Member], Post | Thread | Member]


def _reply(author: Member, **columns: object) -> Post:
    thread = cast.make_thread("after-cart", cast.make_member("Opener"))
    return cast.make_post(thread, author, **columns)


def _opening(author: Member, **columns: object) -> Post:
    return cast.first_post(cast.make_thread("after-cart", author, **columns))


def _thread(author: Member, **columns: object) -> Thread:
    thread = cast.make_thread("after-cart", author, **columns)
    cast.make_post(thread, cast.make_member("Answerer"))
    return thread


def _with_its_only_post_deleted(author: Member, minutes: int) -> Thread:
    gone = clock.now() - timedelta(minutes=minutes)
    thread = cast.make_thread("after-cart", author, removed_at=gone)
    cast.first_post(thread).deleted_at = gone
    return thread


def _ago(minutes: int) -> dict[str, object]:
    return {"deleted_at": clock.now() - timedelta(minutes=minutes)}


STATES: dict[str, tuple[Made, set[DecisionKind]]] = {
    "a reply": (lambda author: _reply(author), POST_AS_IT_IS | PERSON),
    "a hidden reply": (
        lambda author: _reply(author, hidden_at=NOW),
        {K.RESTORE, K.REMOVE, K.EDIT_OUT} | PERSON,
    ),
    "a reply taken down": (lambda author: _reply(author, removed_at=NOW), {K.RESTORE} | PERSON),
    "a reply hidden and then taken down": (
        lambda author: _reply(author, hidden_at=NOW, removed_at=NOW),
        {K.RESTORE} | PERSON,
    ),
    "a reply its author just deleted": (
        lambda author: _reply(author, **_ago(3)),
        {K.REMOVE} | PERSON,
    ),
    "a reply its author deleted an hour ago": (lambda author: _reply(author, **_ago(60)), PERSON),
    "an opening": (lambda author: _opening(author), POST_AS_IT_IS | THREAD_AS_IT_IS | PERSON),
    "a conversation": (
        lambda author: _thread(author),
        {K.HIDE, K.REMOVE} | THREAD_AS_IT_IS | PERSON,
    ),
    "a closed and pinned conversation": (
        lambda author: _thread(author, locked_at=NOW, pinned_at=NOW),
        {K.HIDE, K.REMOVE, K.UNLOCK, K.MOVE, K.UNPIN, K.NARROW} | PERSON,
    ),
    "a conversation for caregivers": (
        lambda author: _thread(author, audience="caregivers"),
        {K.HIDE, K.REMOVE, K.LOCK, K.MOVE, K.PIN} | PERSON,
    ),
    "a hidden conversation": (
        lambda author: _thread(author, hidden_at=NOW),
        {K.RESTORE, K.REMOVE} | THREAD_AS_IT_IS | PERSON,
    ),
    "a conversation taken down": (
        lambda author: _thread(author, removed_at=NOW),
        {K.RESTORE} | PERSON,
    ),
    "a conversation just deleted with its only post": (
        lambda author: _with_its_only_post_deleted(author, 3),
        {K.REMOVE} | PERSON,
    ),
    "a conversation deleted an hour ago": (
        lambda author: _with_its_only_post_deleted(author, 60),
        PERSON,
    ),
    "a member": (lambda author: author, PERSON),
}


@pytest.mark.parametrize("state", STATES)
def test_only_what_fits_is_offered_and_taken(
    app: Flask, at_desk: cast.Browser, moderator: Member, state: str
) -> None:
    make, fitting = STATES[state]
    subject = make(cast.make_member("Writer"))
    case = take_up(moderator, subject)
    expected = {K.NO_ACTION} | fitting
    assert set(offered(open_page(at_desk, case))) == {kind.value for kind in expected}
    found = find_subject(kind_of(subject), subject.id)
    about = circumstances_of(case, found)
    viewer = cast.viewer_of(moderator)
    assert {kind for kind in K if may_take(viewer, found, about, kind)} == expected


def test_a_pause_that_is_over_is_not_lifted(
    at_desk: cast.Browser, moderator: Member, caregiver: Member
) -> None:
    case = take_up(moderator, caregiver)
    for days, there in ((-1, False), (1, True)):
        caregiver.suspended_until = clock.now() + timedelta(days=days)
        db.session.commit()
        assert ("lift" in offered(open_page(at_desk, case))) is there


def test_nobody_warns_or_pauses_the_forum_itself(
    at_desk: cast.Browser, moderator: Member, make_member: Callable[..., Member]
) -> None:
    thread = cast.make_thread("welcome", make_member("TheHouse", is_system=True))
    page = open_page(at_desk, take_up(moderator, thread))
    assert {"lock", "move", "hide"} <= set(offered(page))
    assert not {"warn", "suspend"} & set(offered(page))


def test_nobody_warns_or_pauses_who_has_left(
    at_desk: cast.Browser, moderator: Member, reply: Post, caregiver: Member
) -> None:
    case = take_up(moderator, reply)
    caregiver.erased_at, caregiver.username = clock.now(), "former_3f"
    db.session.commit()
    page = open_page(at_desk, case)
    assert not {"warn", "suspend"} & set(offered(page))
    assert "Former member" in page.main
    assert "former_3f" not in page.html


@pytest.mark.parametrize("decision", ["restore", "lift", "unlock", "dance", ""])
def test_a_decision_that_does_not_fit_comes_back_with_the_words(
    at_desk: cast.Browser, moderator: Member, reply: Post, decision: str
) -> None:
    case = take_up(moderator, reply)
    answer = decide(at_desk, case, decision)
    assert answer.status_code == 422
    assert REASON in answer.text
    assert rows(Decision) == []
