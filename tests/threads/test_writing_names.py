"""Writing without one's name."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from forum.accounts.models import Block, Member
from forum.core import clock
from forum.extensions import db
from forum.threads.actions.aliases import give_alias, label_number, number_of
from forum.threads.models import Post, PostMention, Thread, ThreadAlias
from tests import cast
from tests.threads.page import Page


@pytest.fixture
def thread(patient: Member) -> Thread:
    return cast.make_thread("after-cart", patient, withheld=True)


def answer(client: cast.Browser, thread: Thread, body: str, **fields: Any) -> Any:
    return cast.form_post(client, f"/threads/{thread.id}/reply", {"body": body, **fields})


def aliases(thread: Thread) -> dict[int, str]:
    wanted = select(ThreadAlias).where(ThreadAlias.thread_id == thread.id)
    return {alias.member_id: alias.label for alias in db.session.scalars(wanted)}


def test_who_wrote_without_their_name_once_does_so_again_unless_they_choose_otherwise(
    sign_in: Any, thread: Thread, patient: Member, caregiver: Member
) -> None:
    def box(member: Member, address: str) -> tuple[bool, str]:
        page = Page(sign_in(member).get(address))
        found = [each for each in page.root.iter("input") if each.get("name") == "withhold_name"]
        return "checked" in found[0].attrib, page.main

    answer(sign_in(patient), thread, "First.", withhold_name="y")
    for address in (f"/threads/{thread.id}-{thread.slug}", f"/threads/{thread.id}/reply"):
        theirs, words = box(patient, address)
        assert theirs
        assert "Others see “Member A” and not your name." in words
        others, words = box(caregiver, address)
        assert not others
        assert "Others see a name like “Member A” and not yours." in words
    answer(sign_in(patient), thread, "By name.")
    assert not db.session.scalars(select(Post).where(Post.body == "By name.")).one().withheld


def test_one_alias_a_member_and_thread_in_the_order_of_writing(
    app: Flask, sign_in: Any, patient: Member, caregiver: Member, family: Member, bereaved: Member
) -> None:
    cast.form_post(
        sign_in(patient),
        "/topics/after-cart/new",
        {"title": "Afraid", "body": "Of the scan.", "withhold_name": "y"},
    )
    thread = db.session.scalars(select(Thread)).one()
    answer(sign_in(family), thread, "By name.")
    for words in ("Without.", "Again without."):
        answer(sign_in(caregiver), thread, words, withhold_name="y")
    answer(sign_in(bereaved), thread, "Without.", withhold_name="y")
    assert aliases(thread) == {
        patient.id: "Member A",
        caregiver.id: "Member B",
        bereaved.id: "Member C",
    }
    page = Page(sign_in(family).get(f"/threads/{thread.id}-{thread.slug}"))
    assert "Member A" in page.post(1)
    assert "Lantern" in page.post(2)
    assert "Member B" in page.post(3)
    assert "Member B" in page.post(4)
    for name in ("Maple", "Harbor", "Willow"):
        assert name not in page.html


def test_another_thread_gives_another_alias(
    app: Flask, sign_in: Any, thread: Thread, patient: Member, caregiver: Member
) -> None:
    other = cast.make_thread("welcome", caregiver)
    answer(sign_in(patient), other, "Here too.", withhold_name="y")
    assert aliases(other) == {patient.id: "Member A"}


def test_an_author_who_answers_by_name_does_not_give_themselves_away(
    app: Flask, sign_in: Any, thread: Thread, patient: Member
) -> None:
    answer(sign_in(patient), thread, "Good luck to you!")
    db.session.refresh(thread)
    assert not thread.waiting


def test_an_author_who_answers_under_the_same_alias_still_waits(
    app: Flask, sign_in: Any, thread: Thread, patient: Member
) -> None:
    answer(sign_in(patient), thread, "One more thing.", withhold_name="y")
    db.session.refresh(thread)
    assert thread.waiting


def test_a_quote_names_the_alias_whatever_was_typed(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member
) -> None:
    opening = cast.first_post(thread)
    browser = sign_in(caregiver)
    answer(browser, thread, f"> [Maple wrote](/posts/{opening.id}):\n> My numbers\n\nYes.")
    reply = cast.post_number(thread, 2)
    assert f'<a href="/posts/{opening.id}">Member A</a> wrote:' in reply.html
    assert "Maple" not in reply.html
    form = browser.get(f"/threads/{thread.id}/reply?quote={opening.id}")
    assert f"[Member A wrote](/posts/{opening.id}):" in form.text
    assert "Maple" not in form.text


def test_a_text_without_name_links_nobody(
    app: Flask, sign_in: Any, thread: Thread, patient: Member, caregiver: Member
) -> None:
    """A missing link would tell a member who blocked the writer who the writer is."""
    db.session.add(Block(blocker_id=caregiver.id, blocked_id=patient.id, created_at=clock.now()))
    cast.make_member("Heron")
    answer(sign_in(patient), thread, "@Heron and @Harbor", withhold_name="y")
    reply = cast.post_number(thread, 2)
    assert reply.html == "<p>@Heron and @Harbor</p>\n"
    assert db.session.scalars(select(PostMention)).all() == []


def test_an_edit_keeps_the_alias(app: Flask, sign_in: Any, thread: Thread, patient: Member) -> None:
    opening = cast.first_post(thread)
    cast.form_post(sign_in(patient), f"/posts/{opening.id}/edit", {"body": "Changed @Maple"})
    db.session.refresh(opening)
    assert opening.withheld
    assert opening.html == "<p>Changed @Maple</p>\n"


def test_an_alias_that_was_freed_is_not_given_to_another(
    app: Flask, thread: Thread, patient: Member, caregiver: Member, family: Member
) -> None:
    assert give_alias(thread, caregiver.id) == "Member B"
    db.session.delete(db.session.get_one(ThreadAlias, (thread.id, patient.id)))
    db.session.flush()
    assert give_alias(thread, family.id) == "Member C"
    assert give_alias(thread, caregiver.id) == "Member B"


@given(st.integers(min_value=1, max_value=10_000))
def test_labels_and_numbers_are_the_same_thing(number: int) -> None:
    assert number_of(label_number(number)) == number


def test_labels_go_on_after_z() -> None:
    assert [label_number(number) for number in (1, 26, 27, 28, 52, 53, 702, 703)] == [
        "Member A",
        "Member Z",
        "Member AA",
        "Member AB",
        "Member AZ",
        "Member BA",
        "Member ZZ",
        "Member AAA",
    ]


def test_the_thread_page_never_carries_the_name_for_anybody_else(
    app: Flask, sign_in: Any, client: cast.Browser, patient: Member, moderator: Member
) -> None:
    thread = cast.make_thread("after-cart", patient, withheld=True, audience="everyone")
    address = f"/threads/{thread.id}-{thread.slug}"
    for browser in (client, sign_in(moderator)):
        for path in (address, "/threads", "/topics/after-cart", "/"):
            assert "Maple" not in browser.get(path).text
    assert db.session.scalars(select(Post)).one().author_id == patient.id
