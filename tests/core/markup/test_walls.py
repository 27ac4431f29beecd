"""Hostile texts against both walls, and against either alone."""

import pytest

from forum.core.markup import WALLS, render, sanitize
from forum.core.markup.rendering import compose
from tests.core.markup.judge import is_balanced, violations
from tests.core.markup.payloads import ADDRESSES, CARRIED, MARKDOWN, MARKUP, PAYLOADS
from tests.core.markup.world import Everyone

each_wall = pytest.mark.parametrize("walls", [WALLS, ("bleach",), ("nh3",)], ids="+".join)
groups = pytest.mark.parametrize(
    "payloads", [MARKUP, MARKDOWN, CARRIED], ids=["markup", "markdown", "carried"]
)


def assert_harmless(html: str, walls: tuple[str, ...], payload: str) -> None:
    cleaned = sanitize(html, walls)
    assert violations(cleaned) == [], payload
    assert is_balanced(cleaned), payload
    assert sanitize(cleaned, walls) == cleaned, payload


def test_the_payloads_are_many_and_would_do_harm() -> None:
    assert len(set(MARKUP)) + len(set(MARKDOWN)) + len(set(ADDRESSES)) >= 400
    assert sum(bool(violations(payload)) for payload in MARKUP) >= 150


@each_wall
@groups
def test_hostile_markup_is_harmless(walls: tuple[str, ...], payloads: tuple[str, ...]) -> None:
    for payload in payloads:
        assert_harmless(payload, walls, payload)


@each_wall
@groups
@pytest.mark.parametrize("trusted", [False, True])
def test_hostile_texts_are_harmless(
    walls: tuple[str, ...], payloads: tuple[str, ...], trusted: bool
) -> None:
    for payload in payloads:
        composed = compose(payload, references=Everyone(), trusted=trusted)
        assert_harmless(composed.html, walls, payload)


@pytest.mark.parametrize("payload_index", range(0, len(PAYLOADS), 50))
def test_several_hostile_texts_in_one_are_harmless(payload_index: int) -> None:
    together = "\n\n".join(PAYLOADS[payload_index : payload_index + 50])
    assert violations(render(together, references=Everyone()).html) == []
    assert_harmless(together, WALLS, together)


@each_wall
@pytest.mark.parametrize("address", ["javascript:1", "data:1", "vbscript:1", "//a.example", "/\\a"])
def test_each_wall_refuses_what_bleach_by_itself_lets_through(
    walls: tuple[str, ...], address: str
) -> None:
    assert sanitize(f'<a href="{address}">x</a>', walls) == "<a>x</a>"


@each_wall
def test_each_wall_keeps_all_that_is_allowed(walls: tuple[str, ...]) -> None:
    html = (
        '<h2 id="h-a">a</h2>\n<blockquote class="quote" dir="auto">\n'
        '<p class="quote-source"><a href="/posts/1">A</a> wrote:</p>\n'
        '<p class="quote-gone">x<br>\n<strong>b</strong><em>i</em><s>s</s></p>\n</blockquote>\n'
        '<ol start="3">\n<li>x</li>\n</ol>\n<ul>\n<li>x</li>\n</ul>\n<hr>\n'
        "<pre><code>a &lt; b &amp;&amp; c\n</code></pre>\n"
        '<p><a class="mention" href="/members/a">@a</a> '
        '<a href="https://a.example/?a=1&amp;b=2" rel="nofollow ugc noopener">x</a></p>\n'
    )
    assert sanitize(html, walls) == html


def test_an_unknown_wall_is_an_error() -> None:
    with pytest.raises(KeyError):
        sanitize("x", ("none",))
