"""The one place that makes safe HTML from what people write.

`render` turns a source text into HTML once, when it is written; the HTML is stored with
RENDERER_VERSION and renewed when the version rises. The text passes four steps: characters
that could disturb the page go, CommonMark is read with raw HTML off, quotes, links, mentions
and headings are settled, and two sanitizers let only the list in `allowed` through.
"""

from forum.core.markup.excerpt import plain_text
from forum.core.markup.mentions import without_mention_links
from forum.core.markup.outline import Heading, headings
from forum.core.markup.quotes import without_quotes
from forum.core.markup.references import (
    NO_REFERENCES,
    MemberLink,
    NoReferences,
    PostLink,
    References,
)
from forum.core.markup.rendering import MAX_LENGTH, RENDERER_VERSION, Rendered, render
from forum.core.markup.sanitizer import WALLS, sanitize
from forum.core.markup.written import written

__all__ = [
    "MAX_LENGTH",
    "NO_REFERENCES",
    "RENDERER_VERSION",
    "WALLS",
    "Heading",
    "MemberLink",
    "NoReferences",
    "PostLink",
    "References",
    "Rendered",
    "headings",
    "plain_text",
    "render",
    "sanitize",
    "without_mention_links",
    "without_quotes",
    "written",
]
