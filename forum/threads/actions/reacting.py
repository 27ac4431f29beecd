"""Saying something to a post without writing."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from forum.core import clock
from forum.core.events import publish
from forum.core.verdicts import require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.threads.actions.subjects import thread_of
from forum.threads.events import ReactionGiven, ReactionTakenBack
from forum.threads.models import Post, PostReaction, Reaction
from forum.threads.policy import may_react


def react(actor: Viewer, post: Post, kind: Reaction) -> bool:
    """Give a reaction, or take it back if it was given; returns whether it stands now."""
    require(may_react(actor, thread_of(post), post))
    if _take_back(actor.member_id, post, kind):
        publish(ReactionTakenBack(post.id, post.thread_id, actor.member_id))
        return False
    _give(actor.member_id, post, kind)
    publish(ReactionGiven(post.id, post.thread_id, actor.member_id))
    return True


def _take_back(member_id: int, post: Post, kind: Reaction) -> bool:
    given = delete(PostReaction).where(
        PostReaction.post_id == post.id,
        PostReaction.member_id == member_id,
        PostReaction.kind == kind.value,
    )
    return db.session.scalar(given.returning(PostReaction.post_id)) is not None


def _give(member_id: int, post: Post, kind: Reaction) -> None:
    # Pressed twice at the same moment, it is given once.
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    db.session.execute(
        insert(PostReaction)
        .values(post_id=post.id, member_id=member_id, kind=kind.value, created_at=clock.now())
        .on_conflict_do_nothing()
    )
