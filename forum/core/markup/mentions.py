"""Names of members, written as @name."""

import re
from collections.abc import Iterator, Mapping, Sequence

from markdown_it.token import Token

from forum.core.markup.allowed import MENTION
from forum.core.markup.references import MemberLink
from forum.core.markup.tokens import link_tokens, text_token

# What stands before the "@" must not make it an e-mail address or part of a path.
_LINK = re.compile(rf'<a [^<>]*class="{MENTION}"[^<>]*>(@\w+)</a>')
_NAME = re.compile(r"(?<![\w@/.+-])@([A-Za-z0-9_]{3,30})(?!\w)")


def mentioned_names(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the casefolded names that stand as @name outside code and links."""
    return frozenset(
        match[1].casefold()
        for block in tokens
        for token in _linkable(block.children or [])
        for match in _NAME.finditer(token.content)
    )


def link_mentions(children: list[Token], members: Mapping[str, MemberLink]) -> list[Token]:
    """Return `children` with each @name of a member in `members` as a link to them."""
    linkable = {id(token) for token in _linkable(children)}
    linked: list[Token] = []
    for token in children:
        linked += _with_mentions(token, members) if id(token) in linkable else [token]
    return linked


def without_mention_links(html: str) -> str:
    """Return `html`, as `render` made it, with @names as plain words.

    To a stranger the link would confirm that the name is a member's.
    """
    return _LINK.sub(r"\1", html)


def addressed_members(tokens: Sequence[Token], members: Mapping[str, MemberLink]) -> frozenset[int]:
    """Return the ids of the members whom the writer addresses, not those named in quotes."""
    names = mentioned_names(_outside_quotes(tokens))
    return frozenset(members[name].id for name in names if name in members)


def _outside_quotes(tokens: Sequence[Token]) -> list[Token]:
    depth = 0
    outside = []
    for token in tokens:
        depth += token.nesting if token.tag == "blockquote" else 0
        if depth == 0:
            outside.append(token)
    return outside


def _linkable(children: Sequence[Token]) -> Iterator[Token]:
    inside_link = 0
    for token in children:
        inside_link += token.nesting if token.tag == "a" else 0
        if token.type == "text" and not inside_link:
            yield token


def _with_mentions(token: Token, members: Mapping[str, MemberLink]) -> list[Token]:
    pieces: list[Token] = []
    end = 0
    for match in _NAME.finditer(token.content):
        member = members.get(match[1].casefold())
        if member:
            pieces.append(text_token(token.content[end : match.start()]))
            pieces += _mention(member)
            end = match.end()
    return [*pieces, text_token(token.content[end:])]


def _mention(member: MemberLink) -> list[Token]:
    return link_tokens([text_token(f"@{member.username}")], {"class": MENTION, "href": member.url})
