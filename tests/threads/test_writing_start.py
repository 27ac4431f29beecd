"""Starting a conversation."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from forum.accounts.models import Member
from forum.core import clock
from forum.core.markup import MAX_LENGTH
from forum.extensions import db
from forum.threads.actions.starting import LONGEST_SLUG, slug_of
from forum.threads.models import Post, Thread, ThreadRead
from tests import cast
from tests.threads.page import Page

TEXT = {"title": "My numbers rose", "body": "Eight months after. What did you ask first?"}


def start(client: cast.Browser, slug: str = "after-cart", **fields: Any) -> Any:
    return cast.form_post(client, f"/topics/{slug}/new", {**TEXT, **fields})


def threads() -> list[Thread]:
    return list(db.session.scalars(select(Thread).order_by(Thread.id)))


def test_a_title_and_a_text_are_enough(app: Flask, sign_in: Any, patient: Member) -> None:
    browser = sign_in(patient)
    answer = start(browser)
    thread = threads()[0]
    opening = cast.first_post(thread)
    assert answer.status_code == 303
    assert urlsplit(answer.headers["Location"]).path == f"/threads/{thread.id}-my-numbers-rose"
    assert (thread.title, thread.audience, thread.withheld) == (TEXT["title"], "members", False)
    assert (thread.last_number, thread.replies, thread.waiting) == (1, 0, True)
    assert (opening.number, opening.author_id, opening.body) == (1, patient.id, TEXT["body"])
    assert thread.created_at == thread.last_post_at == opening.created_at
    page = Page(browser.get(answer.headers["Location"]))
    assert TEXT["body"] in page.post(1)


def test_everything_else_may_be_chosen(app: Flask, sign_in: Any, patient: Member) -> None:
    start(sign_in(patient), audience="everyone", notes=["death", "faith"], withhold_name="y")
    thread = threads()[0]
    assert (thread.audience, thread.withheld) == ("everyone", True)
    assert thread.notes == cast.first_post(thread).notes == {"death", "faith"}


def test_the_page_explains_who_can_read(app: Flask, sign_in: Any, caregiver: Member) -> None:
    page = Page(sign_in(caregiver).get("/topics/after-cart/new"))
    assert "Anyone on the internet" in page.main
    assert "Members only" in page.main
    assert "Caregivers only" in page.main


@pytest.mark.parametrize(
    ("who", "slug", "offered"),
    [
        ("patient", "after-cart", ["everyone", "members"]),
        ("caregiver", "after-cart", ["everyone", "members", "caregivers"]),
        ("patient", "after-a-loss", ["members"]),
        ("caregiver", "after-a-loss", ["members", "caregivers"]),
        ("caregiver", "caregivers", ["caregivers"]),
        ("bereaved", "caregivers", ["caregivers"]),
    ],
)
def test_a_topic_offers_no_wider_audience_than_its_own(
    app: Flask, sign_in: Any, request: Any, who: str, slug: str, offered: list[str]
) -> None:
    browser = sign_in(request.getfixturevalue(who))
    page = Page(browser.get(f"/topics/{slug}/new"))
    radios = [each for each in page.root.iter("input") if each.get("name") == "audience"]
    assert [each.get("value") for each in radios] == offered
    chosen = [each.get("value") for each in radios if each.get("checked") is not None]
    assert chosen == ["members" if "members" in offered else "caregivers"]
    for audience in {"everyone", "members", "caregivers"} - set(offered):
        answer = start(browser, slug, audience=audience)
        assert answer.status_code == 422
    assert threads() == []


def test_in_the_caregivers_room_the_usual_audience_is_caregivers(
    app: Flask, sign_in: Any, caregiver: Member
) -> None:
    start(sign_in(caregiver), "caregivers")
    assert threads()[0].audience == "caregivers"


def test_a_topic_with_a_note_suggests_it(app: Flask, sign_in: Any, bereaved: Member) -> None:
    page = Page(sign_in(bereaved).get("/topics/after-a-loss/new"))
    boxes = [each for each in page.root.iter("input") if each.get("name") == "notes"]
    checked = [each.get("value") for each in boxes if each.get("checked") is not None]
    assert checked == ["death"]


def test_an_address_may_suggest_a_title(app: Flask, sign_in: Any, patient: Member) -> None:
    page = sign_in(patient).get("/topics/after-cart/new?title=Sleep+and+steroids")
    assert 'value="Sleep and steroids"' in page.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": "  "}, "Please give your conversation a title."),
        ({"title": "\u200b\u2060"}, "Please give your conversation a title."),
        ({"title": "x" * 121}, "This is 1 character too long. The most is 120."),
        ({"body": " \n "}, "Please write something first."),
        ({"body": "\u200b"}, "Please write something first."),
        ({"body": "x" * 20_312}, "This is 312 characters too long. The most is 20,000."),
        ({"notes": ["horror"]}, "Please choose one of these."),
        ({"audience": "nobody"}, "Please choose one of these."),
    ],
)
def test_what_does_not_fit_comes_back_with_the_text(
    app: Flask, sign_in: Any, patient: Member, fields: dict[str, Any], sentence: str
) -> None:
    answer = start(sign_in(patient), **fields)
    assert answer.status_code == 422
    assert threads() == []
    page = Page(answer)
    assert sentence in page.main
    assert (page.within("body").text or "").strip() == {**TEXT, **fields}["body"].strip()


def test_a_title_cannot_turn_around_what_stands_beside_it(
    app: Flask, sign_in: Any, patient: Member
) -> None:
    start(sign_in(patient), title="A\u202e quiet\u2066 night\x07\u009b \U0001f319")
    assert threads()[0].title == "A quiet night \U0001f319"


def test_the_longest_text_fits(app: Flask, sign_in: Any, patient: Member) -> None:
    body = "word " * (MAX_LENGTH // 5)
    assert start(sign_in(patient), body=body).status_code == 303
    assert cast.first_post(threads()[0]).body == body


@pytest.mark.parametrize(
    ("who", "slug", "status"),
    [
        ("patient", "caregivers", 404),
        ("patient", "no-such-topic", 404),
        ("suspended", "after-cart", 403),
        ("moderator", "caregivers", 200),
    ],
)
def test_a_topic_that_one_may_not_enter_has_no_form(
    app: Flask, sign_in: Any, request: Any, who: str, slug: str, status: int
) -> None:
    browser = sign_in(request.getfixturevalue(who))
    assert browser.get(f"/topics/{slug}/new").status_code == status
    if status != 200:
        assert start(browser, slug).status_code == status
        assert threads() == []


@pytest.mark.parametrize("slug", ["a%00b", "%00", "%F0%9F%92%9C", "x" * 500])
def test_an_odd_address_is_nothing_here(
    app: Flask, sign_in: Any, patient: Member, slug: str
) -> None:
    browser = sign_in(patient)
    assert browser.get(f"/topics/{slug}/new").status_code == 404
    assert browser.get(f"/topics/{slug}").status_code == 404
    assert start(browser, slug).status_code == 404


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client: cast.Browser) -> None:
    answer = client.get("/topics/after-cart/new")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in?next=/topics/after-cart/new"
    kept = start(client)
    assert kept.status_code == 401
    assert TEXT["body"] in kept.text
    assert threads() == []


def test_the_same_form_twice_is_one_conversation(app: Flask, sign_in: Any, patient: Member) -> None:
    browser = sign_in(patient)
    first = start(browser, form_key="a" * 32)
    second = start(browser, form_key="a" * 32)
    assert second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    assert len(threads()) == 1


def test_two_people_with_the_same_key_do_not_meet(
    app: Flask, sign_in: Any, patient: Member, caregiver: Member
) -> None:
    start(sign_in(patient), form_key="a" * 32)
    start(sign_in(caregiver), form_key="a" * 32)
    assert [thread.author_id for thread in threads()] == [patient.id, caregiver.id]


def test_the_writer_has_read_what_they_wrote(app: Flask, sign_in: Any, patient: Member) -> None:
    start(sign_in(patient))
    place = db.session.get_one(ThreadRead, (patient.id, threads()[0].id))
    assert place.last_number == 1


def test_the_preview_button_shows_the_text_and_publishes_nothing(
    app: Flask, sign_in: Any, patient: Member
) -> None:
    answer = start(sign_in(patient), body="This is **strong**.", preview="1")
    assert answer.status_code == 200
    assert "<strong>strong</strong>" in answer.text
    assert (Page(answer).within("body").text or "").strip() == "This is **strong**."
    assert threads() == []


def test_a_preview_needs_no_title_yet(app: Flask, sign_in: Any, patient: Member) -> None:
    assert start(sign_in(patient), title="", preview="1").status_code == 200


def test_posts_have_a_limit_that_keeps_the_text(
    app: Flask, sign_in: Any, patient: Member, caregiver: Member, rate_limits: None
) -> None:
    browser = sign_in(patient)
    with time_machine.travel(clock.now(), tick=False):
        for number in range(20):
            assert start(browser, body=f"Night {number}.").status_code == 303
            assert start(browser, preview="1").status_code == 200
        refused = start(browser, body="The twenty-first.")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "The twenty-first." in refused.text
    assert start(sign_in(caregiver)).status_code == 303
    assert db.session.query(Post).count() == 21


@given(st.text(max_size=200))
def test_every_title_makes_an_address(title: str) -> None:
    slug = slug_of(title)
    assert 0 < len(slug) <= LONGEST_SLUG
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug.strip("-") == slug


def test_a_long_address_ends_with_a_whole_word() -> None:
    assert slug_of("When is it time " * 10) == "-".join(("when is it time " * 10).split())[:79]
    assert slug_of("Café & crème: why not?") == "cafe-creme-why-not"
    assert slug_of("我的故事") == "conversation"
