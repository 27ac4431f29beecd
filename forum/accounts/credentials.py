"""What a sign-in is checked against, found in one query whether or not anybody has the login."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import and_, select, update

from forum.accounts.addresses import address_key
from forum.accounts.models import KnownNetwork, Member
from forum.accounts.names import username_key
from forum.extensions import db


class Credentials(NamedTuple):
    """What a sign-in is checked against; `member_id` 0 and no hash when nobody has the login."""

    member_id: int
    password_hash: str | None
    knows_network: bool


NOBODY = Credentials(0, None, False)


def login_key(login: str) -> str:
    """The form of a login by which failures are counted, the same for every way to write it."""
    return address_key(login) if "@" in login else username_key(login)


def credentials_of(login: str, network_hash: str) -> Credentials:
    """One query, for a login that exists as for one that does not."""
    key = login_key(login)
    named = Member.email_key == key if "@" in login else Member.username_key == key
    row = db.session.execute(
        select(Member.id, Member.password_hash, KnownNetwork.network_hash)
        .outerjoin(
            KnownNetwork,
            and_(KnownNetwork.member_id == Member.id, KnownNetwork.network_hash == network_hash),
        )
        .where(named, Member.erased_at.is_(None))
    ).one_or_none()
    return Credentials(row.id, row.password_hash, row.network_hash is not None) if row else NOBODY


def still_open(found: Credentials) -> bool:
    """Whether the password that was checked is the member's even now.

    Holds the member until the transaction ends: a change comes before this, and is seen, or waits
    and then ends the session that begins meanwhile.
    """
    wanted = select(Member.password_hash).where(
        Member.id == found.member_id, Member.erased_at.is_(None)
    )
    now = db.session.scalar(wanted.with_for_update(key_share=True))
    return now is not None and now == found.password_hash


def renew_hash(member_id: int, *, old_hash: str, password_hash: str) -> None:
    """Keep a hash of today's strength, unless the password was changed meanwhile."""
    db.session.execute(
        update(Member)
        .where(Member.id == member_id, Member.password_hash == old_hash)
        .values(password_hash=password_hash)
    )
