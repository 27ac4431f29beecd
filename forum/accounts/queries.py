"""What the pages of accounts read: exactly the columns they show."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from forum.accounts.models import JoinRequest, MailedToken, Member
from forum.accounts.tokens import token_hash
from forum.core import clock
from forum.extensions import db


class AskedToJoin(NamedTuple):
    """An open request to join, for the browser that made it."""

    username: str
    email: str
    relations: frozenset[str]
    created_at: datetime


class TokenOwner(NamedTuple):
    """Whom a mailed link is for; `email` is the address it would put in force, if any."""

    member_id: int
    username: str
    email: str


def join_request_of(page_key: str) -> AskedToJoin | None:
    """The request that the page after joining is about, while it is open."""
    row = db.session.execute(
        select(
            JoinRequest.username,
            JoinRequest.email,
            JoinRequest.relations,
            JoinRequest.created_at,
        ).where(
            JoinRequest.page_key_hash == token_hash(page_key), JoinRequest.expires_at > clock.now()
        )
    ).one_or_none()
    return AskedToJoin(*row) if row else None


def name_to_confirm(token: str) -> str | None:
    """The username that a letter's link would make an account of."""
    return db.session.scalar(
        select(JoinRequest.username).where(
            JoinRequest.token_hash == token_hash(token), JoinRequest.expires_at > clock.now()
        )
    )


def member_with_address(email_key: str) -> int:
    """The id of the member with this address; 0 when nobody has it."""
    return db.session.scalar(select(Member.id).where(Member.email_key == email_key)) or 0


def member_of_token(token: str, purpose: str) -> TokenOwner | None:
    """Whom a mailed token is for, while it can be used."""
    row = db.session.execute(
        select(Member.id, Member.username, MailedToken.email)
        .join(MailedToken, MailedToken.member_id == Member.id)
        .where(
            MailedToken.token_hash == token_hash(token),
            MailedToken.purpose == purpose,
            MailedToken.used_at.is_(None),
            MailedToken.expires_at > clock.now(),
            Member.erased_at.is_(None),
        )
    ).one_or_none()
    return TokenOwner(*row) if row else None
