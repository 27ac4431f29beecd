import pytest

from forum.core.markup import Heading, headings, render
from tests.core.markup.judge import elements


@pytest.mark.parametrize(
    ("source", "tags"),
    [
        ("# a", ["h3"]),
        ("# a\n## b\n### c\n#### d\n##### e\n###### f", ["h3", "h4", "h5", "h6", "h6", "h6"]),
        ("### a", ["h3"]),
        ("# a\n### b\n# c", ["h3", "h4", "h3"]),
        ("## a\n## b\n### c\n## d", ["h3", "h3", "h4", "h3"]),
        ("### a\n## b\n# c", ["h3", "h3", "h3"]),
    ],
)
def test_headings_in_posts_are_lowered_and_skip_no_level(source: str, tags: list[str]) -> None:
    found = [part[:2] for part in render(source).html.split("<")[1:] if part[:1] == "h"]
    assert found == tags


def test_headings_in_posts_have_no_id() -> None:
    rendered = render("# a")
    assert elements(rendered.html, "h3") == [{}]
    assert rendered.headings == ()


def test_the_offset_can_be_chosen() -> None:
    assert render("# a", heading_offset=3).html == "<h4>a</h4>\n"
    assert render("# a", heading_offset=1).html == "<h2>a</h2>\n"
    assert render("## a", heading_offset=1, trusted=True).html == '<h2 id="h-a">a</h2>\n'


def test_a_trusted_text_keeps_its_levels_below_the_title_of_the_page() -> None:
    assert render("# a\n## b\n### c", trusted=True).headings == (
        Heading("h-a", "a", 2),
        Heading("h-b", "b", 2),
        Heading("h-c", "c", 3),
    )


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Why it fades", "h-why-it-fades"),
        ("Über *uns* & `you`", "h-uber-uns-you"),
        ("שלום", "h-part"),
        ("x" * 100, "h-" + "x" * 60),
    ],
)
def test_ids_are_made_of_the_words(words: str, name: str) -> None:
    assert render(f"## {words}", trusted=True).headings[0].id == name


def test_ids_are_never_used_twice() -> None:
    source = "## a\n## a 2\n## a\n## a\n## a 2"
    ids = [heading.id for heading in render(source, trusted=True).headings]
    assert len(set(ids)) == 5
    assert ids[:3] == ["h-a", "h-a-2", "h-a-3"]


def test_headings_are_read_from_stored_html() -> None:
    html = render("## One & *two*\n\ntext\n\n### [Three](/guide)", trusted=True).html
    assert headings(html) == (Heading("h-one-two", "One & two", 2), Heading("h-three", "Three", 3))
    assert headings("") == ()


@pytest.mark.parametrize("source", ["#", "##", "# #", "# &nbsp;"])
def test_a_heading_without_words_is_no_heading(source: str) -> None:
    assert render(source).html.startswith("<p>#")
