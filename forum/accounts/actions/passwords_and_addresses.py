"""Changing what an account is entered with. Every change ends what an intruder could hold."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, update

from forum.accounts import mail, policy, queries, sessions
from forum.accounts.addresses import Address
from forum.accounts.events import EmailChanged, PasswordChanged
from forum.accounts.models import MailedToken, Member
from forum.audit.actions import record
from forum.core import clock
from forum.core.events import publish
from forum.core.verdicts import Unknown, require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.mail.jobs import send_later

RESET_LETTER = "accounts.reset"
PASSWORD_CHANGED_LETTER = "accounts.password_changed"  # noqa: S105 - the name of a letter
NEW_ADDRESS_LETTER = "accounts.new_address"
ADDRESS_ASKED_LETTER = "accounts.address_asked"
CONFIRM_ADDRESS_WITHIN = timedelta(days=1)
# Pressed twice, one letter; the bucket is the same for known and unknown addresses.
RESET_AGAIN_AFTER_S = 300


def ask_for_reset(address: Address, *, address_hash: str) -> None:
    """Have a letter sent if the address has an account; what is done here is always the same."""
    member_id = queries.member_with_address(address.key)
    bucket = int(clock.now().timestamp()) // RESET_AGAIN_AFTER_S
    send_later(RESET_LETTER, dedupe_key=f"reset:{address_hash[:40]}:{bucket}", member_id=member_id)


def reset_password(token: str, *, password_hash: str) -> str:
    """Set the password that a mailed link allows; returns the username. Raises `Unknown`.

    Every session ends, and every other link that was mailed.
    """
    found = queries.member_of_token(token, mail.RESET)
    if found is None:
        raise Unknown
    _set_password(found.member_id, password_hash)
    sessions.close_sessions_of(found.member_id)
    record(None, "password.reset", subject=("member", found.member_id))
    return found.username


def change_password(actor: Viewer, *, password_hash: str) -> None:
    """Set a new password; the caller has checked the present one. All other sessions end."""
    require(policy.may_change_settings(actor))
    _set_password(actor.member_id, password_hash)
    sessions.close_sessions_of(actor.member_id, but=actor.session_id)
    record(actor, "password.changed", subject=("member", actor.member_id))


def ask_for_new_address(actor: Viewer, address: Address) -> None:
    """Send the new address a link, and the present one word of it. Known or unknown: the same."""
    require(policy.may_change_settings(actor))
    _end_links_of(actor.member_id, mail.NEW_ADDRESS)
    moment = clock.now()
    asked = MailedToken(
        member_id=actor.member_id,
        purpose=mail.NEW_ADDRESS,
        email=address.email,
        created_at=moment,
        expires_at=moment + CONFIRM_ADDRESS_WITHIN,
    )
    db.session.add(asked)
    db.session.flush()
    send_later(NEW_ADDRESS_LETTER, token_id=asked.id)
    send_later(ADDRESS_ASKED_LETTER, token_id=asked.id)
    record(actor, "address.asked", subject=("member", actor.member_id))


def confirm_new_address(token: str) -> None:
    """Put the address in force that the link was mailed to. Raises `Unknown`."""
    found = queries.member_of_token(token, mail.NEW_ADDRESS)
    if found is None or queries.member_with_address(found.email.casefold()):
        raise Unknown
    db.session.execute(
        update(Member)
        .where(Member.id == found.member_id)
        .values(email=found.email, email_key=found.email.casefold())
    )
    _end_links_of(found.member_id)
    record(None, "address.changed", subject=("member", found.member_id))
    publish(EmailChanged(found.member_id))


def _set_password(member_id: int, password_hash: str) -> None:
    db.session.execute(
        update(Member).where(Member.id == member_id).values(password_hash=password_hash)
    )
    _end_links_of(member_id)
    send_later(PASSWORD_CHANGED_LETTER, member_id=member_id)
    publish(PasswordChanged(member_id))


def _end_links_of(member_id: int, purpose: str = "") -> None:
    links = delete(MailedToken).where(MailedToken.member_id == member_id)
    db.session.execute(links.where(MailedToken.purpose == purpose) if purpose else links)
