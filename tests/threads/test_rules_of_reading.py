"""Who may read what: each rule in its two forms, on the same cases."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from forum.core import clock
from forum.core.verdicts import Verdict
from forum.core.viewer import ANONYMOUS, Rank, Relation, Viewer
from forum.extensions import db
from forum.threads import policy
from forum.threads.models import Post, Thread
from forum.topics.models import Audience
from tests import cast

STATES = {
    "open": {},
    "locked": {"locked_at": True},
    "hidden": {"hidden_at": True},
    "removed": {"removed_at": True},
}
EVERYBODY = {
    "visitor",
    "patient",
    "author",
    "caregiver",
    "bereaved",
    "suspended",
    "welcomer",
    "editor",
    "moderator",
    "administrator",
}
MEMBERS = EVERYBODY - {"visitor", "suspended"}
STAFF = {"welcomer", "editor", "moderator", "administrator"}
CAREGIVERS = STAFF | {"caregiver", "bereaved"}
DESK = {"moderator", "administrator"}

# audience, state -> who may open the thread. The author is a patient.
MAY_OPEN = {
    ("everyone", "open"): EVERYBODY,
    ("everyone", "locked"): EVERYBODY,
    ("everyone", "hidden"): DESK | {"author"},
    ("everyone", "removed"): DESK,
    ("members", "open"): MEMBERS,
    ("members", "locked"): MEMBERS,
    ("members", "hidden"): DESK | {"author"},
    ("members", "removed"): DESK,
    ("caregivers", "open"): CAREGIVERS,
    ("caregivers", "locked"): CAREGIVERS,
    ("caregivers", "hidden"): DESK,
    ("caregivers", "removed"): DESK,
}
# state of a post in a thread for everyone -> who may read its words. The author is "author".
MAY_READ_WORDS = {
    "present": EVERYBODY,
    "deleted": set(),
    "hidden": DESK | {"author"},
    "removed": DESK,
}


@pytest.fixture
def viewers(app: Flask) -> dict[str, Viewer]:
    week = clock.now() + timedelta(days=7)
    members = {
        "patient": cast.make_member("Patient"),
        "author": cast.make_member("Author"),
        "caregiver": cast.make_member("Caregiver", "caregiver"),
        "bereaved": cast.make_member("Bereaved", "bereaved"),
        "suspended": cast.make_member("Suspended", "caregiver", suspended_until=week),
        **{rank: cast.make_member(rank.capitalize(), rank=rank) for rank in STAFF},
    }
    return {"visitor": ANONYMOUS} | {
        name: cast.viewer_of(member) for name, member in members.items()
    }


@pytest.mark.parametrize(("audience", "state"), MAY_OPEN)
def test_both_forms_of_the_rule_open_a_thread_to_the_same_people(
    viewers: dict[str, Viewer], audience: str, state: str
) -> None:
    thread = _thread(viewers["author"].member_id, audience, STATES[state])
    by_row = {name for name, viewer in viewers.items() if policy.may_see_thread(viewer, thread)}
    by_query = {name for name, viewer in viewers.items() if thread.id in _visible(viewer)}
    assert by_row == MAY_OPEN[audience, state]
    assert by_query == MAY_OPEN[audience, state]


@pytest.mark.parametrize("state", MAY_READ_WORDS)
def test_both_forms_of_the_rule_show_the_words_of_a_post_to_the_same_people(
    viewers: dict[str, Viewer], state: str
) -> None:
    thread = _thread(viewers["author"].member_id, "everyone", {})
    marks = {} if state == "present" else {f"{state}_at": clock.now()}
    post = _post(thread, 2, viewers["author"].member_id, marks)
    by_row = {name for name, viewer in viewers.items() if policy.may_see_post(viewer, thread, post)}
    by_query = {name for name, viewer in viewers.items() if post.id in _readable(viewer)}
    assert by_row == MAY_READ_WORDS[state]
    assert by_query == MAY_READ_WORDS[state]


def test_a_suspended_author_reads_what_a_visitor_reads(viewers: dict[str, Viewer]) -> None:
    own = _thread(viewers["suspended"].member_id, "members", {})
    assert policy.may_see_thread(viewers["suspended"], own).hidden


def test_what_may_not_be_known_of_has_no_sentence_and_what_is_gone_has_one(
    viewers: dict[str, Viewer],
) -> None:
    author = viewers["author"].member_id
    thread = _thread(author, "members", {})
    gone = _post(thread, 2, author, {"deleted_at": clock.now()})
    assert policy.may_see_thread(viewers["visitor"], thread).hidden
    assert policy.may_see_post(viewers["visitor"], thread, gone).hidden
    assert policy.may_see_post(viewers["patient"], thread, gone).reason == policy.POST_DELETED


def test_no_list_offers_a_hidden_or_removed_thread_to_anybody(
    viewers: dict[str, Viewer],
) -> None:
    author = viewers["author"].member_id
    present = _thread(author, "everyone", {})
    _thread(author, "everyone", {"hidden_at": True})
    _thread(author, "everyone", {"removed_at": True})
    for viewer in viewers.values():
        offered = db.session.scalars(select(Thread.id).where(policy.listed_threads(viewer)))
        assert set(offered) == {present.id}


# Any viewer, against every state at once: the two forms agree.

AUTHOR_ID, OTHER_ID = 1, 2
any_viewer = st.builds(
    Viewer,
    member_id=st.sampled_from([0, AUTHOR_ID, OTHER_ID]),
    rank=st.sampled_from(Rank),
    relations=st.frozensets(st.sampled_from([relation.value for relation in Relation])),
    suspended_until=st.sampled_from([None, clock.now() + timedelta(days=3)]),
).map(lambda viewer: viewer if viewer.member_id else ANONYMOUS)


@pytest.fixture
def every_state(app: Flask) -> tuple[list[Thread], list[Post]]:
    """A thread in each state, by each author, with a post in each state, by each author."""
    cast.make_member("Author")
    cast.make_member("Other")
    marks = list(product((False, True), repeat=3))
    threads, posts = [], []
    for audience, author_id, (locked, hidden, removed) in product(
        Audience, (AUTHOR_ID, OTHER_ID), marks
    ):
        state = {"locked_at": locked, "hidden_at": hidden, "removed_at": removed}
        thread = _thread(author_id, audience.value, state)
        threads.append(thread)
        for number, (gone, by) in enumerate(product(marks, (AUTHOR_ID, OTHER_ID)), 2):
            names = ("deleted_at", "hidden_at", "removed_at")
            at = {name: clock.now() for name, is_set in zip(names, gone, strict=True) if is_set}
            posts.append(_post(thread, number, by, at))
    db.session.commit()
    return threads, posts


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(viewer=any_viewer)
def test_the_rule_for_a_row_and_the_rule_for_a_list_agree_for_any_viewer_and_state(
    every_state: tuple[list[Thread], list[Post]], viewer: Viewer
) -> None:
    threads, posts = every_state
    by_id = {thread.id: thread for thread in threads}
    seen = {thread.id for thread in threads if policy.may_see_thread(viewer, thread)}
    read = {post.id for post in posts if _may_read(viewer, by_id[post.thread_id], post)}
    assert _visible(viewer) == seen
    assert _readable(viewer) == read


def _may_read(viewer: Viewer, thread: Thread, post: Post) -> Verdict:
    return policy.may_see_post(viewer, thread, post)


def _visible(viewer: Viewer) -> set[int]:
    return set(db.session.scalars(select(Thread.id).where(policy.visible_threads(viewer))))


def _readable(viewer: Viewer) -> set[int]:
    wanted = select(Post.id).join(Thread, Thread.id == Post.thread_id)
    return set(db.session.scalars(wanted.where(policy.visible_posts(viewer))))


def _thread(author_id: int, audience: str, marks: dict[str, bool]) -> Thread:
    moment = clock.now()
    thread = Thread(
        topic_id=cast.topic("after-cart").id,
        author_id=author_id,
        title="A thread",
        slug="a-thread",
        audience=audience,
        created_at=moment,
        last_post_at=moment,
        **{name: moment for name, is_set in marks.items() if is_set},
    )
    db.session.add(thread)
    db.session.flush()
    return thread


def _post(thread: Thread, number: int, author_id: int, marks: dict[str, object]) -> Post:
    post = Post(
        thread_id=thread.id,
        number=number,
        author_id=author_id,
        body="Words",
        html="<p>Words</p>",
        markup_version=1,
        created_at=clock.now(),
        **marks,
    )
    db.session.add(post)
    db.session.flush()
    return post
