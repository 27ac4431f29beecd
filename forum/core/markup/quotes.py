"""Quotes of posts: who is named as their author, and what is left of a deleted post."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from forum.core.markup.allowed import QUOTE, QUOTE_GONE, QUOTE_SOURCE
from forum.core.markup.characters import clean_characters
from forum.core.markup.parser import parse
from forum.core.markup.references import PostLink
from forum.core.markup.tokens import closing_index, link_tokens, paragraph_tokens, text_token

_HEAD_LINE = re.compile(r"\[.*\]\(/posts/([0-9]+)\)[ \t]*(?:wrote)?[ \t]*:?[ \t]*")
_AFTER_LINK = re.compile(r"\s*(?:wrote)?\s*:?\s*")
_SOURCE_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_BREAKS = {"softbreak", "hardbreak"}

_UNKNOWN = "Quote"


@dataclass(frozen=True, slots=True)
class _Quote:
    """A block quote that begins by naming a post."""

    post_id: int
    opening: int  # index of the token that opens it
    closing: int  # index of the token that closes it
    head_line: int  # the source line that names the post, counted from 0
    end_line: int  # the first source line after the quote
    rest: list[Token]  # what the first paragraph says after the head


def quoted_ids(tokens: Sequence[Token]) -> frozenset[int]:
    """Return the ids of the posts that the quotes in `tokens` name."""
    return frozenset(quote.post_id for quote in _quotes(tokens))


def attribute_quotes(tokens: Sequence[Token], posts: Mapping[int, PostLink]) -> list[Token]:
    """Return `tokens` with each quote under the name `posts` knows, never the typed one."""
    quotes = {quote.opening: quote for quote in _quotes(tokens)}
    attributed: list[Token] = []
    index = 0
    while index < len(tokens):
        quote = quotes.get(index)
        if quote is None:
            attributed.append(tokens[index])
            index += 1
        else:
            post = posts.get(quote.post_id)
            attributed += _attributed_start(tokens[index], quote, post)
            index = quote.closing if post and post.gone else _after_first_paragraph(quote)
    return attributed


def without_quotes(source: str, gone: Collection[int]) -> str:
    """Return `source` without the quoted words of the posts in `gone`.

    The line that names each of these posts stays, and every other byte.
    """
    dropped: set[int] = set()
    for quote in _quotes(parse(clean_characters(source))):
        if quote.post_id in gone:
            dropped.update(range(quote.head_line + 1, quote.end_line))
    lines = _SOURCE_LINE.findall(source)
    return "".join(line for number, line in enumerate(lines) if number not in dropped)


def _quotes(tokens: Sequence[Token]) -> Iterator[_Quote]:
    for index, token in enumerate(tokens):
        if token.type == "blockquote_open" and tokens[index + 1].type == "paragraph_open":
            quote = _read_quote(tokens, index)
            if quote:
                yield quote


def _read_quote(tokens: Sequence[Token], opening: int) -> _Quote | None:
    start, inline = tokens[opening + 1], tokens[opening + 2]
    match = _HEAD_LINE.fullmatch(inline.content.split("\n", 1)[0])
    children = inline.children or []
    head, rest = _split_at_break(children)
    if not match or not _is_lone_link(head, f"/posts/{match[1]}"):
        return None
    return _Quote(
        post_id=_post_id(match[1]),
        opening=opening,
        closing=closing_index(tokens, opening),
        head_line=(start.map or [0])[0],
        end_line=(tokens[opening].map or [0, 0])[1],
        rest=rest,
    )


def _post_id(digits: str) -> int:
    # No database holds a longer number, and no post has the number 0.
    return int(digits) if len(digits) <= 18 else 0


def _split_at_break(children: list[Token]) -> tuple[list[Token], list[Token]]:
    for index, token in enumerate(children):
        if token.type in _BREAKS:
            return children[:index], children[index + 1 :]
    return children, []


def _is_lone_link(head: list[Token], address: str) -> bool:
    types = [token.type for token in head]
    if "link_close" not in types or head[0].attrs.get("href") != address:
        return False
    after = head[types.index("link_close") + 1 :]
    return all(_AFTER_LINK.fullmatch(token.content) for token in after)


def _attributed_start(opening: Token, quote: _Quote, post: PostLink | None) -> list[Token]:
    if post is None:
        start = [opening, *paragraph_tokens([text_token(_UNKNOWN)], QUOTE_SOURCE)]
    else:
        opening.attrSet("class", QUOTE)
        author = link_tokens([text_token(post.author_name)], {"href": post.url})
        start = [opening, *paragraph_tokens([*author, text_token(" wrote:")], QUOTE_SOURCE)]
    if post and post.gone:
        return start + paragraph_tokens([text_token(post.gone_note)], QUOTE_GONE)
    return start + (paragraph_tokens(quote.rest) if quote.rest else [])


def _after_first_paragraph(quote: _Quote) -> int:
    return quote.opening + 4
