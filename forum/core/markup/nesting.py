"""Bounds on nesting: what lies deeper is shown flat, and no word of it is lost."""

from collections.abc import Callable

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

# A quote takes one level, a list two. Twelve quotes inside each other already fill a phone.
# The parser's own limit must lie above this one: it would drop what is deeper.
MAX_BLOCK_LEVEL = 12
MAX_INLINE_LEVEL = 6

BlockRule = Callable[[StateBlock, int, int, bool], bool]


def limit_nesting(rule: BlockRule) -> BlockRule:
    """Return `rule` so that it opens no block deeper than MAX_BLOCK_LEVEL."""

    def limited(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        # A line to the left of the current block can only belong to an outer one.
        outdented = silent and state.sCount[start] < state.blkIndent
        return (outdented or state.level < MAX_BLOCK_LEVEL) and rule(state, start, end, silent)

    return limited


def flatten_inline(children: list[Token]) -> list[Token]:
    """Return `children` with emphasis deeper than MAX_INLINE_LEVEL as the marks that were typed."""
    depth = 0
    flattened = []
    for token in children:
        depth += token.nesting == 1
        too_deep = depth > MAX_INLINE_LEVEL and token.nesting and token.tag != "a"
        flattened.append(_as_typed(token) if too_deep else token)
        depth -= token.nesting == -1
    return flattened


def _as_typed(token: Token) -> Token:
    return Token("text", "", 0, content=token.markup)
