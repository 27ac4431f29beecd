"""What changed between two texts can be read, and nothing is lost on the way."""

from __future__ import annotations

import time
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from forum.guide.comparison import Kind, Piece, compare, compare_editions
from forum.guide.edition import Edition

LINES = st.lists(st.sampled_from(["one ", "two ", "three\n", "\n", "  ", "four"])).map("".join)
EDITION = Edition(
    title="A title",
    summary="A summary.",
    body="A text.",
    sources=("One",),
    questions=(),
    unconfirmed=(),
    sources_until="June 2026",
    checked_on=date(2026, 11, 22),
)
SLOWEST_S = 5.0


def _told(pieces: tuple[Piece, ...]) -> list[tuple[str, str]]:
    return [(piece.kind.value, piece.text) for piece in pieces]


@given(LINES, LINES)
def test_both_texts_can_be_put_together_again(before: str, after: str) -> None:
    pieces = compare(before, after)
    assert "".join(p.text for p in pieces if p.kind is not Kind.ADDED) == before
    assert "".join(p.text for p in pieces if p.kind is not Kind.REMOVED) == after


@given(LINES)
def test_the_same_text_has_no_changes(text: str) -> None:
    assert all(piece.kind is Kind.SAME for piece in compare(text, text))


def test_a_changed_word_is_one_change() -> None:
    assert _told(compare("It is your fault.\n", "It is not your fault.\n")) == [
        ("same", "It is "),
        ("added", "not "),
        ("same", "your fault.\n"),
    ]


def test_a_new_paragraph_leaves_the_others_as_they_are() -> None:
    assert _told(compare("One.\n\nTwo.\n", "One.\n\nNew.\n\nTwo.\n")) == [
        ("same", "One.\n\n"),
        ("added", "New.\n\n"),
        ("same", "Two.\n"),
    ]


def test_only_fields_that_differ_are_told() -> None:
    after = Edition.read({**EDITION.columns(), "sources": ["One", "Two"], "title": "A new title"})
    changes = compare_editions(EDITION, after)
    assert [change.label for change in changes] == ["Title", "Sources"]
    assert _told(changes[1].pieces) == [("same", "One\n"), ("added", "Two\n")]
    assert compare_editions(EDITION, EDITION) == []


def test_a_text_written_anew_is_compared_in_bounded_time() -> None:
    before = "".join(f"word{number % 700} " for number in range(2500))
    after = "".join(f"word{number % 900} " for number in range(2500, 0, -1))
    begun = time.perf_counter()
    compare(before, after)
    assert time.perf_counter() - begun < SLOWEST_S
