"""A walk past every door: each rule of the router, with addresses that lead into the town."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from flask import Flask
from werkzeug.routing import Rule

from forum.accounts.models import SignIn
from forum.extensions import db
from forum.threads.models import Post
from tests.cast import Browser, signed_in
from tests.contracts.town import KEY, TOKEN, Town

SAFE = {"GET", "HEAD", "OPTIONS"}
VISITOR = "visitor"
# What a path is asked with besides: pages, filters, and where to go next.
QUERIES = ("", "?page=1&q=scan&view=latest&next=/threads&topic=welcome&since=week")


class Walk:
    """Addresses for the rules of the app, from what is in the town."""

    def __init__(self, app: Flask, town: Town) -> None:
        self._app = app
        self._values = _values(town)

    def reading(self) -> Iterator[tuple[Rule, str]]:
        """Every GET rule with its addresses."""
        for rule in self._rules():
            if "GET" in (rule.methods or ()):
                yield from ((rule, address) for address in self._addresses(rule))

    def writing(self) -> Iterator[tuple[Rule, str, str]]:
        """Every unsafe method of every rule, with its addresses."""
        for rule in self._rules():
            for method in sorted((rule.methods or set()) - SAFE):
                yield from ((rule, method, address) for address in self._addresses(rule))

    def _rules(self) -> list[Rule]:
        return sorted(self._app.url_map.iter_rules(), key=lambda rule: rule.rule)

    def _addresses(self, rule: Rule) -> Iterator[str]:
        names = sorted(rule.arguments)
        choices = [self._values_for(rule, name) for name in names]
        for values in product(*choices):
            pairs = zip(names, values, strict=True)
            built = rule.build({name: _of_its_kind(rule, name, value) for name, value in pairs})
            assert built is not None, rule
            yield built[1]

    def _values_for(self, rule: Rule, name: str) -> list[str]:
        """What may stand for a name. A new name is given its values in `_values`."""
        room = rule.rule.split("/")[1]
        for key in (f"{room}.{name}", name):
            if key in self._values:
                return self._values[key]
        raise LookupError(f"{rule.rule}: no value for {name} in tests/contracts/walk.py")


def _of_its_kind(rule: Rule, name: str, value: str) -> object:
    is_number = type(rule._converters[name]).__name__ == "IntegerConverter"
    return int(value) if is_number else value


def _values(town: Town) -> dict[str, list[str]]:
    first = Post.number == 1
    posts = db.session.scalars(db.select(Post.id).where(first | Post.deleted_at.is_not(None)))
    session = db.session.scalars(db.select(SignIn.id)).first()
    return {
        "thread_id": [str(thread.id) for thread in town.threads.values()],
        "post_id": [str(number) for number in posts],
        "case_id": [str(town.case.id)],
        "decision_id": ["1"],
        "topics.slug": ["welcome", "caregivers", "start"],
        "guide.slug": ["start", "faq"],
        "threads.slug": [town.threads["open"].slug],
        "kind": ["thread", "post", "member"],
        "subject": [str(town.threads["members"].id), town.people["patient"].username],
        "number": ["1"],
        "session_id": [str(session)],
        "username": [town.people["patient"].username, town.people["moderator"].username],
        "token": [TOKEN, f"new{TOKEN}"],
        "key": [KEY],
    }


@dataclass(frozen=True)
class Walkers:
    """A browser for each of the people, and one of nobody."""

    browsers: dict[str, Browser]

    def __iter__(self) -> Iterator[tuple[str, Browser]]:
        return iter(self.browsers.items())


def walkers(app: Flask, town: Town) -> Walkers:
    visitor = app.test_client()
    assert isinstance(visitor, Browser)
    people = {name: signed_in(app, member) for name, member in town.people.items()}
    return Walkers({VISITOR: visitor, **people})
