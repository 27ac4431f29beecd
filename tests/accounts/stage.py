"""What the tests of accounts share: a good form, counted hashes, pages without what must differ."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select

from forum.core.database import Base
from forum.extensions import db
from tests import cast

PASSWORD = "seven grey geese on a gate"
NEW_PASSWORD = "violet tractor under ice"
GOOD_JOIN: dict[str, Any] = {
    "username": "quiet_river",
    "email": "river@mail.example",
    "password": PASSWORD,
    "relation": ["patient", "family"],
    "adult": "y",
    "consent": "y",
}
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')
KEY = re.compile(r"[A-Za-z0-9_-]{43}")

FormPost = Callable[..., Any]


def join_form(**changes: Any) -> dict[str, Any]:
    """A form that is fine, but for the changes; None leaves a field out."""
    return {name: value for name, value in {**GOOD_JOIN, **changes}.items() if value is not None}


def ask_to_join(client: cast.Browser, **changes: Any) -> Any:
    return cast.form_post(client, "/join", join_form(**changes))


def joined(client: cast.Browser, letters: cast.MailFolder, **changes: Any) -> None:
    """Join and confirm, as a person would."""
    ask_to_join(client, **changes)
    letter = letters(join_form(**changes)["email"])[-1]
    assert cast.form_post(client, cast.link_in(letter)).status_code == 303


def sign_in(client: cast.Browser, login: str, password: str = PASSWORD, **more: Any) -> Any:
    how = {"environ_overrides": {"REMOTE_ADDR": more.pop("network", "127.0.0.1")}}
    sent = {"login": login, "password": password, **more}
    return cast.form_post(client, "/sign-in", sent, **how)


def without(page: str, *words: str) -> str:
    """The page without tokens, keys and the words that the test itself typed."""
    page = KEY.sub("KEY", TOKEN.sub("TOKEN", page))
    for word in words:
        page = page.replace(word, "WORD")
    return page


def count(table: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0
