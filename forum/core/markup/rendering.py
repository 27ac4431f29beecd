"""From a source text to HTML that is safe to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markdown_it.token import Token

from forum.core.markup.allowed import OUTSIDE_REL, TRUSTED_REL
from forum.core.markup.characters import clean_characters
from forum.core.markup.direction import mark_direction
from forum.core.markup.links import settle_links
from forum.core.markup.mentions import addressed_members, link_mentions, mentioned_names
from forum.core.markup.nesting import flatten_inline
from forum.core.markup.outline import (
    Heading,
    drop_empty_headings,
    headings,
    lower_headings,
    name_headings,
)
from forum.core.markup.parser import parse, to_html
from forum.core.markup.quotes import attribute_quotes, quoted_ids
from forum.core.markup.references import NO_REFERENCES, MemberLink, PostLink, References
from forum.core.markup.sanitizer import sanitize
from forum.core.markup.tokens import rewrite_inline

# Raise it whenever the same source would give other HTML: stored texts are then renewed.
RENDERER_VERSION = 1
# The most characters a member may write in one text.
MAX_LENGTH = 20_000

_POST_OFFSET = 2
_TRUSTED_OFFSET = 0


@dataclass(frozen=True)
class Rendered:
    """The HTML of a text, and whom it names, as far as the references knew them.

    `mentioned` holds the ids of all linked members, `addressed` of those among them whom the
    writer names outside quotes, and `quoted` the ids of the quoted posts.
    """

    html: str
    mentioned: frozenset[int]
    quoted: frozenset[int]
    addressed: frozenset[int] = frozenset()

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings of a trusted text; empty for others, whose headings have no id."""
        return headings(self.html)


def render(
    source: str,
    *,
    references: References = NO_REFERENCES,
    heading_offset: int | None = None,
    trusted: bool = False,
) -> Rendered:
    """Return `source`, written in CommonMark, as sanitized HTML.

    `heading_offset` is the number of levels that headings are lowered by: 2 unless given,
    and 0 for a `trusted` text. A trusted text is one that editors wrote: it passes the same
    walls, its headings get ids, and search engines may follow its links.
    """
    composed = compose(
        source, references=references, heading_offset=heading_offset, trusted=trusted
    )
    return replace(composed, html=sanitize(composed.html))


def compose(
    source: str,
    *,
    references: References = NO_REFERENCES,
    heading_offset: int | None = None,
    trusted: bool = False,
) -> Rendered:
    """Return what `render` returns, but before the walls: its HTML is not yet safe to show."""
    tokens = drop_empty_headings(parse(clean_characters(source)))
    posts = _ask_posts(references, quoted_ids(tokens))
    tokens = attribute_quotes(tokens, posts)
    rel = TRUSTED_REL if trusted else OUTSIDE_REL
    rewrite_inline(tokens, lambda children: settle_links(children, rel))
    members = _ask_members(references, mentioned_names(tokens))
    mentioned = frozenset(member.id for member in members.values())
    addressed = addressed_members(tokens, members)
    rewrite_inline(tokens, lambda children: link_mentions(children, members))
    _shape(tokens, heading_offset, trusted)
    quoted = frozenset(post.id for post in posts.values())
    return Rendered(to_html(tokens), mentioned, quoted, addressed)


def _shape(tokens: Sequence[Token], heading_offset: int | None, trusted: bool) -> None:
    default = _TRUSTED_OFFSET if trusted else _POST_OFFSET
    lower_headings(tokens, default if heading_offset is None else heading_offset)
    if trusted:
        name_headings(tokens)
    rewrite_inline(tokens, flatten_inline)
    mark_direction(tokens)


def _ask_posts(references: References, ids: frozenset[int]) -> Mapping[int, PostLink]:
    return references.posts(ids) if ids else {}


def _ask_members(references: References, names: frozenset[str]) -> Mapping[str, MemberLink]:
    return references.members(names) if names else {}
