"""CommonMark as people without any knowledge of it mean it."""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.token import Token

from forum.core.markup.addresses import with_scheme
from forum.core.markup.linkify import recognize_typed_addresses
from forum.core.markup.nesting import limit_nesting

_OPTIONS = {"html": False, "breaks": True, "linkify": True, "xhtmlOut": False, "maxNesting": 20}

# Left out because they change what was typed by accident: indenting makes code, a line of
# dashes under a sentence makes it a heading, "[Update]: ..." disappears as a definition.
_ACCIDENTS = ["code", "lheading", "reference", "html_block", "html_inline"]


class _Parser(MarkdownIt):
    """Reads every address; which of them become links is decided in `links`."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return super().normalizeLink(with_scheme(url))


def parse(source: str) -> list[Token]:
    """Return the tokens of a source text that went through `clean_characters`."""
    return _PARSER.parse(source)


def to_html(tokens: list[Token]) -> str:
    """Return the HTML of tokens, before it is sanitized."""
    html: str = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return html


def _end_quote_at_unmarked_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    # CommonMark reads "> their words\nmy answer" as one quote. The writer does not, and
    # deleting the quoted post must not take the answer with it.
    return silent


def _make_parser() -> MarkdownIt:
    parser = _Parser("commonmark", _OPTIONS)
    parser.enable("strikethrough").disable(_ACCIDENTS)
    rules = parser.block.ruler
    rules.at("blockquote", limit_nesting(blockquote), {"alt": ["paragraph", "blockquote", "list"]})
    rules.at("list", limit_nesting(list_block), {"alt": ["paragraph", "blockquote"]})
    rules.push("quote_end", _end_quote_at_unmarked_line, {"alt": ["blockquote"]})
    recognize_typed_addresses(parser)
    # The rules are compiled at first use, which two threads must not do at the same time.
    parser.render("first use")
    return parser


_PARSER = _make_parser()
