"""The pinned guide: its parts, every saved change of them, and where a reader stopped."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import BIG_ID, Base, Id, UTCDateTime, Words


class GuidePart(Base):
    """One part of the guide. `revision` is the number of its newest `GuideRevision`."""

    __tablename__ = "guide_parts"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    short_title: Mapped[str] = mapped_column(String(60))
    summary: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    # The same one heading level lower and without ids, for the page that holds all parts.
    print_html: Mapped[str] = mapped_column(Text)
    contents: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    markup_version: Mapped[int]
    minutes: Mapped[int] = mapped_column(default=1)
    notes: Mapped[frozenset[str]] = mapped_column(Words, default=frozenset)
    sources: Mapped[list[str]] = mapped_column(JSON, default=list)
    unconfirmed: Mapped[list[str]] = mapped_column(JSON, default=list)
    questions: Mapped[list[str]] = mapped_column(JSON, default=list)
    sources_until: Mapped[str] = mapped_column(String(40), default="")
    checked_on: Mapped[date] = mapped_column(Date)
    revision: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seed_digest: Mapped[str] = mapped_column(String(64), default="")


class GuideRevision(Base):
    """A part as it was saved, with the editor's note.

    `number` rises with every save; saves that were folded into one leave gaps. `editor_id` is
    empty for the project itself, and for an editor whose account was erased.
    """

    __tablename__ = "guide_revisions"
    __table_args__ = (Index("ix_guide_revisions_part_number", "part_id", "number", unique=True),)

    id: Mapped[Id]
    part_id: Mapped[int] = mapped_column(BIG_ID, ForeignKey("guide_parts.id", ondelete="CASCADE"))
    number: Mapped[int]
    editor_id: Mapped[int | None] = mapped_column(
        BIG_ID, ForeignKey("members.id", ondelete="SET NULL"), index=True
    )
    note: Mapped[str] = mapped_column(Text, default="")
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    sources: Mapped[list[str]] = mapped_column(JSON, default=list)
    questions: Mapped[list[str]] = mapped_column(JSON, default=list)
    unconfirmed: Mapped[list[str]] = mapped_column(JSON, default=list)
    sources_until: Mapped[str] = mapped_column(String(40), default="")
    checked_on: Mapped[date] = mapped_column(Date)


class GuidePlace(Base):
    """Where a member stopped reading: one row a member."""

    __tablename__ = "guide_places"

    member_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("members.id", ondelete="CASCADE"), primary_key=True
    )
    part_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("guide_parts.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(UTCDateTime)
