"""Members, their sign-ins, and what they chose."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.database import BIG_ID, Base, Id, UTCDateTime, Words

MEMBER_ID = "members.id"


class Member(Base):
    """A person with an account; the row exists once the e-mail address was confirmed."""

    __tablename__ = "members"

    id: Mapped[Id]
    username: Mapped[str] = mapped_column(String(30))
    username_key: Mapped[str] = mapped_column(String(30), unique=True)
    email: Mapped[str | None] = mapped_column(String(254))
    email_key: Mapped[str | None] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(255))
    rank: Mapped[str] = mapped_column(String(20), default="member")
    relations: Mapped[frozenset[str]] = mapped_column(Words, default=frozenset)
    about: Mapped[str] = mapped_column(Text, default="")
    about_html: Mapped[str] = mapped_column(Text, default="")
    about_version: Mapped[int] = mapped_column(default=0)
    joined_at: Mapped[datetime] = mapped_column(UTCDateTime)
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    theme: Mapped[str] = mapped_column(String(10), default="system")
    text_size: Mapped[int] = mapped_column(default=100)
    suspended_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    is_system: Mapped[bool] = mapped_column(default=False)
    is_demo: Mapped[bool] = mapped_column(default=False)


class FormerUsername(Base):
    """A name given up: old @mentions still find the person, and nobody else can take it."""

    __tablename__ = "former_usernames"

    username_key: Mapped[str] = mapped_column(String(30), primary_key=True)
    member_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey(MEMBER_ID, ondelete="CASCADE"), index=True
    )
    given_up_at: Mapped[datetime] = mapped_column(UTCDateTime)


class NoteChoice(Base):
    """What a member wants done with posts that carry a content note: show, fold or hide."""

    __tablename__ = "note_choices"

    member_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey(MEMBER_ID, ondelete="CASCADE"), primary_key=True
    )
    note: Mapped[str] = mapped_column(String(20), primary_key=True)
    choice: Mapped[str] = mapped_column(String(10))


class JoinRequest(Base):
    """Somebody asked to join and has not confirmed yet.

    Kept in the same way whether or not the address already has an account, and it reserves the
    username in both cases: otherwise a second try would tell which was which. `page_key_hash`
    stands for the key that only the page after joining holds; `token_hash` is made with the letter.
    """

    __tablename__ = "join_requests"

    id: Mapped[Id]
    username: Mapped[str] = mapped_column(String(30))
    username_key: Mapped[str] = mapped_column(String(30), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254), index=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    relations: Mapped[frozenset[str]] = mapped_column(Words)
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    adult_wording: Mapped[str] = mapped_column(Text)
    consent_wording: Mapped[str] = mapped_column(Text)
    page_key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class Consent(Base):
    """What a member agreed to, in which words, and when (and when taken back)."""

    __tablename__ = "consents"

    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey(MEMBER_ID, ondelete="CASCADE"), index=True
    )
    purpose: Mapped[str] = mapped_column(String(40))
    wording: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class SignIn(Base):
    """A session: a row that ends with a sign-out, a new password or a suspension."""

    __tablename__ = "sign_ins"

    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey(MEMBER_ID, ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    device: Mapped[str] = mapped_column(String(80), default="")


class MailedToken(Base):
    """A one-time link sent by letter: to reset a password or to confirm a new address.

    `token_hash` is made with the letter, so that no token ever lies in the outbox. A link that
    was used is deleted, with every other of the member.
    """

    __tablename__ = "mailed_tokens"

    id: Mapped[Id]
    member_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey(MEMBER_ID, ondelete="CASCADE"), index=True
    )
    purpose: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class FailedSignIn(Base):
    """A sign-in that failed, counted by keyed hashes of the login and the network."""

    __tablename__ = "failed_sign_ins"
    __table_args__ = (
        Index("ix_failed_sign_ins_login", "login_hash", "at"),
        Index("ix_failed_sign_ins_network", "network_hash", "at"),
    )

    id: Mapped[Id]
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    login_hash: Mapped[str] = mapped_column(String(64))
    network_hash: Mapped[str] = mapped_column(String(64))


class KnownNetwork(Base):
    """A network that a member signed in from: nobody else's guessing keeps the owner out there."""

    __tablename__ = "known_networks"

    member_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey(MEMBER_ID, ondelete="CASCADE"), primary_key=True
    )
    network_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    last_used_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class Block(Base):
    """One member blocked another; both see each other's posts folded, and cannot mention."""

    __tablename__ = "blocks"

    blocker_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey(MEMBER_ID, ondelete="CASCADE"), primary_key=True
    )
    blocked_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey(MEMBER_ID, ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
