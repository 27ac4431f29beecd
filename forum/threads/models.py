"""Conversations: threads, their posts, and what members leave on them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import BIG_ID, Base, Id, UTCDateTime, Words

POSTS_A_PAGE = 20
THREADS_A_PAGE = 25


class Reaction(StrEnum):
    """What one may say to a post without writing; words, never a score."""

    WITH_YOU = "with_you"
    SAME_HERE = "same_here"
    HELPFUL = "helpful"

    @property
    def label(self) -> str:
        return REACTION_LABELS[self]


REACTION_LABELS = {
    Reaction.WITH_YOU: "With you",
    Reaction.SAME_HERE: "Same here",
    Reaction.HELPFUL: "Helpful",
}


class Thread(Base):
    """A title and its posts. Counters here are kept by the verbs, in their transactions.

    `last_number` is the number of the newest post, so that post N always stands on page
    ceil(N / 20). `waiting` is true until somebody other than the author has replied.
    `hidden_at`: a moderator hid it; `removed_at`: gone for good.
    """

    __tablename__ = "threads"
    __table_args__ = (
        Index("ix_threads_latest", "last_post_at", "id", "audience", "hidden_at", "removed_at"),
        Index(
            "ix_threads_topic_latest",
            "topic_id",
            "last_post_at",
            "id",
            "audience",
            "hidden_at",
            "removed_at",
            "pinned_at",
        ),
        Index("ix_threads_audience", "audience", "hidden_at", "removed_at", "last_post_at", "id"),
        Index("ix_threads_waiting", "waiting", "created_at"),
        Index("ix_threads_author", "author_id", "id"),
    )

    id: Mapped[Id]
    topic_id: Mapped[int] = mapped_column(BIG_ID, ForeignKey("topics.id"))
    author_id: Mapped[int] = mapped_column(BIG_ID, ForeignKey("members.id"))
    title: Mapped[str] = mapped_column(String(120))
    slug: Mapped[str] = mapped_column(String(80))
    audience: Mapped[str] = mapped_column(String(20))
    withheld: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[frozenset[str]] = mapped_column(Words, default=frozenset)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_number: Mapped[int] = mapped_column(default=1)
    last_post_at: Mapped[datetime] = mapped_column(UTCDateTime)
    replies: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    pinned_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    locked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    hidden_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    is_demo: Mapped[bool] = mapped_column(default=False)


class Post(Base):
    """One text in a thread; number 1 opens it.

    `deleted_at`: by its author, who may take that back for ten minutes. `hidden_at`: by a
    moderator, until it is restored. `removed_at`: by a moderator, for good.
    """

    __tablename__ = "posts"
    __table_args__ = (
        Index("ix_posts_thread_number", "thread_id", "number", unique=True),
        Index("ix_posts_author", "author_id", "id"),
        Index("ix_posts_author_form_key", "author_id", "form_key", unique=True),
    )

    id: Mapped[Id]
    thread_id: Mapped[int] = mapped_column(BIG_ID, ForeignKey("threads.id", ondelete="CASCADE"))
    number: Mapped[int]
    author_id: Mapped[int] = mapped_column(BIG_ID, ForeignKey("members.id"))
    withheld: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[frozenset[str]] = mapped_column(Words, default=frozenset)
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    markup_version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    hidden_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    form_key: Mapped[str | None] = mapped_column(String(32))

    @property
    def is_gone(self) -> bool:
        """Whether readers see only a quiet mark in its place."""
        return any((self.deleted_at, self.hidden_at, self.removed_at))


class PostRevision(Base):
    """A post as it was before an edit."""

    __tablename__ = "post_revisions"

    id: Mapped[Id]
    post_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("posts.id", ondelete="CASCADE"), index=True
    )
    editor_id: Mapped[int] = mapped_column(BIG_ID, ForeignKey("members.id"), index=True)
    replaced_at: Mapped[datetime] = mapped_column(UTCDateTime)
    why: Mapped[str] = mapped_column(String(300), default="")
    body: Mapped[str] = mapped_column(Text)


class PostQuote(Base):
    """Post `post_id` quotes post `quoted_id`: what to draw anew when the quoted one goes."""

    __tablename__ = "post_quotes"

    post_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True
    )
    quoted_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class PostMention(Base):
    """Post `post_id` names a member with @; `addressed` says that it does so outside quotes."""

    __tablename__ = "post_mentions"

    post_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    addressed: Mapped[bool] = mapped_column(default=True)


class ThreadAlias(Base):
    """The name that a member who withholds theirs has in one thread: "Member A"."""

    __tablename__ = "thread_aliases"
    __table_args__ = (Index("ix_thread_aliases_label", "thread_id", "label", unique=True),)

    thread_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("members.id"), primary_key=True, index=True
    )
    label: Mapped[str] = mapped_column(String(12))


class PostReaction(Base):
    __tablename__ = "post_reactions"

    post_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ThreadRead(Base):
    """How far a member has read a thread: the newest number seen, and when."""

    __tablename__ = "thread_reads"

    member_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("members.id", ondelete="CASCADE"), primary_key=True
    )
    thread_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("threads.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    last_number: Mapped[int]
    read_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Draft(Base):
    """Text not published yet. `place` is "topic:welcome", "thread:12" or "post:40" (an edit)."""

    __tablename__ = "drafts"

    member_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("members.id", ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[str] = mapped_column(String(80), primary_key=True)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
