"""Blocking: both see each other's posts folded, and neither can mention the other."""

from __future__ import annotations

from sqlalchemy import delete

from forum.accounts import policy
from forum.accounts.events import MemberBlocked, MemberUnblocked
from forum.accounts.models import Block, Member
from forum.core import clock
from forum.core.events import publish
from forum.core.verdicts import require
from forum.core.viewer import Viewer
from forum.extensions import db


def block_member(actor: Viewer, member: Member) -> None:
    """Block a member; once more changes nothing. They are not told."""
    require(policy.may_block(actor, member))
    if db.session.get(Block, (actor.member_id, member.id)) is not None:
        return
    db.session.add(Block(blocker_id=actor.member_id, blocked_id=member.id, created_at=clock.now()))
    db.session.flush()
    publish(MemberBlocked(actor.member_id, member.id))


def unblock_member(actor: Viewer, member: Member) -> None:
    require(policy.may_unblock(actor))
    db.session.execute(
        delete(Block).where(Block.blocker_id == actor.member_id, Block.blocked_id == member.id)
    )
    publish(MemberUnblocked(actor.member_id, member.id))
