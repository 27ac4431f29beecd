"""The work for a text grows with its length, and deep nesting breaks nothing.

Work is counted in calls, not seconds, so that the machine does not matter.
"""

import random
import sys
from types import FrameType

import pytest

from forum.core.markup import MAX_LENGTH, render, sanitize
from tests.core.markup.judge import is_balanced, violations

HALF = MAX_LENGTH // 2
MOST_GROWTH = 2.5
MOST_CALLS_PER_CHARACTER = 250

UNITS = [
    *"[*>_`<(&@~!\\#-|=",
    "- ",
    "* ",
    "1. ",
    "> ",
    "> - ",
    "- > ",
    "![",
    "[](",
    "[a](",
    "](",
    "**a",
    "*a ",
    "~~a",
    "``",
    "` ",
    "<a ",
    "<a:",
    "</",
    "<!--",
    "&#",
    "&amp;",
    "a@b.",
    "@ann ",
    "http://",
    "http://! ",
    "https://a.b/",
    "http://a.b/[[[",
    "://",
    "www.",
    "www.a.b/(",
    "mailto:a@",
    ">\n",
    "- a\n",
    "> a\n\n",
    "> [a](/posts/1):\n> x\n\n",
    "# a\n",
    "```\n",
    "a\n",
    "a  \n",
    "\n",
    "[a](https://a.b) ",
    "[![a](/b)](/c)",
    "*_",
    "[*_`",
    "_*`[<>",
    "- א\n",
]


def filled(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


def mixed(length: int) -> str:
    return "".join(random.Random(1).choices(UNITS, k=length))[:length]


def calls_to_render(source: str) -> int:
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event.endswith("call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        render(source)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_twice_the_text_is_about_twice_the_work(unit: str) -> None:
    render(filled(unit, 100))
    once, twice = (calls_to_render(filled(unit, length)) for length in (HALF // 4, HALF // 2))
    assert twice <= MOST_GROWTH * once
    assert twice <= MOST_CALLS_PER_CHARACTER * HALF // 2


@pytest.mark.parametrize("unit", [*"[*>_", "- ", "www."], ids=repr)
def test_the_longest_post_of_one_mark_stays_within_bounds(unit: str) -> None:
    once, twice = (calls_to_render(filled(unit, length)) for length in (HALF, MAX_LENGTH))
    assert twice <= MOST_GROWTH * once
    assert twice <= MOST_CALLS_PER_CHARACTER * MAX_LENGTH


def test_a_mix_of_all_marks_stays_within_bounds() -> None:
    once, twice = calls_to_render(mixed(HALF)), calls_to_render(mixed(MAX_LENGTH))
    assert twice <= MOST_GROWTH * once
    assert twice <= MOST_CALLS_PER_CHARACTER * MAX_LENGTH


DEEP = {
    "quotes": ">" * MAX_LENGTH,
    "spaced quotes": "> " * HALF + "end",
    "bullet lists": "- " * HALF + "end",
    "ordered lists": "1. " * (MAX_LENGTH // 3) + "end",
    "quotes and lists": "> - " * (MAX_LENGTH // 4) + "end",
    "indented lists": "\n".join("  " * depth + "- end" for depth in range(130)),
    "emphasis": "*a " * 3_000 + "end" + "*" * 3_000,
    "strong": "**a" * 3_000 + "end" + "**" * 3_000,
    "links": "[" * 5_000 + "end" + "](/a)" * 2_000,
    "pictures": "![" * 4_000 + "end" + "](/a)" * 2_000,
    "headings of quotes": "# > " * 5_000 + "end",
}


@pytest.mark.parametrize("source", DEEP.values(), ids=DEEP.keys())
def test_deep_nesting_is_shown_flat(source: str) -> None:
    html = render(source).html
    assert violations(html) == []
    assert is_balanced(html)
    assert deepest(html) <= 24


@pytest.mark.parametrize("name", [name for name in DEEP if name != "quotes"])
def test_no_word_is_lost_in_deep_nesting(name: str) -> None:
    assert DEEP[name].count("end") == render(DEEP[name]).html.count("end")


def test_siblings_at_the_deepest_level_stay_siblings() -> None:
    source = "\n".join("  " * depth + "- a" for depth in range(6)) + "\n" + "  " * 5 + "- b"
    assert "<li>b</li>" in render(source).html


def test_walls_bear_markup_nested_more_deeply_than_any_text() -> None:
    html = sanitize("<blockquote>" * 1_000 + "x")
    assert violations(html) == []
    assert html.count("<blockquote>") == 1_000


def deepest(html: str) -> int:
    depth = most = 0
    for part in html.split("<")[1:]:
        if part.startswith("/"):
            depth -= 1
        elif not part.startswith(("br", "hr")):
            depth += 1
            most = max(most, depth)
    return most
