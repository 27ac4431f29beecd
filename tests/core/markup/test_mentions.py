import pytest

from forum.core.markup import render, without_mention_links
from tests.core.markup.world import World

LINK = '<a class="mention" href="/members/Ann_B">@Ann_B</a>'


@pytest.mark.parametrize(
    "source",
    [
        "@ann_b",
        "@ANN_B",
        "Thanks @ann_b.",
        "(@ann_b)",
        "**@ann_b**",
        "- @ann_b",
        "# @ann_b",
        "@ann_b's idea",
        "one\n@ann_b",
        "@ann\\_b",
    ],
)
def test_a_known_name_becomes_a_link(source: str) -> None:
    rendered = render(source, references=World())
    assert LINK in rendered.html
    assert rendered.mentioned == {7}
    assert rendered.addressed == {7}


@pytest.mark.parametrize(
    "source",
    [
        "@nobody",
        "@ab",
        "@" + "a" * 31,
        "ann_b",
        "x@ann_b",
        "joe@ann_b",
        "joe@ann_b.example",
        "@@ann_b",
        "@ann_bc",
        "@ann_bé",
        "`@ann_b`",
        "```\n@ann_b\n```",
        "[@ann_b](/guide)",
        "https://example.org/@ann_b",
        "![@ann_b](https://example.org/x.png)",
    ],
)
def test_what_is_no_mention_stays_as_it_is(source: str) -> None:
    rendered = render(source, references=World())
    assert "mention" not in rendered.html
    assert rendered.mentioned == frozenset()


def test_an_unknown_name_stays_text() -> None:
    assert render("@ann_b and @nobody", references=World()).html == (f"<p>{LINK} and @nobody</p>\n")
    assert render("@ann_b").html == "<p>@ann_b</p>\n"


def test_a_name_in_a_quote_is_linked_but_not_addressed() -> None:
    rendered = render("> hello @ann_b", references=World())
    assert LINK in rendered.html
    assert rendered.mentioned == {7}
    assert rendered.addressed == frozenset()
    assert render("> hello @ann_b\n\n@ann_b", references=World()).addressed == {7}


def test_the_world_is_asked_once_with_casefolded_names() -> None:
    world = World()
    render("@Ann_B @ANN_b\n\n- @Someone\n\n> [x](/posts/9)\n> @hidden", references=world)
    assert world.asked_names == [frozenset({"ann_b", "someone"})]
    render("nobody", references=world)
    assert len(world.asked_names) == 1


def test_a_stranger_gets_names_as_plain_words() -> None:
    html = render("Hello @ann_b, see [this](/guide).", references=World()).html
    assert LINK in html
    assert without_mention_links(html) == html.replace(LINK, "@Ann_B")
    assert 'href="/guide"' in without_mention_links(html)
