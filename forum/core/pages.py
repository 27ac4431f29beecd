"""Numbered pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from forum.core.verdicts import Unknown

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of many: page `number` of `last` (both from 1)."""

    rows: Sequence[Row]
    number: int
    last: int
    total: int

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.last else None

    @property
    def shown(self) -> list[int | None]:
        """The numbers to offer, None for a gap: the ends and the neighbours of this page."""
        near = {1, self.last, *range(self.number - 1, self.number + 2)}
        numbers = sorted(number for number in near if 1 <= number <= self.last)
        shown: list[int | None] = []
        for number in numbers:
            if shown and shown[-1] is not None and number - shown[-1] > 1:
                shown.append(None)
            shown.append(number)
        return shown


def last_page(total: int, size: int) -> int:
    """The number of the last page; an empty list has one page."""
    return max(1, -(-total // size))


def page_number(given: str | None, last: int) -> int:
    """The page asked for. Raises `Unknown` for one that is not there."""
    if given is None:
        return 1
    if not given.isascii() or not given.isdigit() or len(given) > 9:
        raise Unknown
    number = int(given)
    if not 1 <= number <= last:
        raise Unknown
    return number
