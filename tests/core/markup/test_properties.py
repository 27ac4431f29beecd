"""What holds for every text whatever."""

import pytest
from hypothesis import given, settings

from forum.core.markup import WALLS, render, sanitize
from forum.core.markup.rendering import compose
from tests.core.markup.judge import is_balanced, violations
from tests.core.markup.texts import texts
from tests.core.markup.world import Everyone

each_wall = pytest.mark.parametrize("walls", [WALLS, ("bleach",), ("nh3",)], ids="+".join)
many = settings(deadline=None, max_examples=300)


@given(texts)
@many
def test_any_text_renders_to_harmless_html(source: str) -> None:
    for trusted in (False, True):
        html = render(source, references=Everyone(), trusted=trusted).html
        assert violations(html) == []
        assert is_balanced(html)
        assert html.encode().decode() == html


@each_wall
@given(source=texts)
@many
def test_any_text_is_harmless_behind_one_wall(walls: tuple[str, ...], source: str) -> None:
    for html in (compose(source, references=Everyone()).html, source):
        cleaned = sanitize(html, walls)
        assert violations(cleaned) == []
        assert is_balanced(cleaned)
        assert sanitize(cleaned, walls) == cleaned


@given(texts)
@many
def test_rendering_twice_gives_the_same(source: str) -> None:
    first = render(source, references=Everyone())
    assert render(source, references=Everyone()) == first
    assert sanitize(first.html) == first.html
