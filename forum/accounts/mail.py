"""The letters of accounts. Tokens are made here, at the moment a letter is written.

Who reads over a shoulder learns no more than that there is an account somewhere.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from forum.accounts.models import JoinRequest, MailedToken, Member
from forum.accounts.tokens import new_token, token_hash
from forum.core import clock
from forum.core.rendering import site
from forum.core.viewer import Rank
from forum.extensions import db
from forum.mail.letters import Letter

RESET, NEW_ADDRESS = "reset", "new_address"
RESET_WITHIN = timedelta(hours=1)
NOT_YOU = "If this was not you, you can put this e-mail away: nothing will happen."
CONFIRM_SUBJECT = "Confirm your address"


def join_letter(request_id: int) -> Letter | None:
    """To a new address the link that makes the account, to a known one word that it has one."""
    request = db.session.get(JoinRequest, request_id)
    if request is None or request.expires_at <= clock.now():
        return None
    if _has_account(request.email_key):
        return _already_joined(request.email)
    token = new_token()
    request.token_hash = token_hash(token)
    db.session.flush()
    return Letter(
        to=request.email,
        subject=CONFIRM_SUBJECT,
        paragraphs=(
            "Hello,",
            f"somebody, hopefully you, asked for an account with the name {request.username} "
            "and this address. One press, and it is yours.",
        ),
        button=("Confirm my address", f"{site().url}/confirm/{token}"),
        closing=("The link works for three days.", NOT_YOU),
    )


def _already_joined(email: str) -> Letter:
    return Letter(
        to=email,
        subject=CONFIRM_SUBJECT,
        paragraphs=(
            "Hello,",
            "somebody, perhaps you, asked for an account with this address. It has an account "
            "already, so you do not need another.",
        ),
        button=("Sign in", f"{site().url}/sign-in"),
        closing=(
            f"If you do not remember your password, set a new one: {site().url}/forgot-password",
            NOT_YOU,
        ),
    )


def reset_letter(member_id: int) -> Letter | None:
    """The link to a new password; None for an address without an account (`member_id` 0)."""
    member = _member_with_address(member_id)
    if member is None or member.email is None:
        return None
    token, moment = new_token(), clock.now()
    db.session.add(
        MailedToken(
            member_id=member.id,
            purpose=RESET,
            token_hash=token_hash(token),
            created_at=moment,
            expires_at=moment + RESET_WITHIN,
        )
    )
    db.session.flush()
    return Letter(
        to=member.email,
        subject="Set a new password",
        paragraphs=(
            f"Hello {member.username},",
            "somebody, hopefully you, asked to set a new password for your account.",
        ),
        button=("Set a new password", f"{site().url}/reset-password/{token}"),
        closing=("The link works once, and for one hour.", NOT_YOU),
    )


def password_changed_letter(member_id: int) -> Letter | None:
    member = _member_with_address(member_id)
    if member is None or member.email is None:
        return None
    return Letter(
        to=member.email,
        subject="Your password was changed",
        paragraphs=(
            f"Hello {member.username},",
            "the password of your account was changed just now. If this was you, all is well.",
        ),
        button=("It was not me", f"{site().url}/forgot-password"),
        closing=("If it was not you, press this button and set a new password at once.",),
    )


def new_address_letter(token_id: int) -> Letter | None:
    """To the new address: the link that confirms it, or word that it belongs to an account."""
    asked = _pending_address(token_id)
    if asked is None:
        return None
    if _has_account(asked.email.casefold()):
        return _address_in_use(asked.email)
    token = new_token()
    asked.token_hash = token_hash(token)
    db.session.flush()
    return Letter(
        to=asked.email,
        subject=CONFIRM_SUBJECT,
        paragraphs=(
            "Hello,",
            "somebody, hopefully you, asked that e-mail for an account goes to this address.",
        ),
        button=("Confirm my new address", f"{site().url}/confirm-address/{token}"),
        closing=("The link works for one day.", NOT_YOU),
    )


def _address_in_use(email: str) -> Letter:
    return Letter(
        to=email,
        subject=CONFIRM_SUBJECT,
        paragraphs=(
            "Hello,",
            "somebody, perhaps you, wanted to use this address for another account. It belongs "
            "to an account already, so nothing was changed.",
        ),
        button=("Sign in", f"{site().url}/sign-in"),
        closing=(NOT_YOU,),
    )


def address_asked_letter(token_id: int) -> Letter | None:
    """To the present address: that another is to take its place, while that can be stopped."""
    asked = _pending_address(token_id)
    member = _member_with_address(asked.member_id) if asked else None
    if member is None or member.email is None:
        return None
    return Letter(
        to=member.email,
        subject="A new address for your account",
        paragraphs=(
            f"Hello {member.username},",
            "somebody who knows your password asked that your e-mail goes to another address. "
            "As soon as that address is confirmed, this one gets no more e-mail.",
        ),
        button=("It was not me", f"{site().url}/forgot-password"),
        closing=(
            "If it was not you, press this button and set a new password now. That also stops "
            "the change.",
        ),
    )


def rank_letter(member_id: int) -> Letter | None:
    member = _member_with_address(member_id)
    if member is None or member.email is None:
        return None
    rank = Rank(member.rank).label or "Member"
    return Letter(
        to=member.email,
        subject="Your account was changed",
        paragraphs=(
            f"Hello {member.username},",
            f"an administrator changed what your account may do. You are now: {rank}.",
        ),
        button=("Sign in", f"{site().url}/sign-in"),
    )


def _member_with_address(member_id: int) -> Member | None:
    wanted = select(Member).where(Member.id == member_id, Member.email.is_not(None))
    return db.session.scalar(wanted)


def _has_account(email_key: str) -> bool:
    return db.session.scalar(select(Member.id).where(Member.email_key == email_key)) is not None


def _pending_address(token_id: int) -> MailedToken | None:
    asked = db.session.get(MailedToken, token_id)
    return asked if asked and asked.expires_at > clock.now() else None
