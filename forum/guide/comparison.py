"""What changed between two texts, for people to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from forum.guide.edition import Edition

WORDS = re.compile(r"\S+\s*|\s+")


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and what became of it."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a part that two editions say differently."""

    label: str
    pieces: tuple[Piece, ...]


LABELS = {
    "title": "Title",
    "summary": "Summary",
    "body": "Text",
    "sources": "Sources",
    "questions": "Questions for the team",
    "unconfirmed": "Not yet confirmed",
    "sources_until": "Newest source",
    "checked_on": "Last checked",
}


def compare_editions(before: Edition, after: Edition) -> list[FieldChange]:
    """The fields that differ, in the order of the page; empty when both say the same."""
    changes = []
    for name, label in LABELS.items():
        old, new = _as_text(getattr(before, name)), _as_text(getattr(after, name))
        if old != new:
            changes.append(FieldChange(label, compare(old, new)))
    return changes


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces from which both texts can be put together again: by lines, then by words.

    Lines first, so that a long text costs little and a moved paragraph stays in one piece.
    """
    pieces: list[Piece] = []
    for kind, old, new in _blocks(before.splitlines(True), after.splitlines(True)):
        if kind == "replace":
            pieces += _compare_words("".join(old), "".join(new))
        else:
            pieces += _block(kind, old, new)
    return _merged(pieces)


def _compare_words(before: str, after: str) -> Iterator[Piece]:
    for kind, old, new in _blocks(WORDS.findall(before), WORDS.findall(after)):
        yield from _block(kind, old, new)


def _blocks(before: list[str], after: list[str]) -> Iterator[tuple[str, list[str], list[str]]]:
    matcher = SequenceMatcher(None, before, after)
    for kind, a, b, c, d in matcher.get_opcodes():
        yield kind, before[a:b], after[c:d]


def _block(kind: str, old: list[str], new: list[str]) -> Iterator[Piece]:
    if kind == "equal":
        yield Piece(Kind.SAME, "".join(old))
        return
    if old:
        yield Piece(Kind.REMOVED, "".join(old))
    if new:
        yield Piece(Kind.ADDED, "".join(new))


def _merged(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbors of one kind as one piece."""
    merged: list[Piece] = []
    for piece in pieces:
        if merged and merged[-1].kind is piece.kind:
            merged[-1] = Piece(piece.kind, merged[-1].text + piece.text)
        else:
            merged.append(piece)
    return tuple(merged)


def _as_text(value: object) -> str:
    """A field as lines that all end, so that a line added below does not change the one above."""
    lines = value if isinstance(value, tuple) else (str(value).rstrip(),)
    return "".join(f"{line}\n" for line in lines)
