"""Sending letters later: the outbox holds a letter's name and ids, and it is written when sent.

Tokens are thus made at sending, and never lie in the outbox.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from forum.extensions import db
from forum.jobs.outbox import enqueue, present_row
from forum.mail.letters import Letter, compose
from forum.mail.post import hand_over

DELIVER = "mail.deliver"

Writer = Callable[..., Letter | None]
_writers: dict[str, Writer] = {}


def install(table: Mapping[str, Writer]) -> None:
    """Put the table name -> writer in force; it stands in `forum/subscriptions.py`."""
    _writers.clear()
    _writers.update(table)


def send_later(letter: str, *, dedupe_key: str | None = None, **ids: Any) -> None:
    """Have the letter of this name written and sent once the present transaction commits."""
    enqueue(DELIVER, dedupe_key=dedupe_key, letter=letter, ids=ids)


def deliver(letter: str, ids: dict[str, Any]) -> None:
    """Write the letter and hand it over; a writer that answers None has nothing to say any more.

    What the writer changed is committed first: the token in a letter must be there when somebody
    clicks, and a slow mail server must not keep everybody else from writing.
    """
    written = _writers[letter](**ids)
    if written is None:
        return
    message = compose(written, piece_of_work=present_row.get())
    db.session.commit()
    hand_over(message)
