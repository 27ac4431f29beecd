"""How a text asks about the members and posts it names."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class MemberLink:
    """A member who may be linked; `url` is an in-site path."""

    id: int
    username: str
    url: str


@dataclass(frozen=True, slots=True)
class PostLink:
    """A post that may be quoted; `author_name` is the name readers may see, alias or not.

    `gone` says that the post's words may no longer be shown; `gone_note` stands in their place.
    """

    id: int
    author_name: str
    url: str
    gone: bool = False
    gone_note: str = "This post was deleted by its author."


class References(Protocol):
    """The caller's answers. Each method is asked at most once for a text."""

    def members(self, names: Collection[str]) -> Mapping[str, MemberLink]:
        """Return the members known by these casefolded names who may see the thread."""
        ...

    def posts(self, ids: Collection[int]) -> Mapping[int, PostLink]:
        """Return the posts known by these ids that readers of the thread may see."""
        ...


class NoReferences:
    """Knows nobody: mentions stay text and quotes name no author."""

    def members(self, names: Collection[str]) -> Mapping[str, MemberLink]:
        return {}

    def posts(self, ids: Collection[int]) -> Mapping[int, PostLink]:
        return {}


NO_REFERENCES = NoReferences()
