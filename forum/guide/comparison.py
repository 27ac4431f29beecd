"""What changed between two editions of a part, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forum.core.comparison import Piece, compare
from forum.guide.edition import Edition

LABELS: Mapping[str, str] = {
    "title": "Title",
    "summary": "Summary",
    "body": "Text",
    "sources": "Sources",
    "questions": "Questions for the team",
    "unconfirmed": "Not yet confirmed",
    "sources_until": "Newest source",
    "checked_on": "Last checked",
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that two editions say differently."""

    label: str
    pieces: Sequence[Piece]


def compare_editions(before: Edition, after: Edition) -> list[FieldChange]:
    """The fields that differ, in the order of the page; empty when both say the same."""
    changes = []
    for name, label in LABELS.items():
        old, new = _as_lines(getattr(before, name)), _as_lines(getattr(after, name))
        if old != new:
            changes.append(FieldChange(label, compare(old, new)))
    return changes


def _as_lines(value: object) -> str:
    """A field as lines that all end, so that a line added below does not change the one above."""
    lines = value if isinstance(value, tuple) else (str(value).rstrip(),)
    return "".join(f"{line}\n" for line in lines)
