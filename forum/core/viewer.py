"""Who is looking: the one thing that every rule asks about.

A visitor is `ANONYMOUS`, never None. Rooms get the viewer as an argument (`viewer` when
reading, `actor` when acting) and never fetch it from a global.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

CAREGIVER_RELATIONS = frozenset({"caregiver", "bereaved"})


class Rank(StrEnum):
    """What staff may do; each rank may also do what those before it may."""

    MEMBER = "member"
    WELCOMER = "welcomer"
    EDITOR = "editor"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"

    @property
    def height(self) -> int:
        return _HEIGHTS[self]

    def reaches(self, other: Rank) -> bool:
        return self.height >= other.height

    @property
    def label(self) -> str:
        return "" if self is Rank.MEMBER else self.value.capitalize()


# Counted once: the rules ask hundreds of times for a page.
_HEIGHTS = {rank: height for height, rank in enumerate(Rank)}


class Relation(StrEnum):
    """How a member is touched by myeloma; several may hold at once."""

    PATIENT = "patient"
    CAREGIVER = "caregiver"
    FAMILY = "family"
    BEREAVED = "bereaved"

    @property
    def label(self) -> str:
        return RELATION_LABELS[self]


RELATION_LABELS = {
    Relation.PATIENT: "Patient",
    Relation.CAREGIVER: "Caregiver",
    Relation.FAMILY: "Family or friend",
    Relation.BEREAVED: "Bereaved",
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person as the rules see them. `member_id` 0 is a visitor."""

    member_id: int = 0
    username: str = ""
    rank: Rank = Rank.MEMBER
    relations: frozenset[str] = frozenset()
    suspended_until: datetime | None = None
    joined_at: datetime | None = None
    time_zone: str = "UTC"
    theme: str = "system"
    text_size: int = 100
    note_choices: Mapping[str, str] = field(default_factory=dict)
    session_id: int = 0

    @property
    def is_member(self) -> bool:
        return self.member_id != 0

    @property
    def is_suspended(self) -> bool:
        return self.suspended_until is not None

    @property
    def in_good_standing(self) -> bool:
        """Signed in and not suspended: may read what members read, and write."""
        return self.is_member and not self.is_suspended

    @property
    def is_staff(self) -> bool:
        return self.in_good_standing and self.rank is not Rank.MEMBER

    @property
    def may_moderate(self) -> bool:
        return self.has_rank(Rank.MODERATOR)

    @property
    def may_edit_guide(self) -> bool:
        return self.has_rank(Rank.EDITOR)

    @property
    def may_enter_caregivers_room(self) -> bool:
        """Caregivers, the bereaved and staff."""
        return self.in_good_standing and (
            bool(self.relations & CAREGIVER_RELATIONS) or self.rank is not Rank.MEMBER
        )

    def has_rank(self, rank: Rank) -> bool:
        return self.in_good_standing and self.rank.reaches(rank)

    # What Flask-Login asks of a user object.
    @property
    def is_authenticated(self) -> bool:
        return self.is_member

    @property
    def is_active(self) -> bool:
        return self.is_member

    @property
    def is_anonymous(self) -> bool:
        return not self.is_member

    def get_id(self) -> str:
        return str(self.member_id)


ANONYMOUS = Viewer()
