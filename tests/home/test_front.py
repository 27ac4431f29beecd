"""The front page: the guide first, then conversations and those who wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.extensions import db
from forum.guide.seeding import seed_guide
from tests import cast
from tests.threads.page import Page, words

Make = Callable[..., Any]
SignIn = Callable[[Member], cast.Browser]

PARTS = [
    "start",
    "why-it-fades",
    "upset",
    "second-car-t",
    "bispecifics",
    "combinations",
    "radiation",
    "trials",
    "feelings",
    "questions",
    "second-opinion",
    "future",
    "next-steps",
    "faq",
    "disclaimer",
]


@pytest.fixture
def guide(app: Flask) -> None:
    seed_guide()
    db.session.commit()


@pytest.mark.usefixtures("guide")
def test_the_pinned_guide_comes_before_all_conversations(
    client: cast.Browser, patient: Member, make_thread: Make
) -> None:
    make_thread("trials", patient, audience="everyone")
    page = Page(client.get("/"))
    headings = [words(each) for each in page.root.iter("h2")]
    assert headings[0] == "When CAR T stops working: what can come next"
    assert headings.index("Conversations") > 0
    links = page.addresses(page.within("guide"))
    assert links == ["/guide", *(f"/guide/{slug}" for slug in PARTS)]


def test_visitors_are_told_where_they_are_and_what_to_do(client: cast.Browser) -> None:
    page = Page(client.get("/"))
    assert "CAR T did not hold." in words(next(page.root.iter("h1")))
    assert page.targets("Read the guide") == ["/guide"]
    assert page.targets("Ask the community") == ["/join"]


def test_members_are_greeted_and_can_write_at_once(sign_in: SignIn, patient: Member) -> None:
    page = Page(sign_in(patient).get("/"))
    assert [words(each) for each in page.root.iter("h1")] == ["Hello, Maple"]
    assert page.targets("Start a conversation") == ["/topics/after-cart/new"]


def test_it_says_how_many_conversations_wait_for_a_first_reply(
    client: cast.Browser, patient: Member, caregiver: Member, make_thread: Make, make_post: Make
) -> None:
    def waiting() -> str:
        return words(Page(client.get("/")).within("waiting"))

    assert "Everybody who wrote has had a first reply." in waiting()
    first = make_thread("trials", patient, audience="everyone")
    make_thread("trials", patient, audience="members")
    assert "1 conversation is waiting" in waiting()
    make_thread("trials", patient, audience="everyone")
    assert "2 conversations are waiting" in waiting()
    make_post(first, caregiver)
    assert "1 conversation is waiting" in waiting()


def test_related_coverage_leads_to_its_ten_topics(client: cast.Browser) -> None:
    page = Page(client.get("/"))
    links = page.addresses(page.within("coverage"))
    assert len(links) == 10
    assert links[0] == "/topics/talvey-side-effects"


def test_an_empty_house_says_what_will_be_here(client: cast.Browser) -> None:
    assert "Conversations will be here." in Page(client.get("/")).main
