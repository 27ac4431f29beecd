"""What happened to accounts, for the rooms above."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MemberJoined:
    member_id: int


@dataclass(frozen=True, slots=True)
class UsernameChanged:
    member_id: int


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    """Relation or about: what is shown beside a name may be another now."""

    member_id: int


@dataclass(frozen=True, slots=True)
class PasswordChanged:
    member_id: int


@dataclass(frozen=True, slots=True)
class EmailChanged:
    member_id: int


@dataclass(frozen=True, slots=True)
class MemberBlocked:
    blocker_id: int
    blocked_id: int


@dataclass(frozen=True, slots=True)
class MemberUnblocked:
    blocker_id: int
    blocked_id: int


@dataclass(frozen=True, slots=True)
class RankGiven:
    member_id: int
