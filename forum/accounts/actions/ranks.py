"""Giving ranks: by an administrator, or on the command line."""

from __future__ import annotations

from forum.accounts import policy
from forum.accounts.events import RankGiven
from forum.accounts.models import Member
from forum.audit.actions import record
from forum.core.events import publish
from forum.core.verdicts import require
from forum.core.viewer import Rank, Viewer
from forum.extensions import db
from forum.mail.jobs import send_later

RANK_LETTER = "accounts.rank"


def give_rank(actor: Viewer | None, member: Member, rank: Rank, *, reason: str) -> None:
    """Change what a member may do; they are told by letter. `actor` None is the command line."""
    require(policy.may_give_rank(actor, member))
    before, member.rank = member.rank, rank.value
    db.session.flush()
    record(
        actor,
        "rank.given",
        subject=("member", member.id),
        reason=reason,
        rank=rank.value,
        before=before,
    )
    send_later(RANK_LETTER, member_id=member.id)
    publish(RankGiven(member.id))
