"""Under which name a reader sees an author.

Somebody who writes without their name is an alias, for moderators too: nothing that reaches a
page then stems from the member but the relation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from forum.core.viewer import Rank, Viewer
from forum.threads.addresses import member_path

WITHHELD = "Name withheld"
FORMER_MEMBER = "Former member"
ALIAS_LETTER = "A"


class Author(Protocol):
    """What a row tells of its author."""

    @property
    def author_id(self) -> int: ...
    @property
    def withheld(self) -> bool: ...
    @property
    def username(self) -> str: ...
    @property
    def relations(self) -> frozenset[str]: ...
    @property
    def rank(self) -> str: ...
    @property
    def is_system(self) -> bool: ...
    @property
    def erased_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Byline:
    """A name as it is shown. `url` is empty where there is no profile to go to."""

    name: str
    url: str = ""
    relations: frozenset[str] = frozenset()
    rank: str = Rank.MEMBER.value
    is_alias: bool = False
    is_you: bool = False


def byline(viewer: Viewer, author: Author, alias: str | None) -> Byline:
    """`alias` is the author's label in this thread, where it has a use."""
    is_you = viewer.is_member and author.author_id == viewer.member_id
    if author.withheld:
        relations = frozenset() if author.erased_at else author.relations
        return Byline(alias or WITHHELD, relations=relations, is_alias=True, is_you=is_you)
    if author.erased_at is not None:
        return Byline(FORMER_MEMBER)
    has_profile = viewer.in_good_standing and not author.is_system
    return Byline(
        author.username,
        url=member_path(author.username) if has_profile else "",
        relations=author.relations,
        rank=author.rank,
        is_you=is_you,
    )
