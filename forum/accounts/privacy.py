"""What accounts hold about a member: given out on request, and forgotten when they leave."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import Executable, delete, or_, select, update

from forum.accounts.models import (
    Block,
    Consent,
    FormerUsername,
    JoinRequest,
    KnownNetwork,
    MailedToken,
    Member,
    NoteChoice,
    SignIn,
)
from forum.core import clock
from forum.core.database import Base
from forum.core.viewer import Rank
from forum.extensions import db

CLAIMS: tuple[type[Base], ...] = (
    Block,
    Consent,
    FormerUsername,
    KnownNetwork,
    MailedToken,
    NoteChoice,
    SignIn,
)


def export_for(member_id: int) -> dict[str, Any]:
    """What the account's tables say of a member, without the secrets that guard it."""
    member = db.session.get_one(Member, member_id)
    return {
        "username": member.username,
        "email": member.email,
        "rank": member.rank,
        "relations": sorted(member.relations),
        "about": member.about,
        "joined_at": member.joined_at,
        "time_zone": member.time_zone,
        "theme": member.theme,
        "text_size": member.text_size,
        "suspended_until": member.suspended_until,
        **_lists_of(member_id),
    }


def erase_for(member_id: int) -> None:
    """Turn the account into "Former member": nothing is left that leads to the person.

    That they had agreed, and in which words, stays as a dated fact without a name.
    """
    member = db.session.get_one(Member, member_id)
    if member.email_key:
        db.session.execute(delete(JoinRequest).where(JoinRequest.email_key == member.email_key))
    _empty(member)
    for table in (FormerUsername, KnownNetwork, MailedToken, NoteChoice, SignIn):
        db.session.execute(delete(table).where(table.member_id == member_id))
    db.session.execute(
        delete(Block).where(or_(Block.blocker_id == member_id, Block.blocked_id == member_id))
    )
    db.session.execute(
        update(Consent)
        .where(Consent.member_id == member_id, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=clock.now())
    )
    db.session.flush()


def _empty(member: Member) -> None:
    member.username = f"former_{secrets.token_hex(8)}"
    member.username_key = member.username
    member.email = member.email_key = member.password_hash = None
    member.rank = Rank.MEMBER
    member.relations = frozenset()
    member.about = member.about_html = ""
    member.time_zone, member.theme, member.text_size = "UTC", "system", 100
    member.erased_at = clock.now()


def _lists_of(member_id: int) -> dict[str, list[dict[str, Any]]]:
    return {
        "former_usernames": _rows(
            select(FormerUsername.username_key, FormerUsername.given_up_at).where(
                FormerUsername.member_id == member_id
            )
        ),
        "content_notes": _rows(
            select(NoteChoice.note, NoteChoice.choice).where(NoteChoice.member_id == member_id)
        ),
        "consents": _rows(
            select(Consent.purpose, Consent.wording, Consent.given_at, Consent.withdrawn_at).where(
                Consent.member_id == member_id
            )
        ),
        "signed_in_on": _rows(
            select(SignIn.device, SignIn.created_at, SignIn.last_seen_at).where(
                SignIn.member_id == member_id
            )
        ),
        "blocked_members": _rows(
            select(Member.username, Block.created_at)
            .join(Block, Block.blocked_id == Member.id)
            .where(Block.blocker_id == member_id)
        ),
    }


def _rows(wanted: Executable) -> list[dict[str, Any]]:
    return [dict(row) for row in db.session.execute(wanted).mappings()]
