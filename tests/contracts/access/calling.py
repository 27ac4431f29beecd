"""Making the calls of a line, and what comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch
from urllib.parse import quote, unquote

from markupsafe import escape

from forum.extensions import db
from tests.contracts.access.answers import Call
from tests.contracts.access.people import Person
from tests.contracts.access.subjects import Subject, Values
from tests.contracts.access.world import World

PARAMETER = re.compile(r"<(?:[^<>:]+:)?(\w+)>")
# What differs between two answers to the same question: forms' tokens and the request's id.
VARYING = re.compile(r'(?<=")[\w.-]{60,}(?=")|(?<=<code>)[0-9a-f]{8,}(?=</code>)')
FIELD = re.compile(r"{(\w+)}")
VARYING_HEADERS = frozenset({"Content-Length", "Date", "ETag", "X-Request-Id"})


@dataclass(frozen=True)
class Outcome:
    """One answer."""

    person: Person
    subject: Subject
    expected: int
    status: int
    trace: tuple[object, ...]
    wrote_by_reading: bool

    @property
    def is_wrong(self) -> bool:
        return self.status != self.expected or self.wrote_by_reading

    def __str__(self) -> str:
        wrote = ", and reading wrote" if self.wrote_by_reading else ""
        return f"{self.person} upon {self.subject}: {self.status} for {self.expected}{wrote}"


def plain(rule: str) -> str:
    """A rule of the router as the table writes it: parameters without their converters."""
    return PARAMETER.sub(r"<\1>", rule)


def outcomes(world: World, call: Call) -> list[Outcome]:
    """Every person calls upon every subject; what one changes, the next does not see."""
    with undoing():
        return [
            outcome_of(world, call, person, subject)
            for subject in call.subjects
            for person in Person
        ]


@contextmanager
def undoing() -> Iterator[None]:
    """Take every change back at the moment it would be committed: it has been checked by then."""

    def undo() -> None:
        db.session.flush()
        db.session.rollback()

    with patch.object(db.session, "commit", undo):
        yield


def outcome_of(world: World, call: Call, person: Person, subject: Subject) -> Outcome:
    response = send(world, call, person, subject)
    writes = world.take_writes()
    return Outcome(
        person,
        subject,
        call.expected(person, subject),
        response.status_code,
        _trace(response, _sent(call, world.values(subject, person))),
        wrote_by_reading=call.method == "GET" and bool(writes),
    )


def send(world: World, call: Call, person: Person, subject: Subject, **fields: str) -> Any:
    values = world.values(subject, person)
    address = address_of(call, values)
    browser = world.browser(person)
    if call.method == "GET":
        return browser.get(address)
    form = {name: _filled(value, values) for name, value in call.form.items()}
    return browser.post(address, data={"csrf_token": world.csrf[person], **form, **fields})


def address_of(call: Call, values: Values) -> str:
    path = PARAMETER.sub(lambda found: quote(str(values[found[1]])), call.rule)
    return path + call.query.format_map(values)


def _filled(value: Any, values: Values) -> Any:
    if isinstance(value, str):
        return value.format_map(values)
    return [_filled(item, values) for item in value]


def _sent(call: Call, values: Values) -> list[str]:
    """What the caller wrote into the address and the form to name the subject, as patterns."""
    form = [text for text in call.form.values() if isinstance(text, str) and FIELD.search(text)]
    filled = [re.escape(escape(_filled(text, values))) for text in form]
    names = [name for text in form for name in FIELD.findall(text)]
    ids = [str(values[name]) for name in names if name == "place" or name.endswith("_id")]
    keys = [re.escape(value.rpartition(":")[2]) for value in ids]
    return [
        re.escape(address_of(call, values)),
        *(rf'(?<=value="){words}(?=")' for words in filled),
        *(rf'(?<=/){key}(?=[/")])' for key in keys),
    ]


def _trace(response: Any, sent: list[str]) -> tuple[object, ...]:
    """All that a person could compare two answers by, without what they sent themselves."""
    return (
        response.status_code,
        *(
            f"{name}: {_without(value, sent)}"
            for name, value in response.headers
            if name not in VARYING_HEADERS
        ),
        *_without(VARYING.sub("", response.get_data(as_text=True)), sent).splitlines(),
    )


def _without(text: str, sent: list[str]) -> str:
    text = unquote(text)
    for words in sent:
        text = re.sub(words, "what was sent", text)
    return text
