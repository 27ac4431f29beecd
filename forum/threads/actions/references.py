"""Whom and what the texts of a thread may name."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, false, func, or_, select, union_all

from forum.accounts.models import Block, FormerUsername, Member
from forum.core.markup import MemberLink, PostLink
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.threads.addresses import member_path, post_path
from forum.threads.models import Post, PostRevision, Thread, ThreadAlias
from forum.threads.policy import (
    POST_DELETED,
    POST_HIDDEN,
    POST_REMOVED,
    members_within,
    visible_threads,
)
from forum.threads.presentation.names import FORMER_MEMBER, WITHHELD
from forum.topics.models import Audience

# Stands for the author of a quoted post that readers of this thread may no longer open.
SOMEBODY = "Somebody"
NOT_OPEN_HERE = "These words are not open to readers of this conversation."
WORDS_TAKEN_OUT = "Moderators took words out of the post that is quoted here."
NEW_THREAD = 0


@dataclass(frozen=True)
class ThreadReferences:
    """Answers for one text in one thread.

    `members` and `posts` are conditions that say who may be linked and what may be quoted; a
    quoted post whose words readers may no longer read is gone.
    """

    thread_id: int
    audience: Audience
    may_link: ColumnElement[bool]
    may_quote: ColumnElement[bool]
    written_at: datetime | None = None

    def members(self, names: Collection[str]) -> Mapping[str, MemberLink]:
        by_name = select(Member.username_key.label("name"), Member.id, Member.username)
        by_former_name = select(
            FormerUsername.username_key.label("name"), Member.id, Member.username
        ).join(Member, Member.id == FormerUsername.member_id)
        found = union_all(
            by_name.where(Member.username_key.in_(names), self.may_link),
            by_former_name.where(FormerUsername.username_key.in_(names), self.may_link),
        )
        return {row.name: _member_link(row) for row in db.session.execute(found)}

    def posts(self, ids: Collection[int]) -> Mapping[int, PostLink]:
        wanted = _quotable.where(Post.id.in_(ids), self.may_quote)
        return {row.id: self._post_link(row) for row in db.session.execute(wanted)}

    def _post_link(self, row: Row[*tuple[Any, ...]]) -> PostLink:
        if not self._is_readable(row):
            return PostLink(row.id, SOMEBODY, post_path(row.id), gone=True, gone_note=NOT_OPEN_HERE)
        note = _why_gone(row) or self._cut_note(row)
        return PostLink(row.id, _author_name(row), post_path(row.id), bool(note), note)

    def _cut_note(self, row: Row[*tuple[Any, ...]]) -> str:
        if self.written_at is None or row.cut_at is None:
            return ""
        return WORDS_TAKEN_OUT if self.written_at <= row.cut_at else ""

    def _is_readable(self, row: Row[*tuple[Any, ...]]) -> bool:
        """Whether readers of this thread may open the thread of the quoted post."""
        if row.thread_id == self.thread_id:
            return True
        gone = row.thread_hidden_at is not None or row.thread_removed_at is not None
        return not gone and self.audience.within(Audience(row.audience))


def fresh_references(
    actor: Viewer, thread_id: int, audience: Audience, *, withheld: bool
) -> ThreadReferences:
    """For a text that the actor writes now into a thread, or into a new one (`NEW_THREAD`).

    Without a name nobody is linked. A link that a block prevents would otherwise tell the
    blocked or blocking member who the writer is.
    """
    wide_enough = [wider.value for wider in Audience if audience.within(wider)]
    elsewhere = and_(
        Thread.audience.in_(wide_enough),
        Thread.hidden_at.is_(None),
        Thread.removed_at.is_(None),
    )
    return ThreadReferences(
        thread_id,
        audience,
        may_link=false() if withheld else _linkable_by(actor.member_id, audience),
        may_quote=and_(visible_threads(actor), or_(Thread.id == thread_id, elsewhere)),
    )


def known_references(
    thread_id: int,
    audience: Audience,
    *,
    mentioned: Collection[int],
    quoted: Collection[int],
    written_at: datetime,
) -> ThreadReferences:
    """For a text that is drawn anew: what it named when it was written, and nothing else.

    A quote that is older than a moderator's cut in the quoted post may hold the very words that
    were cut, so that it is gone.
    """
    return ThreadReferences(
        thread_id,
        audience,
        written_at=written_at,
        may_link=and_(Member.id.in_(mentioned), Member.erased_at.is_(None)),
        may_quote=Post.id.in_(quoted),
    )


def _linkable_by(author_id: int, audience: Audience) -> ColumnElement[bool]:
    between = or_(
        and_(Block.blocker_id == author_id, Block.blocked_id == Member.id),
        and_(Block.blocker_id == Member.id, Block.blocked_id == author_id),
    )
    blocked = exists().where(between)
    return and_(members_within(audience), Member.is_system.is_(False), ~blocked)


def _member_link(row: Row[*tuple[Any, ...]]) -> MemberLink:
    return MemberLink(row.id, row.username, member_path(row.username))


def _why_gone(row: Row[*tuple[Any, ...]]) -> str:
    """What stands in place of the words, empty for a post that is there."""
    if row.deleted_at is not None:
        return POST_DELETED
    if row.removed_at is not None:
        return POST_REMOVED
    return POST_HIDDEN if row.hidden_at is not None else ""


def _author_name(row: Row[*tuple[Any, ...]]) -> str:
    if row.withheld:
        return row.label or WITHHELD
    return FORMER_MEMBER if row.erased_at else str(row.username)


# Only a moderator changes a post that somebody else wrote.
_cut_at = (
    select(func.max(PostRevision.replaced_at))
    .where(PostRevision.post_id == Post.id, PostRevision.editor_id != Post.author_id)
    .scalar_subquery()
)
_quotable = (
    select(
        Post.id,
        Post.thread_id,
        Post.withheld,
        Post.deleted_at,
        Post.hidden_at,
        Post.removed_at,
        Thread.audience,
        Thread.hidden_at.label("thread_hidden_at"),
        Thread.removed_at.label("thread_removed_at"),
        Member.username,
        Member.erased_at,
        ThreadAlias.label,
        _cut_at.label("cut_at"),
    )
    .join(Thread, Thread.id == Post.thread_id)
    .join(Member, Member.id == Post.author_id)
    .outerjoin(
        ThreadAlias,
        and_(ThreadAlias.thread_id == Post.thread_id, ThreadAlias.member_id == Post.author_id),
    )
)
