"""Two versions of a text, compared in a way that people can read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

# A word with the space behind it: single spaces that stayed would cut rewritten lines to shreds.
_WORDS = re.compile(r"\S+\s*|\s+")
# Looking for single words in longer stretches takes long and shows nothing that helps.
_MOST_WORDS = 3000


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    TAKEN_OUT = "taken out"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, came or went."""

    change: Change
    text: str


_Within = Callable[[Sequence[str], Sequence[str]], Iterator[Piece]]


def compare(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in reading order, word by word where lines were rewritten.

    The pieces that were not added give `before`, those that were not taken out give `after`.
    """
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return _joined(_pieces(old, new, within=_compare_words))


def _compare_words(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    old_words, new_words = _WORDS.findall("".join(old)), _WORDS.findall("".join(new))
    if len(old_words) + len(new_words) > _MOST_WORDS:
        return _replaced(old_words, new_words)
    return _pieces(old_words, new_words, within=_replaced)


def _pieces(old: Sequence[str], new: Sequence[str], within: _Within) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, old, new)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(Change.SAME, "".join(old[old_from:old_to]))
        else:
            yield from within(old[old_from:old_to], new[new_from:new_to])


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    yield Piece(Change.TAKEN_OUT, "".join(old))
    yield Piece(Change.ADDED, "".join(new))


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """Neighbors of one kind as one piece, without empty ones."""
    present = (piece for piece in pieces if piece.text)
    return [
        Piece(change, "".join(piece.text for piece in run))
        for change, run in groupby(present, key=lambda piece: piece.change)
    ]
