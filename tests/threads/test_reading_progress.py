"""How far a member has read: recorded by a beacon, shown as what is new, never moved back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from forum.accounts.models import Member
from forum.core import clock
from forum.extensions import db
from forum.threads.models import ThreadRead
from tests import cast
from tests.threads.page import Page

Make = Callable[..., Any]
SignIn = Callable[[Member], cast.Browser]


@pytest.fixture
def thread(caregiver: Member, make_thread: Make, make_post: Make) -> Any:
    """25 posts, on two pages."""
    thread = make_thread("trials", caregiver)
    for _ in range(24):
        make_post(thread, caregiver)
    return thread


def _beacon(reader: cast.Browser, thread: Any, number: object) -> int:
    answer = cast.form_post(reader, f"/threads/{thread.id}/read", {"number": number})
    return int(answer.status_code)


def _place(member: Member, thread: Any) -> int | None:
    db.session.rollback()
    wanted = select(ThreadRead.last_number).where(
        ThreadRead.member_id == member.id, ThreadRead.thread_id == thread.id
    )
    return db.session.scalar(wanted)


def _open(reader: cast.Browser, thread: Any, query: str = "") -> Page:
    return Page(reader.get(f"/threads/{thread.id}-{thread.slug}{query}"))


def test_the_beacon_moves_a_members_place_forward_and_never_back(
    sign_in: SignIn, patient: Member, thread: Any
) -> None:
    reader = sign_in(patient)
    assert _beacon(reader, thread, 10) == 204
    assert _place(patient, thread) == 10
    assert _beacon(reader, thread, 4) == 204
    assert _place(patient, thread) == 10
    assert _beacon(reader, thread, 25) == 204
    assert _place(patient, thread) == 25


def test_the_beacon_cannot_run_ahead_of_the_conversation(
    sign_in: SignIn, patient: Member, thread: Any
) -> None:
    assert _beacon(sign_in(patient), thread, 4000) == 204
    assert _place(patient, thread) == 25


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "99999999999"])
def test_a_beacon_without_a_number_records_nothing(
    sign_in: SignIn, patient: Member, thread: Any, number: str
) -> None:
    assert _beacon(sign_in(patient), thread, number) == 404
    assert _place(patient, thread) is None


def test_a_beacon_works_only_where_its_sender_may_read(
    client: cast.Browser, sign_in: SignIn, patient: Member, suspended: Member, thread: Any
) -> None:
    assert _beacon(client, thread, 1) == 401
    assert _beacon(sign_in(suspended), thread, 1) == 403
    thread.audience = "caregivers"
    assert _beacon(sign_in(patient), thread, 1) == 404


def test_opening_a_page_records_nothing(sign_in: SignIn, patient: Member, thread: Any) -> None:
    _open(sign_in(patient), thread)
    assert _place(patient, thread) is None


def test_a_line_stands_before_the_first_new_post_and_leads_there_from_other_pages(
    sign_in: SignIn, patient: Member, thread: Any
) -> None:
    db.session.add(
        ThreadRead(member_id=patient.id, thread_id=thread.id, last_number=22, read_at=clock.now())
    )
    reader = sign_in(patient)
    second = _open(reader, thread, "?page=2")
    ids = [each.get("id") for each in second.root.iter() if each.get("id")]
    assert ids.index("post-22") < ids.index("new") < ids.index("post-23")
    assert "3 new since your last visit" in second.main
    first = _open(reader, thread)
    assert not first.has("new")
    address = f"/threads/{thread.id}-{thread.slug}?page=2#post-23"
    assert first.targets("Go to the first of 3 new posts") == [address]
    jump = reader.get(f"/threads/{thread.id}-{thread.slug}?unread=1")
    assert (jump.status_code, jump.location) == (302, address)


def test_nothing_is_new_on_a_first_visit_or_when_all_was_read(
    client: cast.Browser, sign_in: SignIn, patient: Member, thread: Any
) -> None:
    reader = sign_in(patient)
    first_visit = _open(reader, thread)
    assert "since your last visit" not in first_visit.main
    start = f"/threads/{thread.id}-{thread.slug}"
    assert reader.get(f"{start}?unread=1").location == f"{start}#post-1"
    _beacon(reader, thread, 25)
    assert "since your last visit" not in _open(reader, thread, "?page=2").main
    assert reader.get(f"{start}?unread=1").location == f"{start}?page=2#post-25"


def test_the_page_tells_the_script_of_members_what_to_record_and_visitors_nothing(
    client: cast.Browser, sign_in: SignIn, patient: Member, thread: Any
) -> None:
    page = _open(sign_in(patient), thread)
    assert f'data-read-url="/threads/{thread.id}/read"' in page.html
    assert page.within("post-20").get("data-last-post") == "20"
    thread.audience = "everyone"
    assert "data-read-url" not in _open(client, thread).html
