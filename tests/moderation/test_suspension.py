"""A paused account: out at once, back to read why, to answer, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select

from forum.accounts.models import Member, SignIn
from forum.core import clock
from forum.extensions import db
from forum.threads.models import Post, Thread
from tests import cast
from tests.moderation.conftest import SignIn as SignInAs
from tests.moderation.desk import (
    REASON,
    answer_word,
    case_of,
    decided,
    entries,
    newest_decision,
    take_up,
)
from tests.threads.page import Page

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LAST_DAY = "2026-11-24"


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOON, tick=True) as traveller:
        yield traveller


@pytest.fixture
def pause(at_desk: cast.Browser, moderator: Member, caregiver: Member) -> Callable[[], None]:
    """`pause()` pauses the account of Harbor until the 24th is over."""

    def do() -> None:
        decided(at_desk, take_up(moderator, caregiver), "suspend", until=LAST_DAY)

    return do


def test_a_pause_ends_the_visits_at_once_and_only_theirs(
    author: cast.Browser,
    reader: cast.Browser,
    caregiver: Member,
    pause: Callable[[], None],
    letters: Callable[..., Any],
) -> None:
    assert author.get("/settings/account").status_code == 200
    pause()
    assert caregiver.suspended_until == datetime(2026, 11, 25, tzinfo=UTC)
    assert author.get("/settings/account").location.startswith("/sign-in")
    assert reader.get("/settings/account").status_code == 200
    open_visits = select(func.count(SignIn.id)).where(SignIn.member_id == caregiver.id)
    assert db.session.scalar(open_visits) == 0
    [letter] = letters(caregiver.email)
    assert "paused" not in cast.text_of(letter)
    assert entries()[-1].details["until"] == "2026-11-25T00:00:00+00:00"


def test_who_is_paused_signs_in_reads_why_and_answers(
    client: cast.Browser,
    caregiver: Member,
    pause: Callable[[], None],
    second_at_desk: cast.Browser,
) -> None:
    pause()
    sent = {"login": "Harbor", "password": cast.PASSWORD, "next": "/settings/decisions"}
    answer = cast.form_post(client, "/sign-in", sent)
    assert (answer.status_code, answer.location) == (303, "/settings/decisions")
    page = Page(client.get("/settings/decisions"))
    assert "Your account is paused until 25 November." in page.main
    assert REASON in page.main
    made = newest_decision()
    assert cast.form_post(client, "/settings/decisions/seen", {"up_to": str(made.id)}).location
    assert answer_word(client, made, "I am sorry.").status_code == 303
    assert case_of(caregiver).settled_at is None
    decided(second_at_desk, case_of(caregiver), "lift")
    assert caregiver.suspended_until is None


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/threads/{thread}/reply", {"body": "I go on."}),
        ("/topics/after-cart/new", {"title": "I go on", "body": "And on."}),
        ("/posts/{post}/edit", {"body": "I go on."}),
        ("/posts/{post}/report", {"reason": "spam", "details": "I go on."}),
        ("/members/Maple/report", {"reason": "spam", "details": "I go on."}),
    ],
)
def test_who_is_paused_writes_nothing_and_is_told_until_when(
    sign_in: SignInAs,
    caregiver: Member,
    pause: Callable[[], None],
    thread: Thread,
    reply: Post,
    address: str,
    sent: dict[str, str],
) -> None:
    pause()
    url = address.format(thread=thread.id, post=reply.id)
    answer = cast.form_post(sign_in(caregiver), url, sent)
    assert answer.status_code == 403
    assert "Your account is paused until 25 November." in answer.text
    assert "I go on" in answer.text
    db.session.expire_all()
    assert thread.last_number == 2


def test_a_pause_is_over_after_its_last_day(
    sign_in: SignInAs, caregiver: Member, pause: Callable[[], None], thread: Thread, at_noon: Any
) -> None:
    pause()
    browser = sign_in(caregiver)
    address = f"/threads/{thread.id}/reply"
    at_noon.move_to(datetime(2026, 11, 24, 23, 59, tzinfo=UTC))
    assert cast.form_post(browser, address, {"body": "Too early."}).status_code == 403
    at_noon.move_to(datetime(2026, 11, 25, 0, 0, 1, tzinfo=UTC))
    assert cast.form_post(browser, address, {"body": "I am back."}).status_code == 303


def test_the_last_day_is_that_of_the_moderators_own_clock(
    at_desk: cast.Browser, moderator: Member, caregiver: Member
) -> None:
    moderator.time_zone = "America/New_York"
    db.session.commit()
    decided(at_desk, take_up(moderator, caregiver), "suspend", until=LAST_DAY)
    assert caregiver.suspended_until == datetime(2026, 11, 25, 5, tzinfo=UTC)


def test_lifting_the_pause_lets_them_write_again(
    at_desk: cast.Browser,
    sign_in: SignInAs,
    caregiver: Member,
    pause: Callable[[], None],
    thread: Thread,
) -> None:
    pause()
    decided(at_desk, case_of(caregiver), "lift")
    browser = sign_in(caregiver)
    answer = cast.form_post(browser, f"/threads/{thread.id}/reply", {"body": "Thank you."})
    assert answer.status_code == 303
    page = Page(browser.get("/settings/decisions"))
    assert "Your account is no longer paused." in page.main


def test_a_second_pause_replaces_the_first(
    at_desk: cast.Browser, caregiver: Member, pause: Callable[[], None]
) -> None:
    pause()
    decided(at_desk, case_of(caregiver), "suspend", until="2026-12-01")
    assert caregiver.suspended_until == datetime(2026, 12, 2, tzinfo=UTC)


def test_a_paused_moderator_moderates_nothing(
    at_desk: cast.Browser, sign_in: SignInAs, moderator: Member, second_moderator: Member
) -> None:
    decided(at_desk, take_up(moderator, second_moderator), "suspend", until=LAST_DAY)
    answer = sign_in(second_moderator).get("/moderation")
    assert answer.status_code == 403
    assert "paused until" in answer.text


def test_a_pause_may_last_a_day_and_at_most_a_year(
    at_desk: cast.Browser, moderator: Member, caregiver: Member
) -> None:
    case = take_up(moderator, caregiver)
    today = clock.now().date()
    decided(at_desk, case, "suspend", until=str(today))
    decided(at_desk, case, "suspend", until=str(today + timedelta(days=366)))
