"""What the pages of accounts read: exactly the columns they show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from forum.accounts import policy
from forum.accounts.models import (
    Block,
    FormerUsername,
    JoinRequest,
    MailedToken,
    Member,
    SignIn,
)
from forum.accounts.names import username_key
from forum.accounts.tokens import token_hash
from forum.core import clock
from forum.core.verdicts import Unknown
from forum.core.viewer import Viewer
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


class Profile(NamedTuple):
    """A member as other members see them."""

    id: int
    username: str
    rank: str
    relations: frozenset[str]
    about_html: str
    joined_at: datetime
    erased_at: datetime | None
    is_system: bool
    blocked: bool


class Device(NamedTuple):
    """A browser in which the member is signed in."""

    id: int
    device: str
    created_at: datetime
    last_seen_at: datetime
    is_this_one: bool


class Blocked(NamedTuple):
    username: str
    since: datetime


class OwnProfile(NamedTuple):
    """What a member may change about themselves."""

    about: str
    relations: frozenset[str]


def profile_of(viewer: Viewer, username: str) -> Profile:
    """One query. Raises `Unknown`, also for a former name (see `present_name`)."""
    blocked = (
        select(Block.blocked_id)
        .where(Block.blocker_id == viewer.member_id, Block.blocked_id == Member.id)
        .exists()
    )
    row = db.session.execute(
        select(
            Member.id,
            Member.username,
            Member.rank,
            Member.relations,
            Member.about_html,
            Member.joined_at,
            Member.erased_at,
            Member.is_system,
            blocked.label("blocked"),
        ).where(Member.username_key == username_key(username), policy.visible_members(viewer))
    ).one_or_none()
    if row is None:
        raise Unknown
    return Profile(*row)


def present_name(viewer: Viewer, former: str) -> str | None:
    """The name that the member with this former name has now."""
    return db.session.scalar(
        select(Member.username)
        .join(FormerUsername, FormerUsername.member_id == Member.id)
        .where(FormerUsername.username_key == username_key(former), policy.visible_members(viewer))
    )


def member_named(viewer: Viewer, username: str) -> Member:
    """The member a verb is about. Raises `Unknown` for one this viewer may not see."""
    member = db.session.scalar(
        select(Member).where(
            Member.username_key == username_key(username), policy.visible_members(viewer)
        )
    )
    if member is None:
        raise Unknown
    return member


def own_profile(viewer: Viewer) -> OwnProfile:
    row = db.session.execute(
        select(Member.about, Member.relations).where(Member.id == viewer.member_id)
    ).one()
    return OwnProfile(*row)


def own_address(viewer: Viewer) -> str:
    wanted = select(Member.email).where(Member.id == viewer.member_id)
    return db.session.scalar(wanted) or ""


def own_password_hash(viewer: Viewer) -> str | None:
    return db.session.scalar(select(Member.password_hash).where(Member.id == viewer.member_id))


def devices_of(viewer: Viewer) -> Sequence[Device]:
    """Where the member is signed in: this browser first, then the latest seen."""
    is_this_one = SignIn.id == viewer.session_id
    rows = db.session.execute(
        select(SignIn.id, SignIn.device, SignIn.created_at, SignIn.last_seen_at, is_this_one)
        .where(policy.own_sessions(viewer), SignIn.expires_at > clock.now())
        .order_by(is_this_one.desc(), SignIn.last_seen_at.desc(), SignIn.id.desc())
    )
    return [Device(*row) for row in rows]


def blocked_by(viewer: Viewer) -> Sequence[Blocked]:
    rows = db.session.execute(
        select(Member.username, Block.created_at)
        .join(Block, Block.blocked_id == Member.id)
        .where(Block.blocker_id == viewer.member_id, Member.erased_at.is_(None))
        .order_by(Member.username_key)
    )
    return [Blocked(*row) for row in rows]


def names_given_up(member_id: int) -> int:
    """How many names the member gave up within the time that the rule looks at."""
    since = clock.now() - policy.NEW_NAMES_WITHIN
    counted = select(func.count()).where(
        FormerUsername.member_id == member_id, FormerUsername.given_up_at > since
    )
    return db.session.scalar(counted) or 0


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
            MailedToken.expires_at > clock.now(),
            Member.erased_at.is_(None),
        )
    ).one_or_none()
    return TokenOwner(*row) if row else None
