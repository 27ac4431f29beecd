"""Places for conversations."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, Date, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import Base, Id, Words


class TopicKind(StrEnum):
    GUIDE = "guide"
    COVERAGE = "coverage"
    COMMUNITY = "community"


class Audience(StrEnum):
    """Who can read a conversation, from the widest to the narrowest."""

    EVERYONE = "everyone"
    MEMBERS = "members"
    CAREGIVERS = "caregivers"

    @property
    def label(self) -> str:
        return AUDIENCE_LABELS[self]

    @property
    def narrowness(self) -> int:
        return list(Audience).index(self)

    def within(self, widest: Audience) -> bool:
        """Whether this is as narrow as `widest`, or narrower."""
        return self.narrowness >= widest.narrowness


AUDIENCE_LABELS = {
    Audience.EVERYONE: "Anyone on the internet",
    Audience.MEMBERS: "Members only",
    Audience.CAREGIVERS: "Caregivers only",
}


class Topic(Base):
    """A place for threads; it sets the widest audience that they may have."""

    __tablename__ = "topics"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    short_title: Mapped[str] = mapped_column(String(60))
    description: Mapped[str] = mapped_column(String(300))
    widest_audience: Mapped[str] = mapped_column(String(20))
    notes: Mapped[frozenset[str]] = mapped_column(Words, default=frozenset)
    introduction: Mapped[str] = mapped_column(Text, default="")
    introduction_html: Mapped[str] = mapped_column(Text, default="")
    numbers_html: Mapped[str] = mapped_column(Text, default="")
    markup_version: Mapped[int] = mapped_column(default=0)
    guide_parts: Mapped[list[str]] = mapped_column(JSON, default=list)
    related: Mapped[list[str]] = mapped_column(JSON, default=list)
    first_threads: Mapped[list[str]] = mapped_column(JSON, default=list)
    sources: Mapped[list[str]] = mapped_column(JSON, default=list)
    unconfirmed: Mapped[list[str]] = mapped_column(JSON, default=list)
    sources_until: Mapped[str] = mapped_column(String(40), default="")
    checked_on: Mapped[date | None] = mapped_column(Date)
    seed_digest: Mapped[str] = mapped_column(String(64), default="")
