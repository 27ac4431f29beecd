"""Profiles, sessions, and the links of letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from forum.accounts import mail, sessions
from forum.accounts.consents import ADULT_WORDING, CONSENT_WORDING
from forum.accounts.models import FormerUsername, JoinRequest, MailedToken, Member, SignIn
from forum.accounts.tokens import token_hash
from forum.core import clock
from forum.extensions import db
from tests import cast
from tests.contracts.access.people import EVERYBODY, IN_GOOD_STANDING, NAMES, NOBODY, Person
from tests.contracts.access.subjects import NEVER_GIVEN, Rows, Subject, never_there, states


def _profile_of(person: Person, *words: str) -> Subject:
    return Subject(
        f"the profile of {person}",
        IN_GOOD_STANDING | {person},
        frozenset({person}),
        states(*words),
    )


OF_PEOPLE = {
    Person.MEMBER: _profile_of(Person.MEMBER),
    Person.SUSPENDED: _profile_of(Person.SUSPENDED),
    Person.BLOCKED: _profile_of(Person.BLOCKED),
    Person.AUTHOR: _profile_of(Person.AUTHOR),
    Person.EDITOR: _profile_of(Person.EDITOR),
    Person.MODERATOR: _profile_of(Person.MODERATOR, "moderates"),
    Person.ADMINISTRATOR: _profile_of(Person.ADMINISTRATOR, "moderates", "administers"),
}
FORUMS_OWN = Subject("the profile of the forum itself", IN_GOOD_STANDING, states=states("system"))
FORMER_NAME = Subject("a former name", IN_GOOD_STANDING, states=states("former"))
ERASED = Subject("the profile of somebody who left", NOBODY)
NO_PROFILE = never_there("a profile that never was")
PROFILES: tuple[Subject, ...] = (
    *OF_PEOPLE.values(),
    FORUMS_OWN,
    FORMER_NAME,
    ERASED,
    NO_PROFILE,
)

ONES_OWN_SESSION = Subject("one's own session", own_of=EVERYBODY)
ANOTHERS_SESSION = Subject("a session of somebody else", NOBODY)
NO_SESSION = never_there("a session that never was")
SESSIONS = (ONES_OWN_SESSION, ANOTHERS_SESSION, NO_SESSION)

FRESH, RUN_OUT, NEVER_SENT = "fresh", "run-out", "never-sent"


def _links_to(what: str) -> tuple[Subject, ...]:
    return (
        Subject(f"{FRESH} link to {what}"),
        Subject(f"{RUN_OUT} link to {what}", NOBODY),
        never_there(f"{NEVER_SENT} link to {what}"),
    )


JOIN_LINKS = _links_to("join")
RESET_LINKS = _links_to("set a new password")
ADDRESS_LINKS = _links_to("confirm a new address")
PURPOSES = {mail.RESET: RESET_LINKS, mail.NEW_ADDRESS: ADDRESS_LINKS}


def account_rows(people: Mapping[Person, Member]) -> Rows:
    return {**_profiles(people), **_sessions(people), **_links()}


def _profiles(people: Mapping[Person, Member]) -> Rows:
    cast.make_member("Lantern_Team", is_system=True)
    cast.make_member("former_1", erased_at=clock.now())
    former = FormerUsername(
        username_key="acorn", member_id=people[Person.MEMBER].id, given_up_at=clock.now()
    )
    db.session.add(former)
    names = {OF_PEOPLE[person]: NAMES[person] for person in OF_PEOPLE} | {
        FORUMS_OWN: "Lantern_Team",
        FORMER_NAME: "Acorn",
        ERASED: "former_1",
        NO_PROFILE: "Nobody_Here",
    }
    return {
        (subject.name, None): {"username": name, "kind": "member", "subject": name}
        for subject, name in names.items()
    }


def _sessions(people: Mapping[Person, Member]) -> Rows:
    rows: Rows = {
        (ONES_OWN_SESSION.name, person): {"session_id": _session(member)}
        for person, member in people.items()
    }
    rows[ONES_OWN_SESSION.name, Person.VISITOR] = {"session_id": NEVER_GIVEN}
    rows[ANOTHERS_SESSION.name, None] = {"session_id": _session(cast.make_member("Pebble"))}
    rows[NO_SESSION.name, None] = {"session_id": NEVER_GIVEN}
    return rows


def _session(member: Member) -> int:
    hashed = token_hash(sessions.open_session(member.id, device="Another device"))
    return db.session.scalars(select(SignIn.id).where(SignIn.token_hash == hashed)).one()


def _links() -> Rows:
    member = cast.make_member("Driftwood")
    rows: Rows = {}
    for word, subject in _by_word(JOIN_LINKS):
        if word != NEVER_SENT:
            db.session.add(_join_request(word))
        rows[subject.name, None] = {"key": f"key-{word}", "token": f"join-{word}"}
    for purpose, subjects in PURPOSES.items():
        for word, subject in _by_word(subjects):
            if word != NEVER_SENT:
                db.session.add(_mailed(member, purpose, word))
            rows[subject.name, None] = {"token": f"{purpose}-{word}"}
    return rows


def _by_word(subjects: tuple[Subject, ...]) -> Iterator[tuple[str, Subject]]:
    return zip((FRESH, RUN_OUT, NEVER_SENT), subjects, strict=True)


def _times(word: str) -> dict[str, datetime]:
    left = timedelta(hours=1 if word == FRESH else -1)
    return {"created_at": clock.now(), "expires_at": clock.now() + left}


def _join_request(word: str) -> JoinRequest:
    name = f"Heron_{word.replace('-', '_')}"
    address = f"{word}@mail.example"
    return JoinRequest(
        username=name,
        username_key=name.casefold(),
        email=address,
        email_key=address,
        password_hash=cast.PASSWORD_HASH,
        relations=frozenset({"patient"}),
        adult_wording=ADULT_WORDING,
        consent_wording=CONSENT_WORDING,
        page_key_hash=token_hash(f"key-{word}"),
        token_hash=token_hash(f"join-{word}"),
        **_times(word),
    )


def _mailed(member: Member, purpose: str, word: str) -> MailedToken:
    return MailedToken(
        member_id=member.id,
        purpose=purpose,
        token_hash=token_hash(f"{purpose}-{word}"),
        email=f"new-{word}@mail.example",
        **_times(word),
    )
