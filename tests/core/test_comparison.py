"""Two versions of a text, compared."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from forum.core.comparison import Change, Piece, compare

texts = st.text(alphabet="ab \n.é", max_size=120)


@given(texts, texts)
def test_the_pieces_give_both_texts_back(before: str, after: str) -> None:
    pieces = compare(before, after)
    assert "".join(each.text for each in pieces if each.change is not Change.ADDED) == before
    assert "".join(each.text for each in pieces if each.change is not Change.TAKEN_OUT) == after
    assert all(each.text for each in pieces)


def test_a_changed_word_is_shown_among_those_that_stayed() -> None:
    assert compare("I was very tired then.\n", "I was quite tired then.\n") == [
        Piece(Change.SAME, "I was "),
        Piece(Change.TAKEN_OUT, "very "),
        Piece(Change.ADDED, "quite "),
        Piece(Change.SAME, "tired then.\n"),
    ]


def test_the_same_text_is_one_piece() -> None:
    assert compare("The same.", "The same.") == [Piece(Change.SAME, "The same.")]
    assert compare("", "") == []


def test_the_longest_texts_are_compared_in_bounded_time() -> None:
    pairs = [
        ("a b " * 5000, "b a " * 5000),
        (" ".join(str(number % 97) for number in range(7000)), "1 2 3 " * 3000),
        ("\n".join(str(number % 89) for number in range(7000)), "7\n8\n9\n" * 3000),
    ]
    began = time.perf_counter()
    for before, after in pairs:
        assert compare(before, after)
    assert time.perf_counter() - began < 5
