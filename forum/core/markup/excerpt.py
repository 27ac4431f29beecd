"""A text as plain words, for descriptions and letters."""

from html.parser import HTMLParser

_INLINE = frozenset({"a", "strong", "em", "s", "code"})
_ELLIPSIS = "…"


def plain_text(html: str, limit: int) -> str:
    """Return the words of sanitized `html` on one line, at most `limit` characters.

    A longer text is cut after a word and ends in an ellipsis.
    """
    reader = _WordReader()
    reader.feed(html)
    reader.close()
    return _cut(" ".join("".join(reader.pieces).split()), limit)


def _cut(words: str, limit: int) -> str:
    if len(words) <= limit:
        return words
    room = max(0, limit - len(_ELLIPSIS))
    whole = words[: room + 1].rpartition(" ")[0] or words[:room]
    return (whole.rstrip(" ,;:-–—") + _ELLIPSIS)[: max(0, limit)]


class _WordReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self._part(tag)

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)

    def _part(self, tag: str) -> None:
        if tag not in _INLINE:
            self.pieces.append(" ")
