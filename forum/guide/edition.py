"""What editors write of a part: the same fields stand in a part and in each of its revisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self

from forum.guide.models import GuidePart, GuideRevision


@dataclass(frozen=True, slots=True)
class Edition:
    """The words of a part at one time. Two editions are equal when they say the same.

    `sources_until` is the month of the newest source, like "June 2026"; `unconfirmed` lists
    what no source confirmed; `questions` are those to ask the team.
    """

    title: str
    summary: str
    body: str
    sources: tuple[str, ...]
    questions: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    sources_until: str
    checked_on: date

    @classmethod
    def of(cls, row: GuidePart | GuideRevision) -> Self:
        return cls.read({field.name: getattr(row, field.name) for field in fields(cls)})

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Self:
        """The edition in these values, by field name; others are left aside."""
        return cls(**{field.name: _frozen(values[field.name]) for field in fields(cls)})

    def write_to(self, row: GuidePart | GuideRevision) -> None:
        for name, value in self.columns().items():
            setattr(row, name, value)

    def columns(self) -> dict[str, Any]:
        """The fields as the tables keep them."""
        return {name: _thawed(value) for name, value in asdict(self).items()}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else value


def _thawed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


COLUMNS = tuple(field.name for field in fields(Edition))
