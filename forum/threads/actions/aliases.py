"""Names for those who write without theirs: in one thread a member keeps one."""

from __future__ import annotations

from string import ascii_uppercase

from sqlalchemy import select

from forum.extensions import db
from forum.threads.models import Thread, ThreadAlias

PREFIX = "Member "


def give_alias(thread: Thread, member_id: int) -> str:
    """The member's label in this thread, which must be new or locked: nobody else gets it."""
    alias = db.session.get(ThreadAlias, (thread.id, member_id))
    if alias is None:
        alias = ThreadAlias(thread_id=thread.id, member_id=member_id, label=_next_label(thread.id))
        db.session.add(alias)
        db.session.flush()
    return alias.label


def alias_in(thread_id: int, member_id: int) -> str:
    """The member's label in this thread; empty for whoever always gave their name there."""
    wanted = select(ThreadAlias.label).where(
        ThreadAlias.thread_id == thread_id, ThreadAlias.member_id == member_id
    )
    return db.session.scalar(wanted) or ""


def label_number(number: int) -> str:
    """Label `number`, from 1: Member A to Member Z, then Member AA, Member AB."""
    letters = ""
    while number:
        number, place = divmod(number - 1, len(ascii_uppercase))
        letters = ascii_uppercase[place] + letters
    return PREFIX + letters


def number_of(label: str) -> int:
    """The inverse of `label_number`."""
    number = 0
    for letter in label.removeprefix(PREFIX):
        number = number * len(ascii_uppercase) + ascii_uppercase.index(letter) + 1
    return number


def _next_label(thread_id: int) -> str:
    taken = select(ThreadAlias.label).where(ThreadAlias.thread_id == thread_id)
    return label_number(1 + max(map(number_of, db.session.scalars(taken)), default=0))
