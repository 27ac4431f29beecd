"""Small pieces shared by the rules that rewrite a parsed text."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from markdown_it.token import Token

Rewrite = Callable[[list[Token]], list[Token]]


def text_token(content: str) -> Token:
    """Return a token that shows `content` as it is."""
    return Token("text", "", 0, content=content)


def link_tokens(content: list[Token], attributes: Mapping[str, str]) -> list[Token]:
    """Return `content` as a link with these attributes."""
    opening = Token("link_open", "a", 1, attrs=dict(attributes))
    return [opening, *content, Token("link_close", "a", -1)]


def paragraph_tokens(children: list[Token], css_class: str | None = None) -> list[Token]:
    """Return a paragraph of these inline tokens."""
    opening = Token("paragraph_open", "p", 1, block=True)
    if css_class:
        opening.attrSet("class", css_class)
    inline = Token("inline", "", 0, children=children, block=True)
    return [opening, inline, Token("paragraph_close", "p", -1, block=True)]


def closing_index(tokens: Sequence[Token], opening: int) -> int:
    """Return the index of the token that closes the block opened at `opening`.

    Raises ValueError for a block that is never closed.
    """
    depth = 0
    for index in range(opening, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    raise ValueError(f"the block opened at token {opening} is never closed")


def shown_text(tokens: Iterable[Token]) -> str:
    """Return the words that these tokens show, a line break as a space."""
    return "".join(map(_shown, tokens))


def _shown(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    return shown_text(token.children) if token.children else token.content


def rewrite_inline(tokens: Iterable[Token], rewrite: Rewrite) -> None:
    """Replace the children of every inline token by what `rewrite` makes of them."""
    for token in tokens:
        if token.children:
            token.children = rewrite(token.children)
