"""Every verb, by everybody, in every state: allowed, refused with a sentence, or unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask

from forum.accounts.models import Member
from forum.core import clock
from forum.core.verdicts import Refused, Unknown
from forum.core.viewer import ANONYMOUS, Viewer
from forum.extensions import db
from forum.threads.actions import moderating
from forum.threads.actions.deleting import delete_post, restore_post
from forum.threads.actions.editing import edit_post
from forum.threads.actions.narrowing import narrow_audience
from forum.threads.actions.reacting import react
from forum.threads.actions.replying import post_reply
from forum.threads.actions.starting import start_thread
from forum.threads.models import Post, Reaction, Thread
from forum.topics.models import Audience
from tests import cast

MODERATORS = {"moderator", "administrator"}
CARERS = {"author", "bereaved", "welcomer", "editor"} | MODERATORS
MEMBERS = {"patient", "blocked"} | CARERS
OUTSIDE = {"visitor", "suspended"}
EVERYBODY = sorted(MEMBERS | OUTSIDE)

# state -> what is different from an open thread for members
THREAD_STATES: Mapping[str, Mapping[str, Any]] = {
    "open": {},
    "public": {"audience": "everyone"},
    "narrowed": {"audience": "caregivers"},
    "locked": {"locked_at": 0},
    "hidden": {"hidden_at": 0},
    "removed": {"removed_at": 0},
    "gone along": {"removed_at": 5},
}
POST_STATES: Mapping[str, Mapping[str, Any]] = {
    "post deleted": {"deleted_at": 5},
    "post deleted long ago": {"deleted_at": 11},
    "post hidden": {"hidden_at": 0},
    "post removed": {"removed_at": 0},
    "gone along": {"deleted_at": 5},
}
NOBODY: set[str] = set()

# state -> who may, who is refused; nobody else learns that there is anything
OWN = {
    "open": ({"author"}, MEMBERS - {"author"}),
    "public": ({"author"}, MEMBERS - {"author"} | OUTSIDE),
    "narrowed": ({"author"}, CARERS - {"author"}),
    "locked": ({"author"}, MEMBERS - {"author"}),
    "hidden": (NOBODY, MODERATORS | {"author"}),
    "removed": (NOBODY, MODERATORS),
    "post deleted": (NOBODY, MEMBERS),
    "post hidden": (NOBODY, MEMBERS),
    "post removed": (NOBODY, MEMBERS),
    "gone along": (NOBODY, MODERATORS),
}
STAFF = {
    "open": (MODERATORS, MEMBERS - MODERATORS),
    "public": (MODERATORS, (MEMBERS - MODERATORS) | OUTSIDE),
    "narrowed": (MODERATORS, CARERS - MODERATORS),
    "locked": (MODERATORS, MEMBERS - MODERATORS),
    "hidden": (MODERATORS, {"author"}),
    "removed": (MODERATORS, NOBODY),
    "post deleted": (MODERATORS, MEMBERS - MODERATORS),
}
TABLE: Mapping[str, Mapping[str, tuple[set[str], set[str]]]] = {
    "reply": {
        "open": (MEMBERS, NOBODY),
        "public": (MEMBERS, OUTSIDE),
        "narrowed": (CARERS, NOBODY),
        "locked": (NOBODY, MEMBERS),
        "hidden": (NOBODY, MODERATORS | {"author"}),
        "removed": (NOBODY, MODERATORS),
        "gone along": (NOBODY, MODERATORS),
    },
    "edit": OWN,
    "delete": OWN,
    "restore": {
        "open": (NOBODY, MEMBERS),
        "public": (NOBODY, MEMBERS | OUTSIDE),
        "post deleted": ({"author"}, MEMBERS - {"author"}),
        "post deleted long ago": (NOBODY, MEMBERS),
        "post removed": (NOBODY, MEMBERS),
        "gone along": ({"author"}, MODERATORS),
    },
    "react": {
        "open": (MEMBERS - {"author"}, {"author"}),
        "public": (MEMBERS - {"author"}, OUTSIDE | {"author"}),
        "narrowed": (CARERS - {"author"}, {"author"}),
        "locked": (MEMBERS - {"author"}, {"author"}),
        "hidden": (NOBODY, MODERATORS | {"author"}),
        "removed": (NOBODY, MODERATORS),
        "post deleted": (NOBODY, MEMBERS),
        "post hidden": (NOBODY, MEMBERS),
        "post removed": (NOBODY, MEMBERS),
    },
    "narrow": {
        "open": (MODERATORS | {"author"}, MEMBERS - MODERATORS - {"author"}),
        "public": (MODERATORS | {"author"}, OUTSIDE | MEMBERS - MODERATORS - {"author"}),
        "narrowed": (NOBODY, CARERS),
        "locked": (MODERATORS | {"author"}, MEMBERS - MODERATORS - {"author"}),
        "hidden": (NOBODY, MODERATORS | {"author"}),
        "removed": (NOBODY, MODERATORS),
    },
    "hide post": STAFF,
    "show post": STAFF,
    "remove post": STAFF,
    "edit out": STAFF,
    "set notes": STAFF,
    "hide thread": STAFF,
    "show thread": STAFF,
    "remove thread": STAFF,
    "lock thread": STAFF,
    "unlock thread": STAFF,
    "pin thread": STAFF,
    "unpin thread": STAFF,
    "move thread": STAFF,
    "moderators' narrowing": STAFF,
}
VERBS: Mapping[str, Callable[[Viewer, Thread, Post], object]] = {
    "reply": lambda actor, thread, post: post_reply(actor, thread, body="A reply."),
    "edit": lambda actor, thread, post: edit_post(actor, post, body="Another text."),
    "delete": lambda actor, thread, post: delete_post(actor, post),
    "restore": lambda actor, thread, post: restore_post(actor, post),
    "react": lambda actor, thread, post: react(actor, post, Reaction.HELPFUL),
    "narrow": lambda actor, thread, post: narrow_audience(actor, thread, Audience.CAREGIVERS),
    "hide post": lambda actor, thread, post: moderating.hide_post(actor, post),
    "show post": lambda actor, thread, post: moderating.show_post(actor, post),
    "remove post": lambda actor, thread, post: moderating.remove_post(actor, post),
    "edit out": lambda actor, thread, post: moderating.edit_out(actor, post, "Less."),
    "set notes": lambda actor, thread, post: moderating.set_notes(actor, post, ["faith"]),
    "hide thread": lambda actor, thread, post: moderating.hide_thread(actor, thread),
    "show thread": lambda actor, thread, post: moderating.show_thread(actor, thread),
    "remove thread": lambda actor, thread, post: moderating.remove_thread(actor, thread),
    "lock thread": lambda actor, thread, post: moderating.lock_thread(actor, thread),
    "unlock thread": lambda actor, thread, post: moderating.unlock_thread(actor, thread),
    "pin thread": lambda actor, thread, post: moderating.pin_thread(actor, thread),
    "unpin thread": lambda actor, thread, post: moderating.unpin_thread(actor, thread),
    "move thread": lambda actor, thread, post: moderating.move_thread(
        actor, thread, cast.topic("about")
    ),
    "moderators' narrowing": lambda actor, thread, post: moderating.narrow_audience(
        actor, thread, Audience.CAREGIVERS
    ),
}
STARTS: Mapping[tuple[str, Audience], tuple[set[str], set[str]]] = {
    ("after-cart", Audience.EVERYONE): (MEMBERS, OUTSIDE),
    ("after-cart", Audience.MEMBERS): (MEMBERS, OUTSIDE),
    ("after-cart", Audience.CAREGIVERS): (CARERS, OUTSIDE | (MEMBERS - CARERS)),
    ("after-a-loss", Audience.MEMBERS): (MEMBERS, NOBODY),
    ("after-a-loss", Audience.EVERYONE): (NOBODY, MEMBERS),
    ("caregivers", Audience.CAREGIVERS): (CARERS, NOBODY),
    ("caregivers", Audience.MEMBERS): (NOBODY, CARERS),
    ("caregivers", Audience.EVERYONE): (NOBODY, CARERS),
}


@pytest.fixture
def people(
    app: Flask,
    patient: Member,
    blocked: Member,
    caregiver: Member,
    bereaved: Member,
    suspended: Member,
    welcomer: Member,
    editor: Member,
    moderator: Member,
    administrator: Member,
) -> Mapping[str, Viewer]:
    members = {
        "patient": patient,
        "blocked": blocked,
        "author": caregiver,
        "bereaved": bereaved,
        "suspended": suspended,
        "welcomer": welcomer,
        "editor": editor,
        "moderator": moderator,
        "administrator": administrator,
    }
    viewers = {name: cast.viewer_of(member) for name, member in members.items()}
    return {"visitor": ANONYMOUS, **viewers}


def in_state(state: str, author: Member) -> tuple[Thread, Post]:
    """A thread with its opening, one or both in this state; numbers stand for minutes ago."""
    now = clock.now()

    def columns(states: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        given = states.get(state, {}).items()
        return {
            name: now - timedelta(minutes=value) if isinstance(value, int) else value
            for name, value in given
        }

    thread = cast.make_thread("after-cart", author, **columns(THREAD_STATES))
    post = cast.first_post(thread)
    for name, value in columns(POST_STATES).items():
        setattr(post, name, value)
    db.session.commit()
    return thread, post


def outcome(deed: Callable[[], object]) -> str:
    """What came of it; whatever it changed is undone."""
    attempt = db.session.begin_nested()
    try:
        deed()
    except Refused as refusal:
        return "refused" if str(refusal).endswith(".") else "refused without a sentence"
    except Unknown:
        return "unknown"
    else:
        return "done"
    finally:
        attempt.rollback()


def expected(person: str, allowed: set[str], refused: set[str]) -> str:
    if person in allowed:
        return "done"
    return "refused" if person in refused else "unknown"


def test_the_table_leaves_nobody_and_nothing_out(people: Mapping[str, Viewer]) -> None:
    assert set(people) == set(EVERYBODY)
    assert set(VERBS) == set(TABLE)
    for states in TABLE.values():
        assert set(states) <= set(THREAD_STATES) | set(POST_STATES)


@pytest.mark.parametrize("verb", list(TABLE))
def test_who_may_do_what_in_which_state(
    verb: str, people: Mapping[str, Viewer], caregiver: Member
) -> None:
    for state, (allowed, refused) in TABLE[verb].items():
        thread, post = in_state(state, caregiver)
        got = {
            person: outcome(partial(VERBS[verb], viewer, thread, post))
            for person, viewer in people.items()
        }
        assert got == {person: expected(person, allowed, refused) for person in people}, state


@pytest.mark.parametrize(("slug", "audience"), list(STARTS))
def test_who_may_start_what(slug: str, audience: Audience, people: Mapping[str, Viewer]) -> None:
    topic = cast.topic(slug)
    allowed, refused = STARTS[slug, audience]
    text = {"title": "Title", "body": "Text."}
    got = {
        person: outcome(partial(start_thread, viewer, topic, audience=audience, **text))
        for person, viewer in people.items()
    }
    assert got == {person: expected(person, allowed, refused) for person in people}
