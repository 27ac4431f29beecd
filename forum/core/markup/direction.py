"""Lets blocks written from right to left be read from right to left."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from forum.core.markup.allowed import DIRECTED
from forum.core.markup.tokens import shown_text

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def mark_direction(tokens: Sequence[Token]) -> None:
    """Set dir="auto" on each block whose direction differs from the block around it.

    A block that only repeats the direction around it stays unmarked: browsers leave marked
    blocks out when they work out the direction of the outer one.
    """
    if not _RIGHT_TO_LEFT.search(shown_text(tokens)):
        return
    directions = ["ltr"]
    for index, token in enumerate(tokens):
        if token.nesting == 1:
            directions.append(_settle(tokens, index, directions[-1]))
        elif token.nesting == -1:
            directions.pop()


def _settle(tokens: Sequence[Token], index: int, around: str) -> str:
    token = tokens[index]
    if token.hidden or token.tag not in DIRECTED:
        return around
    direction = _first_direction(_inside(tokens, index)) or around
    if direction != around:
        token.attrSet("dir", "auto")
    return direction


def _inside(tokens: Sequence[Token], opening: int) -> Iterator[Token]:
    depth = 0
    for index in range(opening, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return
        yield tokens[index]


def _first_direction(tokens: Iterator[Token]) -> str | None:
    for token in tokens:
        for character in shown_text([token]):
            direction = _STRONG.get(unicodedata.bidirectional(character))
            if direction:
                return direction
    return None
