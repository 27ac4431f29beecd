import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.core.markup import plain_text, render
from tests.core.markup.texts import texts


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("one\ntwo\n\nthree", "one two three"),
        ("# Title\n\n- a\n- b", "Title a b"),
        ("**bo**ld <b> & \u00a0 x", "bold <b> & x"),
        ("[the guide](/guide) `code`", "the guide code"),
        ("", ""),
    ],
)
def test_words_on_one_line(source: str, expected: str) -> None:
    assert plain_text(render(source).html, 100) == expected


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (12, "one two, six"),
        (11, "one two…"),
        (9, "one two…"),
        (7, "one…"),
        (3, "on…"),
        (1, "…"),
        (0, ""),
    ],
)
def test_a_long_text_is_cut_after_a_word(limit: int, expected: str) -> None:
    assert plain_text("<p>one two, six</p>", limit) == expected


@given(texts, st.integers(min_value=0, max_value=80))
@settings(deadline=None)
def test_an_excerpt_is_one_line_within_its_limit(source: str, limit: int) -> None:
    excerpt = plain_text(render(source).html, limit)
    assert len(excerpt) <= limit
    assert excerpt == " ".join(excerpt.split())
