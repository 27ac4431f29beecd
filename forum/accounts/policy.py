"""Who may do what with an account. Verbs and templates ask the same functions."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import ColumnElement, false

from forum.accounts.models import Member, SignIn
from forum.core.verdicts import ALLOWED, HIDDEN, Verdict, allowed_if, refused
from forum.core.viewer import Rank, Viewer

# Old names stay taken for good, so that nobody can collect many.
MOST_NEW_NAMES = 3
NEW_NAMES_WITHIN = timedelta(days=365)

SIGN_IN_FIRST = "Please sign in first."
PAUSED = "Your account is paused, so this has to wait."


class MemberFacts(Protocol):
    """What the rules ask of a member: a `Member`, or a row with these columns."""

    @property
    def id(self) -> int: ...
    @property
    def rank(self) -> str: ...
    @property
    def erased_at(self) -> datetime | None: ...
    @property
    def is_system(self) -> bool: ...


def may_join(viewer: Viewer) -> Verdict:
    return allowed_if(not viewer.is_member, "You have an account and are signed in to it.")


def may_sign_in(viewer: Viewer) -> Verdict:
    """Also who is signed in (as somebody else) or suspended (to read why)."""
    return ALLOWED


def may_sign_out(viewer: Viewer) -> Verdict:
    """Also who is signed out already: a second press must not end in an error."""
    return ALLOWED


def visible_members(viewer: Viewer) -> ColumnElement[bool]:
    """The members whose profiles this viewer may see."""
    return Member.erased_at.is_(None) if viewer.in_good_standing else false()


def may_see_profile(viewer: Viewer, member: MemberFacts) -> Verdict:
    return ALLOWED if viewer.in_good_standing and member.erased_at is None else HIDDEN


def may_edit_profile(viewer: Viewer) -> Verdict:
    """Their own; others read it, so that a pause holds here too."""
    if not viewer.is_member:
        return refused(SIGN_IN_FIRST)
    return allowed_if(viewer.in_good_standing, PAUSED)


def may_rename(viewer: Viewer, names_given_up: int) -> Verdict:
    """`names_given_up` counts those of the last `NEW_NAMES_WITHIN`."""
    editing = may_edit_profile(viewer)
    if not editing:
        return editing
    return allowed_if(
        names_given_up < MOST_NEW_NAMES,
        f"You have changed your name {MOST_NEW_NAMES} times within a year. "
        "Please keep this one for a while.",
    )


def may_change_settings(viewer: Viewer) -> Verdict:
    """Password, address, display: a suspended member keeps these."""
    return allowed_if(viewer.is_member, SIGN_IN_FIRST)


def may_end_session(viewer: Viewer, session: SignIn) -> Verdict:
    return ALLOWED if viewer.is_member and session.member_id == viewer.member_id else HIDDEN


def own_sessions(viewer: Viewer) -> ColumnElement[bool]:
    return SignIn.member_id == viewer.member_id if viewer.is_member else false()


def may_block(viewer: Viewer, member: MemberFacts) -> Verdict:
    seeing = may_see_profile(viewer, member)
    if not seeing:
        return seeing
    if member.id == viewer.member_id:
        return refused("This is you.")
    return allowed_if(
        not member.is_system and not Rank(member.rank).reaches(Rank.MODERATOR),
        "Moderators cannot be blocked, because you may need to hear from them. "
        "If one of them is unkind to you, please report the post.",
    )


def may_unblock(viewer: Viewer) -> Verdict:
    return allowed_if(viewer.in_good_standing, PAUSED if viewer.is_member else SIGN_IN_FIRST)


def may_give_rank(viewer: Viewer | None, member: MemberFacts) -> Verdict:
    """None is the command line, whose user owns the machine."""
    if viewer is not None:
        if not viewer.has_rank(Rank.ADMINISTRATOR):
            return refused("Only administrators give ranks.")
        if viewer.member_id == member.id:
            return refused("Nobody changes their own rank. Please ask another administrator.")
    if member.erased_at is not None:
        return HIDDEN
    return allowed_if(not member.is_system, "This account belongs to the forum itself.")


def may_add_member(viewer: Viewer | None) -> Verdict:
    """Accounts without a letter come from the command line alone."""
    return allowed_if(viewer is None, "People join by themselves.")
