"""Whom and what a text may name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Block, FormerUsername, Member
from forum.core import clock
from forum.core.viewer import Rank, Relation, Viewer
from forum.extensions import db
from forum.threads.actions.replying import post_reply
from forum.threads.models import Post, PostMention, PostQuote, Thread
from forum.threads.policy import members_within
from forum.topics.models import Audience
from forum.topics.policy import audiences_open_to
from tests import cast


@pytest.fixture
def thread(patient: Member) -> Thread:
    return cast.make_thread("after-cart", patient)


def reply(actor: Member, thread: Thread, body: str, **fields: Any) -> Post:
    return post_reply(cast.viewer_of(actor), thread, body=body, **fields)


def mentioned(post: Post) -> set[int]:
    wanted = select(PostMention.member_id).where(
        PostMention.post_id == post.id, PostMention.addressed
    )
    return set(db.session.scalars(wanted))


def quoted(post: Post) -> set[int]:
    return set(db.session.scalars(select(PostQuote.quoted_id).where(PostQuote.post_id == post.id)))


def quote(post: Post, words: str = "their words") -> str:
    return f"> [Someone wrote](/posts/{post.id}):\n> {words}\n\nMine."


@pytest.mark.parametrize("typed", ["Harbor", "harbor", "HARBOR"])
def test_a_name_links_to_the_member_however_it_is_typed(
    app: Flask, thread: Thread, patient: Member, caregiver: Member, typed: str
) -> None:
    post = reply(patient, thread, f"Thank you @{typed}.")
    assert post.html == '<p>Thank you <a class="mention" href="/members/Harbor">@Harbor</a>.</p>\n'
    assert mentioned(post) == {caregiver.id}


def test_a_former_name_finds_the_member(
    app: Flask, thread: Thread, patient: Member, caregiver: Member
) -> None:
    db.session.add(
        FormerUsername(username_key="quay", member_id=caregiver.id, given_up_at=clock.now())
    )
    post = reply(patient, thread, "Thank you @Quay.")
    assert "@Harbor</a>" in post.html
    assert mentioned(post) == {caregiver.id}


def test_names_of_nobody_stay_text(app: Flask, thread: Thread, patient: Member) -> None:
    post = reply(patient, thread, "Thank you @Nobody_here and @MemberA.")
    assert post.html == "<p>Thank you @Nobody_here and @MemberA.</p>\n"
    assert mentioned(post) == set()


def test_a_member_named_only_in_a_quote_is_not_addressed(
    app: Flask, thread: Thread, patient: Member, caregiver: Member
) -> None:
    post = reply(patient, thread, quote(cast.first_post(thread), "hello @Harbor"))
    assert "@Harbor</a>" in post.html
    assert mentioned(post) == set()
    assert db.session.get_one(PostMention, (post.id, caregiver.id)).addressed is False


@pytest.mark.parametrize("direction", ["by the writer", "by the named"])
def test_those_who_blocked_each_other_cannot_mention_each_other(
    app: Flask, thread: Thread, patient: Member, caregiver: Member, direction: str
) -> None:
    pair = (
        (patient.id, caregiver.id) if direction == "by the writer" else (caregiver.id, patient.id)
    )
    db.session.add(Block(blocker_id=pair[0], blocked_id=pair[1], created_at=clock.now()))
    post = reply(patient, thread, "Thank you @Harbor.")
    assert post.html == "<p>Thank you @Harbor.</p>\n"
    assert mentioned(post) == set()


@pytest.mark.parametrize(
    ("audience", "columns", "relations", "linked"),
    [
        ("everyone", {}, ("patient",), True),
        ("members", {}, ("patient",), True),
        ("caregivers", {}, ("patient",), False),
        ("caregivers", {}, ("family",), False),
        ("caregivers", {}, ("caregiver",), True),
        ("caregivers", {}, ("patient", "bereaved"), True),
        ("caregivers", {"rank": "welcomer"}, ("patient",), True),
        ("members", {"erased_at": True}, ("patient",), False),
        ("everyone", {"erased_at": True}, ("patient",), False),
        ("members", {"suspended_until": True}, ("patient",), True),
        ("caregivers", {"suspended_until": True}, ("patient",), False),
        ("members", {"is_system": True}, ("patient",), False),
    ],
)
def test_members_who_belong_to_the_audience_are_linked_and_a_pause_shows_nowhere(
    app: Flask,
    bereaved: Member,
    audience: str,
    columns: dict[str, Any],
    relations: tuple[str, ...],
    linked: bool,
) -> None:
    later = clock.now() + timedelta(days=1)
    moments = {name: later for name, value in columns.items() if value is True and name[-1] != "m"}
    cast.make_member("Heron", *relations, **{**columns, **moments})
    thread = cast.make_thread("after-cart", bereaved, audience=audience)
    post = reply(bereaved, thread, "Thank you @Heron.")
    assert ("/members/Heron" in post.html) is linked


def test_who_belongs_to_an_audience_is_one_rule_in_two_forms(app: Flask) -> None:
    moments = {"never": None, "past": -1, "coming": 1}
    for rank in Rank:
        for relation in Relation:
            for suspension, days in moments.items():
                until = clock.now() + timedelta(days=days) if days else None
                name = f"{rank}_{relation}_{suspension}"[:30]
                cast.make_member(name, relation.value, rank=rank.value, suspended_until=until)
    members = db.session.scalars(select(Member)).all()
    assert len(members) == len(Rank) * len(Relation) * len(moments)
    for audience in Audience:
        listed = set(db.session.scalars(select(Member.id).where(members_within(audience))))
        viewers: dict[int, Viewer] = {
            each.id: replace(cast.viewer_of(each), suspended_until=None) for each in members
        }
        alone = {key for key, each in viewers.items() if audience in audiences_open_to(each)}
        assert listed == alone


def test_a_quote_is_noted_and_named(
    app: Flask, thread: Thread, caregiver: Member, patient: Member
) -> None:
    opening = cast.first_post(thread)
    post = reply(caregiver, thread, quote(opening))
    assert quoted(post) == {opening.id}
    assert f'<a href="/posts/{opening.id}">Maple</a> wrote:' in post.html
    assert "their words" in post.html


@pytest.mark.parametrize(
    ("here", "there", "named"),
    [
        ("members", "everyone", True),
        ("members", "members", True),
        ("caregivers", "members", True),
        ("caregivers", "caregivers", True),
        ("everyone", "members", False),
        ("members", "caregivers", False),
    ],
)
def test_another_thread_is_quoted_only_where_its_readers_are_as_many(
    app: Flask, patient: Member, caregiver: Member, here: str, there: str, named: bool
) -> None:
    source = cast.first_post(cast.make_thread("after-cart", patient, audience=there))
    place = cast.make_thread("welcome", caregiver, audience=here)
    post = reply(caregiver, place, quote(source))
    assert (quoted(post) == {source.id}) is named
    assert ("Maple" in post.html) is named
    assert (f'href="/posts/{source.id}"' in post.html) is named


@pytest.mark.parametrize("state", ["hidden_at", "removed_at"])
def test_a_thread_that_is_gone_is_not_quoted_elsewhere(
    app: Flask, thread: Thread, patient: Member, moderator: Member, state: str
) -> None:
    other = cast.make_thread("welcome", patient, **{state: clock.now()})
    source = cast.first_post(other)
    for writer in (patient, moderator):
        post = reply(writer, thread, quote(source))
        assert quoted(post) == set()
        assert "Maple" not in post.html


def test_a_post_that_one_may_not_see_is_not_quoted(
    app: Flask, thread: Thread, family: Member, caregiver: Member
) -> None:
    room = cast.make_thread("caregivers", caregiver, audience="caregivers")
    post = reply(family, thread, quote(cast.first_post(room)))
    assert quoted(post) == set()
    assert "Harbor" not in post.html


@pytest.mark.parametrize("state", ["deleted_at", "hidden_at", "removed_at"])
def test_the_words_of_a_gone_post_do_not_come_back_by_a_quote(
    app: Flask, thread: Thread, patient: Member, caregiver: Member, state: str
) -> None:
    source = cast.make_post(thread, patient, **{state: clock.now()})
    post = reply(caregiver, thread, quote(source))
    assert "their words" not in post.html
    assert "Mine." in post.html
    assert quoted(post) == {source.id}


def test_a_text_full_of_names_and_quotes_takes_two_queries(
    app: Flask, thread: Thread, patient: Member, caregiver: Member, count_queries: Any
) -> None:
    actor = cast.viewer_of(patient)
    with count_queries() as plain:
        post_reply(actor, thread, body="Nothing to name.")
    names = " ".join(f"@name{number}" for number in range(1000))
    quotes = "\n\n".join(f"> [A wrote](/posts/{number}):\n> b" for number in range(100))
    with count_queries() as full:
        post_reply(actor, thread, body=f"{names} @Harbor\n\n{quotes}")
    # One for the names, one for the posts, and the notes of both.
    assert len(full) <= len(plain) + 4
