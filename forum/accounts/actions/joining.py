"""Joining: ask, confirm by letter, or be added on the command line.

Asking does the same whether or not the address has an account: which of the two it is, only the
writer of the letter looks up, later and elsewhere.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, or_, select, union_all
from sqlalchemy.exc import IntegrityError

from forum.accounts import policy
from forum.accounts.addresses import Address
from forum.accounts.consents import ADULT, ADULT_WORDING, CONSENT_WORDING, HEALTH
from forum.accounts.events import MemberJoined
from forum.accounts.models import Consent, FormerUsername, JoinRequest, Member
from forum.accounts.names import username_key
from forum.accounts.tokens import new_token, token_hash
from forum.audit.actions import record
from forum.core import clock
from forum.core.events import publish
from forum.core.verdicts import Refused, Unknown, require
from forum.core.viewer import Rank, Viewer
from forum.extensions import db
from forum.mail.jobs import send_later

CONFIRM_WITHIN = timedelta(days=3)
JOIN_LETTER = "accounts.join"


class UsernameTaken(Refused):
    """Said while joining and renaming only, where it is rate-limited."""

    def __init__(self) -> None:
        super().__init__("Somebody has this name already. Please choose another.")


class AddressTaken(Refused):
    """Said on the command line only."""

    def __init__(self) -> None:
        super().__init__("This e-mail address has an account already.")


def ask_to_join(
    actor: Viewer,
    *,
    username: str,
    address: Address,
    password_hash: str,
    relations: frozenset[str],
    time_zone: str = "UTC",
    again_key: str = "",
) -> str:
    """Keep the request and send a letter; returns the key of the page that follows.

    `again_key` is the key of an earlier try by the same person, which this one replaces: that is
    how a mistyped address is mended at once. Raises `UsernameTaken`.
    """
    require(policy.may_join(actor))
    _make_room(username, address, again_key)
    if name_is_taken(username):
        raise UsernameTaken
    key, moment = new_token(), clock.now()
    request = JoinRequest(
        username=username,
        username_key=username_key(username),
        email=address.email,
        email_key=address.key,
        password_hash=password_hash,
        relations=relations,
        time_zone=time_zone,
        adult_wording=ADULT_WORDING,
        consent_wording=CONSENT_WORDING,
        page_key_hash=token_hash(key),
        created_at=moment,
        expires_at=moment + CONFIRM_WITHIN,
    )
    _add_or_taken(request)
    send_later(JOIN_LETTER, request_id=request.id)
    return key


def confirm_join(token: str) -> Member:
    """Make the member that a letter's link stands for. Raises `Unknown` for a used up link."""
    request = db.session.scalar(select(JoinRequest).where(_confirmable(token)))
    if request is None or _address_is_taken(request.email_key):
        raise Unknown
    member = _new_member(
        username=request.username,
        address=Address(request.email, request.email_key),
        password_hash=request.password_hash,
        relations=request.relations,
        time_zone=request.time_zone,
    )
    db.session.delete(request)
    try:
        _add_or_taken(member)
    except UsernameTaken as error:
        raise Unknown from error
    _keep_consents(member.id, request)
    publish(MemberJoined(member.id))
    return member


def add_member(
    actor: Viewer | None,
    *,
    username: str,
    address: Address,
    password_hash: str,
    relations: frozenset[str] = frozenset(),
) -> Member:
    """Make a confirmed member at once, for the command line.

    Raises `UsernameTaken`, `AddressTaken`, or `Refused` for a name of another shape.
    """
    require(policy.may_add_member(actor))
    if not username_key(username):
        raise Refused("A username has 3 to 30 letters, digits or underscores.")
    if _address_is_taken(address.key):
        raise AddressTaken
    if name_is_taken(username):
        raise UsernameTaken
    member = _new_member(
        username=username, address=address, password_hash=password_hash, relations=relations
    )
    _add_or_taken(member)
    record(actor, "member.added", subject=("member", member.id))
    publish(MemberJoined(member.id))
    return member


def name_is_taken(username: str, *, but_by: int = 0) -> bool:
    """Whether a member has or had the name, or a request holds it. `but_by` may have had it."""
    key = username_key(username)
    held = union_all(
        select(Member.id).where(Member.username_key == key, Member.id != but_by),
        select(FormerUsername.member_id).where(
            FormerUsername.username_key == key, FormerUsername.member_id != but_by
        ),
        select(JoinRequest.id).where(
            JoinRequest.username_key == key, JoinRequest.expires_at > clock.now()
        ),
    )
    return db.session.execute(held.limit(1)).first() is not None


def _confirmable(token: str) -> ColumnElement[bool]:
    return (JoinRequest.token_hash == token_hash(token)) & (JoinRequest.expires_at > clock.now())


def _make_room(username: str, address: Address, again_key: str) -> None:
    """Drop what this request replaces: the same person's earlier try, or one that has run out."""
    same_name = JoinRequest.username_key == username_key(username)
    theirs = JoinRequest.email_key == address.key
    run_out = JoinRequest.expires_at <= clock.now()
    earlier = JoinRequest.page_key_hash == token_hash(again_key)
    db.session.execute(delete(JoinRequest).where(or_(same_name & (theirs | run_out), earlier)))


def _address_is_taken(email_key: str) -> bool:
    return db.session.scalar(select(Member.id).where(Member.email_key == email_key)) is not None


def _new_member(
    *,
    username: str,
    address: Address,
    password_hash: str,
    relations: frozenset[str],
    time_zone: str = "UTC",
) -> Member:
    return Member(
        username=username,
        username_key=username_key(username),
        email=address.email,
        email_key=address.key,
        password_hash=password_hash,
        rank=Rank.MEMBER,
        relations=relations,
        time_zone=time_zone,
        joined_at=clock.now(),
    )


def _add_or_taken(row: Member | JoinRequest) -> None:
    """Add a row with a username; two at the same instant, and the slower one is told."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as error:
        raise UsernameTaken from error


def _keep_consents(member_id: int, request: JoinRequest) -> None:
    wordings = {ADULT: request.adult_wording, HEALTH: request.consent_wording}
    for purpose, wording in wordings.items():
        db.session.add(
            Consent(
                member_id=member_id, purpose=purpose, wording=wording, given_at=request.created_at
            )
        )
    db.session.flush()
