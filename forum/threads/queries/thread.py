"""One conversation: its head, a page of its posts, and what members left on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, exists, false, func, literal, select

from forum.accounts.models import Block, Member
from forum.core.pages import last_page
from forum.core.verdicts import Unknown
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.threads.addresses import page_of, post_in_thread_path, thread_path, topic_path
from forum.threads.models import POSTS_A_PAGE, Post, PostReaction, Thread, ThreadAlias, ThreadRead
from forum.threads.policy import visible_threads
from forum.topics.models import Topic


@dataclass(frozen=True, slots=True)
class ThreadHead:
    """A thread without its posts. `read_number` is 0 for one this member never opened.

    `your_alias` is the name this member has here without their own; empty for who always gave it.
    """

    id: int
    slug: str
    title: str
    author_id: int
    audience: str
    notes: frozenset[str]
    created_at: datetime
    last_number: int
    replies: int
    pinned_at: datetime | None
    locked_at: datetime | None
    hidden_at: datetime | None
    removed_at: datetime | None
    topic_slug: str
    topic_title: str
    topic_kind: str
    guide_parts: Sequence[str]
    related: Sequence[str]
    read_number: int
    your_alias: str

    @property
    def last_page(self) -> int:
        return last_page(self.last_number, POSTS_A_PAGE)

    @property
    def topic_url(self) -> str:
        return topic_path(self.topic_slug)

    @property
    def new_count(self) -> int:
        """Posts since this member's last visit; a first visit has none."""
        return max(0, self.last_number - self.read_number) if self.read_number else 0

    @property
    def first_unread(self) -> int:
        """The number of the post to go on with: the newest where all were read."""
        return min(self.read_number + 1, self.last_number)

    @property
    def first_unread_page(self) -> int:
        return page_of(self.first_unread)

    @property
    def first_unread_url(self) -> str:
        return post_in_thread_path(self.id, self.slug, self.first_unread)

    def url(self, page: int = 1) -> str:
        return thread_path(self.id, self.slug, page)


_head = (
    Thread.id,
    Thread.slug,
    Thread.title,
    Thread.author_id,
    Thread.audience,
    Thread.notes,
    Thread.created_at,
    Thread.last_number,
    Thread.replies,
    Thread.pinned_at,
    Thread.locked_at,
    Thread.hidden_at,
    Thread.removed_at,
    Topic.slug.label("topic_slug"),
    Topic.short_title.label("topic_title"),
    Topic.kind.label("topic_kind"),
    Topic.guide_parts,
    Topic.related,
)
_post = (
    Post.id,
    Post.number,
    Post.author_id,
    Post.withheld,
    Post.notes,
    Post.html,
    Post.created_at,
    Post.edited_at,
    Post.deleted_at,
    Post.hidden_at,
    Post.removed_at,
    Member.username,
    Member.relations,
    Member.rank,
    Member.is_system,
    Member.erased_at,
    ThreadAlias.label.label("alias"),
)


def thread_head(viewer: Viewer, thread_id: int) -> ThreadHead:
    """Raises `Unknown` for a thread that is not there, or not for this viewer."""
    read = select(ThreadRead.last_number).where(
        ThreadRead.thread_id == Thread.id, ThreadRead.member_id == viewer.member_id
    )
    alias = select(ThreadAlias.label).where(
        ThreadAlias.thread_id == Thread.id, ThreadAlias.member_id == viewer.member_id
    )
    wanted = (
        select(
            *_head,
            func.coalesce(read.scalar_subquery(), 0).label("read_number"),
            func.coalesce(alias.scalar_subquery(), "").label("your_alias"),
        )
        .join(Topic, Topic.id == Thread.topic_id)
        .where(Thread.id == thread_id, visible_threads(viewer))
    )
    found = db.session.execute(wanted).mappings().one_or_none()
    if found is None:
        raise Unknown
    return ThreadHead(**found)


def posts_on_page(viewer: Viewer, thread_id: int, page: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """The posts of one page, with who wrote them and whether one of the two blocked the other."""
    alias = and_(ThreadAlias.thread_id == Post.thread_id, ThreadAlias.member_id == Post.author_id)
    wanted = (
        select(
            *_post,
            _blocked(viewer, Block.blocker_id, Block.blocked_id).label("blocked_by_viewer"),
            _blocked(viewer, Block.blocked_id, Block.blocker_id).label("blocks_viewer"),
        )
        .join(Member, Member.id == Post.author_id)
        .outerjoin(ThreadAlias, alias)
        .where(Post.thread_id == thread_id, _on_page(page))
        .order_by(Post.number)
    )
    return db.session.execute(wanted).all()


def reactions_on_page(
    viewer: Viewer, thread_id: int, page: int
) -> Mapping[int, Mapping[str, tuple[int, bool]]]:
    """Post id -> kind -> how many left it, and whether this viewer is one of them."""
    mine = func.max(case((PostReaction.member_id == viewer.member_id, 1), else_=0))
    wanted = (
        select(PostReaction.post_id, PostReaction.kind, func.count().label("number"), mine)
        .join(Post, Post.id == PostReaction.post_id)
        .where(Post.thread_id == thread_id, _on_page(page))
        .group_by(PostReaction.post_id, PostReaction.kind)
    )
    found: dict[int, dict[str, tuple[int, bool]]] = defaultdict(dict)
    for post_id, kind, number, by_viewer in db.session.execute(wanted):
        found[post_id][kind] = (number, bool(by_viewer))
    return found


def place_of_post(viewer: Viewer, post_id: int) -> str:
    """Where a post stands. Raises `Unknown` unless this viewer may see its thread."""
    wanted = (
        select(Thread.id, Thread.slug, Post.number)
        .join(Post, Post.thread_id == Thread.id)
        .where(Post.id == post_id, visible_threads(viewer))
    )
    found = db.session.execute(wanted).one_or_none()
    if found is None:
        raise Unknown
    return post_in_thread_path(found.id, found.slug, found.number)


def _on_page(page: int) -> ColumnElement[bool]:
    last = page * POSTS_A_PAGE
    return Post.number.between(last - POSTS_A_PAGE + 1, last)


def _blocked(viewer: Viewer, mine: Any, theirs: Any) -> ColumnElement[bool]:
    if not viewer.is_member:
        return false()
    return exists(select(literal(1)).where(mine == viewer.member_id, theirs == Post.author_id))
