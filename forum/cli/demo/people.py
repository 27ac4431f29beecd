"""Invented members."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from forum.accounts.models import Member
from forum.accounts.passwords import hash_password
from forum.core.markup import RENDERER_VERSION, render
from forum.extensions import db


def add_people(people: Sequence[dict[str, Any]], joined_at: datetime) -> dict[str, int]:
    """Insert those who are not there yet; returns username -> id of all of them."""
    known = _ids([person["username"] for person in people])
    fresh = [_row(person, joined_at) for person in people if person["username"] not in known]
    if fresh:
        db.session.execute(insert(Member), fresh)
    return _ids([person["username"] for person in people])


def give_password(usernames: Sequence[str]) -> str:
    """One random password for these invented members, to be shown once."""
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    hashed = hash_password(password)
    for member in db.session.scalars(select(Member).where(Member.username.in_(usernames))):
        member.password_hash = hashed
    return password


def _ids(usernames: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(usernames), 500):
        some = usernames[start : start + 500]
        rows = db.session.execute(
            select(Member.username, Member.id).where(
                Member.username.in_(some), Member.is_demo.is_(True)
            )
        )
        found.update({row.username: row.id for row in rows})
    return found


def _row(person: dict[str, Any], joined_at: datetime) -> dict[str, Any]:
    username, about = person["username"], person.get("about", "")
    return {
        "username": username,
        "username_key": username.casefold(),
        "email": f"{username.casefold()}@demo.example",
        "email_key": f"{username.casefold()}@demo.example",
        "relations": frozenset(person["relations"]),
        "rank": person.get("rank", "member"),
        "about": about,
        "about_html": render(about).html if about else "",
        "about_version": RENDERER_VERSION,
        "joined_at": joined_at,
        "time_zone": person.get("time_zone", "UTC"),
        "is_demo": True,
    }
