"""Headings: lowered to fit the page, and listed for a table of contents."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from markdown_it.token import Token

from forum.core.markup.allowed import HEADINGS
from forum.core.markup.tokens import paragraph_tokens, shown_text, text_token

_TOP_LEVEL = 2  # h1 is the title of the page
_BOTTOM_LEVEL = 6
_SLUG_LENGTH = 60
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of a table of contents; `level` is 2 to 6 as in h2 to h6."""

    id: str
    text: str
    level: int


def lower_headings(tokens: Sequence[Token], offset: int) -> None:
    """Move every heading down by `offset` levels, to at most h6.

    No level is skipped on the way down, so that a reader who goes by headings misses
    nothing: the first heading of a text stands directly under the level `offset`, and
    headings that were typed alike under the same one stay alike.
    """
    above: list[tuple[int, int]] = []
    for opening, closing in _headings(tokens):
        typed = int(opening.tag[1])
        while above and above[-1][0] >= typed:
            above.pop()
        parent = above[-1][1] if above else max(offset, _TOP_LEVEL - 1)
        shown = max(_TOP_LEVEL, min(typed + offset, parent + 1, _BOTTOM_LEVEL))
        above.append((typed, shown))
        opening.tag = closing.tag = f"h{shown}"


def drop_empty_headings(tokens: Sequence[Token]) -> list[Token]:
    """Return `tokens` with a heading that has no words as the marks that were typed."""
    kept: list[Token] = []
    for index, token in enumerate(tokens):
        kept.append(token)
        if token.type == "heading_close" and not shown_text([tokens[index - 1]]).strip():
            kept[-3:] = paragraph_tokens([text_token(token.markup)])
    return kept


def name_headings(tokens: Sequence[Token]) -> None:
    """Give every heading an id made of its words, so that it can be linked."""
    uses: dict[str, int] = {}
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            name = _free_name(_slug(shown_text([tokens[index + 1]])), uses)
            token.attrSet("id", f"h-{name}")


def headings(html: str) -> tuple[Heading, ...]:
    """Return the headings with an id in sanitized `html`, in reading order."""
    reader = _HeadingReader()
    reader.feed(html)
    reader.close()
    return tuple(reader.found)


def _headings(tokens: Sequence[Token]) -> list[tuple[Token, Token]]:
    return [
        (tokens[index], tokens[index + 2])
        for index, token in enumerate(tokens)
        if token.type == "heading_open"
    ]


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_SLUG.sub("-", plain)[:_SLUG_LENGTH].strip("-") or "part"


def _free_name(slug: str, uses: dict[str, int]) -> str:
    name = slug
    while name in uses:
        uses[slug] += 1
        name = f"{slug}-{uses[slug]}"
    uses[name] = 1
    return name


class _HeadingReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Heading] = []
        self._id: str | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HEADINGS:
            self._id, self._words = dict(attrs).get("id"), []

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in HEADINGS and self._id:
            words = " ".join("".join(self._words).split())
            self.found.append(Heading(self._id, words, int(tag[1])))
            self._id = None
