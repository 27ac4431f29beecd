"""With you, same here, helpful."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.core import clock
from forum.extensions import db
from forum.threads.models import Post, PostReaction, Thread
from tests import cast
from tests.threads.page import Page


@pytest.fixture
def thread(caregiver: Member) -> Thread:
    return cast.make_thread("after-cart", caregiver)


@pytest.fixture
def post(thread: Thread) -> Post:
    return cast.first_post(thread)


def press(client: cast.Browser, post: Post, kind: str) -> Any:
    return cast.form_post(client, f"/posts/{post.id}/reactions", {"kind": kind})


def given_kinds(member: Member) -> list[str]:
    wanted = select(PostReaction.kind).where(PostReaction.member_id == member.id)
    return sorted(db.session.scalars(wanted))


def test_a_reaction_is_given_and_taken_back(
    app: Flask, sign_in: Any, thread: Thread, post: Post, patient: Member
) -> None:
    browser = sign_in(patient)
    answer = press(browser, post, "with_you")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/threads/{thread.id}-{thread.slug}#post-1"
    assert given_kinds(patient) == ["with_you"]
    assert "With you 1" in Page(browser.get(f"/threads/{thread.id}-{thread.slug}")).post(1)
    press(browser, post, "with_you")
    assert given_kinds(patient) == []


def test_one_member_may_mean_several_things(
    app: Flask, sign_in: Any, post: Post, patient: Member
) -> None:
    browser = sign_in(patient)
    for kind in ("with_you", "same_here", "helpful"):
        press(browser, post, kind)
    assert given_kinds(patient) == ["helpful", "same_here", "with_you"]


@pytest.mark.parametrize("kind", ["", "like", "WITH_YOU", "with_you\x00"])
def test_other_words_are_refused(
    app: Flask, sign_in: Any, post: Post, patient: Member, kind: str
) -> None:
    assert press(sign_in(patient), post, kind).status_code == 422
    assert given_kinds(patient) == []


def test_an_unknown_word_tells_nobody_that_a_hidden_post_is_there(
    app: Flask, sign_in: Any, bereaved: Member, patient: Member
) -> None:
    post = cast.first_post(cast.make_thread("caregivers", bereaved, audience="caregivers"))
    assert press(sign_in(patient), post, "like").status_code == 404


def test_not_for_ones_own_post(app: Flask, sign_in: Any, post: Post, caregiver: Member) -> None:
    answer = press(sign_in(caregiver), post, "helpful")
    assert answer.status_code == 403
    assert "These words are for posts by others." in answer.text


@pytest.mark.parametrize("state", ["deleted_at", "hidden_at", "removed_at"])
def test_not_for_a_post_that_is_gone(
    app: Flask, sign_in: Any, post: Post, patient: Member, state: str
) -> None:
    setattr(post, state, clock.now())
    assert press(sign_in(patient), post, "helpful").status_code == 403
    assert given_kinds(patient) == []
