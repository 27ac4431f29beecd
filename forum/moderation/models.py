"""Reports, the one case a subject has, what moderators say to each other, and what they decide."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import BIG_ID, Base, Id, UTCDateTime


class ReportReason(StrEnum):
    """Why somebody reports, from the most urgent to the least."""

    WORRIED = "worried"
    PERSONAL = "personal"
    ADVICE = "advice"
    SELLING = "selling"
    UNKIND = "unkind"
    SPAM = "spam"
    OTHER = "other"

    @property
    def label(self) -> str:
        return REASON_LABELS[self]

    @property
    def urgency(self) -> int:
        """0 first. A person comes before a text, and what harms before what annoys."""
        return list(ReportReason).index(self)


REASON_LABELS = {
    ReportReason.WORRIED: "I am worried about this person",
    ReportReason.PERSONAL: "It shows personal information",
    ReportReason.ADVICE: "Unsafe medical advice",
    ReportReason.SELLING: "Selling or recruiting",
    ReportReason.UNKIND: "It is unkind",
    ReportReason.SPAM: "Spam",
    ReportReason.OTHER: "Something else",
}


class SubjectKind(StrEnum):
    THREAD = "thread"
    POST = "post"
    MEMBER = "member"


class Case(Base):
    """All that concerns one subject, however many reports; settled or open, never two.

    `version` rises with every report and every decision: a moderator who decides upon an older
    one is told. `reports` counts those since the case opened, or opened again.
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_subject", "subject_kind", "subject_id", unique=True),
        Index("ix_cases_open", "settled_at", "urgency", "opened_at"),
    )

    id: Mapped[Id]
    subject_kind: Mapped[str] = mapped_column(String(10))
    subject_id: Mapped[int] = mapped_column(BIG_ID)
    thread_id: Mapped[int | None] = mapped_column(
        BIG_ID, ForeignKey("threads.id", ondelete="SET NULL"), index=True
    )
    member_id: Mapped[int] = mapped_column(BIG_ID, ForeignKey("members.id"), index=True)
    reason: Mapped[str] = mapped_column(String(20))
    urgency: Mapped[int]
    reports: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    claimed_by_id: Mapped[int | None] = mapped_column(
        BIG_ID, ForeignKey("members.id", ondelete="SET NULL"), index=True
    )
    claimed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(default=1)


class Report(Base):
    """What one member told the moderators; one a member and subject while the case is open.

    With `answers_id` it is the answer of the person concerned to that decision.
    """

    __tablename__ = "reports"

    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("cases.id", ondelete="CASCADE"), index=True
    )
    reporter_id: Mapped[int | None] = mapped_column(
        BIG_ID, ForeignKey("members.id", ondelete="SET NULL"), index=True
    )
    answers_id: Mapped[int | None] = mapped_column(
        BIG_ID, ForeignKey("decisions.id", ondelete="SET NULL"), index=True
    )
    reason: Mapped[str] = mapped_column(String(20))
    details: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class CaseNote(Base):
    """A word among moderators; no member sees it."""

    __tablename__ = "case_notes"

    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("cases.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[int] = mapped_column(BIG_ID, ForeignKey("members.id"), index=True)
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Decision(Base):
    """What a moderator did and why, in the words the author is told.

    `details` holds what describes it further (an end date, a topic moved from). `told` is false
    where nothing happened to the person concerned, and word of a report alone would only hurt.
    """

    __tablename__ = "decisions"
    __table_args__ = (Index("ix_decisions_told", "member_id", "seen_at"),)

    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("cases.id", ondelete="CASCADE"), index=True
    )
    moderator_id: Mapped[int] = mapped_column(BIG_ID, ForeignKey("members.id"), index=True)
    member_id: Mapped[int] = mapped_column(BIG_ID, ForeignKey("members.id"))
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    told: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
