"""Sessions are rows: whoever holds the token is the member, until the row is gone.

The browser keeps a random token of 256 bits, the database only its hash.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row, delete, func, select, update

from forum.accounts.models import Member, NoteChoice, SignIn
from forum.accounts.tokens import new_token, token_hash
from forum.core import clock
from forum.core.viewer import ANONYMOUS, Rank, Viewer
from forum.extensions import db

LONGEST = timedelta(days=90)

_choices = (
    select(func.aggregate_strings(NoteChoice.note + ":" + NoteChoice.choice, " "))
    .where(NoteChoice.member_id == Member.id)
    .scalar_subquery()
)
_viewer_columns = select(
    Member.id,
    Member.username,
    Member.rank,
    Member.relations,
    Member.suspended_until,
    Member.joined_at,
    Member.time_zone,
    Member.theme,
    Member.text_size,
    _choices.label("choices"),
)


class Session(NamedTuple):
    """Whose session it is, and when they last sent something in it."""

    viewer: Viewer
    last_seen_at: datetime | None


NO_SESSION = Session(ANONYMOUS, None)


def open_session(member_id: int, *, device: str = "") -> str:
    """Begin a session; returns the token for the browser, which is kept nowhere else."""
    token = new_token()
    moment = clock.now()
    db.session.add(
        SignIn(
            member_id=member_id,
            token_hash=token_hash(token),
            created_at=moment,
            last_seen_at=moment,
            expires_at=moment + LONGEST,
            device=device[:80],
        )
    )
    db.session.flush()
    return token


def close_session(token: str) -> None:
    db.session.execute(delete(SignIn).where(SignIn.token_hash == token_hash(token)))


def close_sessions_of(member_id: int, *, but: int = 0) -> None:
    """End every session of a member, except the one with the id `but`."""
    db.session.execute(delete(SignIn).where(SignIn.member_id == member_id, SignIn.id != but))


def session_of(token: str) -> Session:
    """The session of this token, or `NO_SESSION`. One query."""
    row = db.session.execute(
        _viewer_columns.add_columns(SignIn.id.label("session_id"), SignIn.last_seen_at)
        .join(SignIn, SignIn.member_id == Member.id)
        .where(
            SignIn.token_hash == token_hash(token),
            SignIn.expires_at > clock.now(),
            Member.erased_at.is_(None),
        )
    ).one_or_none()
    return Session(_viewer(row, row.session_id), row.last_seen_at) if row else NO_SESSION


def viewer_of_session(token: str) -> Viewer:
    """The member whose session this is, or a visitor. One query."""
    return session_of(token).viewer


def note_visit(session_id: int) -> None:
    """Remember that the session is in use today."""
    db.session.execute(
        update(SignIn).where(SignIn.id == session_id).values(last_seen_at=clock.now())
    )


def viewer_of_member(member_id: int) -> Viewer:
    """A member as an actor outside a request (commands, jobs). Raises `NoResultFound`."""
    row = db.session.execute(_viewer_columns.where(Member.id == member_id)).one()
    return _viewer(row, 0)


def _viewer(row: Row[Any], session_id: int) -> Viewer:
    suspended = row.suspended_until
    return Viewer(
        member_id=row.id,
        username=row.username,
        rank=Rank(row.rank),
        relations=row.relations,
        suspended_until=suspended if suspended and suspended > clock.now() else None,
        joined_at=row.joined_at,
        time_zone=row.time_zone,
        theme=row.theme,
        text_size=row.text_size,
        note_choices=dict(pair.split(":") for pair in (row.choices or "").split()),
        session_id=session_id,
    )
