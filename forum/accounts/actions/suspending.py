"""Pausing an account, and lifting the pause. Whoever calls has asked the rules, says why and writes
it down.
"""

from __future__ import annotations

from datetime import datetime

from forum.accounts import sessions
from forum.accounts.models import Member
from forum.extensions import db


def suspend_until(member: Member, until: datetime) -> None:
    """Pause the account until that moment and end its sessions; signing in again shows why."""
    member.suspended_until = until
    sessions.close_sessions_of(member.id)
    db.session.flush()


def lift_suspension(member: Member) -> None:
    member.suspended_until = None
    db.session.flush()
