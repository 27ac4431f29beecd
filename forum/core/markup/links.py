"""Links and pictures: which stay links, and what they tell the browser."""

from collections.abc import Iterable

from markdown_it.token import Token

from forum.core.markup.addresses import is_allowed, is_outside
from forum.core.markup.characters import is_visible
from forum.core.markup.tokens import link_tokens, shown_text, text_token

_NAMELESS_PICTURE = "picture"


def settle_links(children: list[Token], outside_rel: str) -> list[Token]:
    """Return `children` with every link to an allowed address, and the others as their text.

    Links to the web carry `outside_rel`. A picture becomes a link to its address, so that
    reading a text never loads anything.
    """
    settled: list[Token] = []
    remaining = iter(children)
    for token in remaining:
        if token.type == "link_open":
            settled += _link(token, _until_close(remaining), outside_rel)
        elif token.type == "image":
            settled += _picture(token, outside_rel)
        else:
            settled.append(token)
    return settled


def _until_close(tokens: Iterable[Token]) -> list[Token]:
    content = []
    for token in tokens:
        if token.type == "link_close":
            break
        content.append(_alternative(token) if token.type == "image" else token)
    return content


def _link(opening: Token, content: list[Token], outside_rel: str) -> list[Token]:
    address = str(opening.attrs["href"])
    if is_allowed(address):
        return _allowed_link(address, content, outside_rel)
    if opening.markup == "autolink":
        return [text_token("<"), *content, text_token(">")]
    return content


def _allowed_link(address: str, content: list[Token], outside_rel: str) -> list[Token]:
    attributes = {"href": address}
    if is_outside(address):
        attributes["rel"] = outside_rel
    # A link without words cannot be seen, tapped or heard.
    named = content if is_visible(shown_text(content)) else [text_token(address)]
    return link_tokens(named, attributes)


def _picture(image: Token, outside_rel: str) -> list[Token]:
    address = str(image.attrs["src"])
    if not is_allowed(address):
        return [_alternative(image)]
    return _allowed_link(address, [text_token(shown_text(image.children or []))], outside_rel)


def _alternative(image: Token) -> Token:
    words = shown_text(image.children or [])
    return text_token(words if is_visible(words) else _NAMELESS_PICTURE)
