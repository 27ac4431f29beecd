"""Members as others see them: profiles, blocks, ranks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from forum.accounts.drawing import rerender_batch
from forum.accounts.models import Block, Member
from forum.audit.models import AuditEntry
from forum.core import clock
from forum.core.markup import MAX_LENGTH
from forum.extensions import db
from tests import cast
from tests.accounts.stage import count

SignedIn = Callable[[Member], cast.Browser]


def _post(browser: cast.Browser, path: str, **sent: Any) -> Any:
    return cast.form_post(browser, path, sent)


# ---------------------------------------------------------------- profile


def test_a_profile_shows_relation_words_and_the_month_of_joining(
    patient: Member, caregiver: Member, sign_in: SignedIn
) -> None:
    sent = {"relation": ["patient", "bereaved"], "about": "I **knit** at three in the morning."}
    answer = cast.form_post(sign_in(patient), "/settings/profile", sent)
    assert (answer.status_code, answer.location) == (303, "/members/Maple")
    page = sign_in(caregiver).get("/members/Maple").text
    assert "<strong>knit</strong>" in page
    assert "Patient" in page
    assert "Bereaved" in page
    assert f"Here since {patient.joined_at:%B %Y}" in page
    assert "maple@mail.example" not in page


def test_a_profile_is_for_members(client: cast.Browser, patient: Member) -> None:
    known, unknown = client.get("/members/Maple"), client.get("/members/Nobody")
    assert (known.status_code, unknown.status_code) == (302, 302)
    assert known.location.startswith("/sign-in?next=")


def test_what_is_written_about_oneself_cannot_carry_a_script(
    patient: Member, sign_in: SignedIn
) -> None:
    browser = sign_in(patient)
    _post(browser, "/settings/profile", about="<script>alert(1)</script> [x](javascript:alert(1))")
    page = browser.get("/members/Maple").text
    assert "<script>alert" not in page
    assert "javascript:alert" not in page.replace("(javascript:alert(1))", "")


def test_six_hundred_characters_are_enough(patient: Member, sign_in: SignedIn) -> None:
    browser = sign_in(patient)
    assert _post(browser, "/settings/profile", about="a" * 600).status_code == 303
    answer = _post(browser, "/settings/profile", about="b" * 601)
    assert answer.status_code == 422
    assert "b" * 601 in answer.text
    assert _post(browser, "/settings/profile", about="c" * MAX_LENGTH * 2).status_code == 422


def test_a_text_that_an_older_renderer_drew_is_drawn_anew(
    patient: Member, caregiver: Member
) -> None:
    patient.about, patient.about_html, patient.about_version = "I *knit*.", "old", 0
    assert rerender_batch(10) == 1
    db.session.refresh(patient)
    assert "<em>knit</em>" in patient.about_html
    assert rerender_batch(10) == 0


def test_relations_change_and_may_be_none(patient: Member, sign_in: SignedIn) -> None:
    _post(sign_in(patient), "/settings/profile", about="")
    db.session.refresh(patient)
    assert patient.relations == frozenset()


def test_the_address_of_a_profile_has_one_spelling(
    patient: Member, caregiver: Member, sign_in: SignedIn
) -> None:
    assert sign_in(caregiver).get("/members/mApLe").location == "/members/Maple"


@pytest.mark.parametrize("name", ["Nobody", "%00", "a%20b", "x" * 100, "former_1234"])
def test_a_name_that_nobody_has_is_not_there(patient: Member, sign_in: SignedIn, name: str) -> None:
    assert sign_in(patient).get(f"/members/{name}").status_code == 404


def test_who_left_has_no_profile(
    patient: Member, sign_in: SignedIn, make_member: Callable[..., Member]
) -> None:
    make_member("former_12ab", erased_at=clock.now())
    assert sign_in(patient).get("/members/former_12ab").status_code == 404


def test_a_profile_costs_the_same_for_everybody(
    patient: Member, caregiver: Member, sign_in: SignedIn, count_queries: Callable[..., Any]
) -> None:
    browser = sign_in(patient)
    browser.get("/settings")
    with count_queries() as plain:
        browser.get("/settings")
    with count_queries() as statements:
        browser.get("/members/Harbor")
    # One more than a page that shows nothing of its own.
    assert len(statements) == len(plain) + 1


# ---------------------------------------------------------------- blocks


def test_a_member_blocks_another_and_takes_it_back(
    patient: Member, caregiver: Member, sign_in: SignedIn
) -> None:
    browser = sign_in(patient)
    answer = _post(browser, "/members/Harbor/block")
    assert (answer.status_code, answer.location) == (303, "/members/Harbor")
    row = db.session.scalars(select(Block)).one()
    assert (row.blocker_id, row.blocked_id) == (patient.id, caregiver.id)
    assert "/members/Harbor/unblock" in browser.get("/members/Harbor").text
    assert "Harbor" in browser.get("/settings/blocks").text
    _post(browser, "/members/Harbor/unblock")
    assert count(Block) == 0
    assert "You have not blocked anybody." in browser.get("/settings/blocks").text


def test_blocking_twice_is_blocking_once(
    patient: Member, caregiver: Member, sign_in: SignedIn
) -> None:
    browser = sign_in(patient)
    for _ in range(2):
        assert _post(browser, "/members/Harbor/block").status_code == 303
    assert count(Block) == 1


def test_the_blocked_are_not_told(
    patient: Member, blocked: Member, sign_in: SignedIn, letters: cast.MailFolder
) -> None:
    page = sign_in(blocked).get("/members/Maple").text
    assert "/members/Maple/block" in page
    assert "has blocked" not in page
    assert letters() == []


def test_unblocking_from_the_list_leads_back_to_it(
    patient: Member, blocked: Member, sign_in: SignedIn
) -> None:
    answer = _post(sign_in(patient), "/members/Bramble/unblock", next="/settings/blocks")
    assert answer.location == "/settings/blocks"
    answer = _post(sign_in(patient), "/members/Bramble/block", next="//evil.example")
    assert answer.location == "/"


def test_moderators_and_oneself_cannot_be_blocked(
    patient: Member, moderator: Member, sign_in: SignedIn
) -> None:
    browser = sign_in(patient)
    answer = _post(browser, "/members/Beacon/block")
    assert answer.status_code == 403
    assert "Moderators cannot be blocked" in answer.text
    assert "/members/Beacon/block" not in browser.get("/members/Beacon").text
    assert _post(browser, "/members/Maple/block").status_code == 403
    assert _post(browser, "/members/Nobody/block").status_code == 404
    assert count(Block) == 0


def test_a_visitor_and_a_suspended_member_block_nobody(
    client: cast.Browser, caregiver: Member, suspended: Member, sign_in: SignedIn
) -> None:
    assert _post(client, "/members/Harbor/block").status_code == 401
    assert _post(sign_in(suspended), "/members/Harbor/block").status_code == 403
    assert count(Block) == 0


def test_the_list_of_blocks_costs_the_same_however_long(
    patient: Member,
    sign_in: SignedIn,
    make_member: Callable[..., Member],
    count_queries: Callable[..., Any],
) -> None:
    browser = sign_in(patient)
    browser.get("/settings/blocks")
    with count_queries() as few:
        browser.get("/settings/blocks")
    for number in range(12):
        other = make_member(f"Other_{number}")
        row = Block(blocker_id=patient.id, blocked_id=other.id, created_at=clock.now())
        db.session.add(row)
    with count_queries() as many:
        assert "Other_11" in browser.get("/settings/blocks").text
    assert len(few) == len(many)


# ---------------------------------------------------------------- ranks


def test_an_administrator_gives_a_rank_and_it_is_written_down_and_told(
    patient: Member, administrator: Member, sign_in: SignedIn, letters: cast.MailFolder
) -> None:
    browser = sign_in(administrator)
    assert "/members/Maple/rank" in browser.get("/members/Maple").text
    answer = _post(browser, "/members/Maple/rank", rank="welcomer", reason="She asked to help.")
    assert (answer.status_code, answer.location) == (303, "/members/Maple")
    db.session.refresh(patient)
    assert patient.rank == "welcomer"
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.actor_id, entry.subject_id, entry.reason) == (
        "rank.given",
        administrator.id,
        patient.id,
        "She asked to help.",
    )
    assert entry.details == {"rank": "welcomer", "before": "member"}
    assert "You are now: Welcomer" in " ".join(cast.text_of(letters()[0]).split())


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"rank": "moderator", "reason": ""}, "reason"),
        ({"rank": "king", "reason": "Why not."}, "rank"),
        ({"rank": "moderator", "reason": "x" * 501}, "reason"),
    ],
)
def test_a_rank_needs_a_name_and_a_reason(
    patient: Member, administrator: Member, sign_in: SignedIn, sent: dict[str, str], field: str
) -> None:
    answer = _post(sign_in(administrator), "/members/Maple/rank", **sent)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    db.session.refresh(patient)
    assert patient.rank == "member"


def test_nobody_changes_their_own_rank(administrator: Member, sign_in: SignedIn) -> None:
    browser = sign_in(administrator)
    answer = _post(browser, "/members/Keeper/rank", rank="member", reason="Tired.")
    assert answer.status_code == 403
    assert "/members/Keeper/rank" not in browser.get("/members/Keeper").text


def test_only_administrators_give_ranks(
    patient: Member, moderator: Member, editor: Member, welcomer: Member, sign_in: SignedIn
) -> None:
    for person in (moderator, editor, welcomer):
        browser = sign_in(person)
        answer = _post(browser, "/members/Maple/rank", rank="moderator", reason="Why not.")
        assert answer.status_code == 403
        assert "/members/Maple/rank" not in browser.get("/members/Maple").text


def test_the_forums_own_account_gets_no_rank(
    administrator: Member, sign_in: SignedIn, make_member: Callable[..., Member]
) -> None:
    make_member("The_house", is_system=True)
    browser = sign_in(administrator)
    answer = _post(browser, "/members/The_house/rank", rank="moderator", reason="Why not.")
    assert answer.status_code == 403
    assert "belongs to the forum itself" in browser.get("/members/The_house").text
