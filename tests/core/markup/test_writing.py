"""What people write comes out as they meant it."""

import pytest

from forum.core.markup import MAX_LENGTH, RENDERER_VERSION, Rendered, render


def html(source: str) -> str:
    return render(source).html.strip()


def test_nothing_gives_nothing() -> None:
    assert render("") == Rendered("", frozenset(), frozenset())


def test_a_blank_line_makes_a_paragraph_and_a_single_one_a_line_break() -> None:
    assert html("one\ntwo\r\nthree\n\nfour") == "<p>one<br>\ntwo<br>\nthree</p>\n<p>four</p>"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**strong** *soft* ~~gone~~ `code`", "<strong>strong</strong> <em>soft</em> <s>gone</s>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1) a\n2) b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("***", "<hr>"),
        ("```\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
        ("```python\nx\n```", "<pre><code>x\n</code></pre>"),
        ("> words", "<blockquote>\n<p>words</p>\n</blockquote>"),
    ],
)
def test_the_marks_people_know(source: str, expected: str) -> None:
    assert expected in html(source)


def test_raw_html_is_shown_as_typed() -> None:
    assert (
        html("<b>x</b> <br> a < b & c") == "<p>&lt;b&gt;x&lt;/b&gt; &lt;br&gt; a &lt; b &amp; c</p>"
    )


@pytest.mark.parametrize("indent", ["    ", "\t", "          "])
def test_indenting_by_accident_makes_no_code(indent: str) -> None:
    assert html(f"{indent}my story\n\n{indent}goes on") == "<p>my story</p>\n<p>goes on</p>"


@pytest.mark.parametrize("line", ["--", "---", "=====", "-"])
def test_a_line_under_a_sentence_makes_no_heading(line: str) -> None:
    assert "<h" not in html(f"See you soon\n{line}\nAnn").replace("<hr>", "")


def test_a_line_that_looks_like_a_definition_does_not_disappear() -> None:
    assert "[Update]: " in html("[Update]: https://example.org")


def test_a_table_is_shown_as_typed() -> None:
    assert html("| a | b |\n|---|---|\n| c | d |").startswith("<p>| a | b |<br>")


def test_a_number_sign_without_a_space_stays_text() -> None:
    assert html("#1 on my list") == "<p>#1 on my list</p>"


def test_version_and_length_are_known_to_callers() -> None:
    assert RENDERER_VERSION >= 1
    assert MAX_LENGTH == 20_000
