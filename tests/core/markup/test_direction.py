import pytest

from forum.core.markup import render


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("שלום", '<p dir="auto">שלום</p>'),
        ("مرحبا", '<p dir="auto">مرحبا</p>'),
        ("123: שלום", '<p dir="auto">123: שלום</p>'),
        ("**שלום**", '<p dir="auto"><strong>שלום</strong></p>'),
        ("# שלום", '<h3 dir="auto">שלום</h3>'),
        ("1. שלום", '<ol dir="auto">\n<li>שלום</li>\n</ol>'),
        ("- Hello\n- שלום", '<ul>\n<li>Hello</li>\n<li dir="auto">שלום</li>\n</ul>'),
        ("> שלום", '<blockquote dir="auto">\n<p>שלום</p>\n</blockquote>'),
    ],
)
def test_a_block_from_right_to_left_says_so(source: str, expected: str) -> None:
    assert render(source).html.strip() == expected


def test_a_block_back_in_the_page_direction_says_so_too() -> None:
    assert render("> שלום\n>\n> Hello").html == (
        '<blockquote dir="auto">\n<p>שלום</p>\n<p dir="auto">Hello</p>\n</blockquote>\n'
    )


@pytest.mark.parametrize("source", ["Hello", "Hello שלום", "123", "> Hello\n\n- 1"])
def test_other_blocks_stay_unmarked(source: str) -> None:
    assert "dir=" not in render(source).html
