from collections.abc import Collection, Mapping

import pytest
from hypothesis import given, settings

from forum.core.markup import PostLink, render, without_quotes
from tests.core.markup.texts import texts
from tests.core.markup.world import World

BY_MEMBER_A = (
    '<blockquote class="quote">\n'
    '<p class="quote-source"><a href="/posts/5">Member A</a> wrote:</p>\n'
)


def html(source: str) -> str:
    return render(source, references=World()).html


@pytest.mark.parametrize(
    "head",
    [
        "[Ann wrote](/posts/5):",
        "[Ann](/posts/5)",
        "[Ann](/posts/5):",
        "[Ann](/posts/5) wrote:",
        "[](/posts/5):",
        "[**Ann** wrote](/posts/5):  ",
    ],
)
def test_a_quote_names_the_author_the_forum_knows(head: str) -> None:
    expected = BY_MEMBER_A + "<p>their words</p>\n</blockquote>\n"
    assert html(f"> {head}\n> their words") == expected
    assert html(f"> {head}\n>\n> their words") == expected


def test_the_typed_name_never_shows() -> None:
    assert "Oncologist" not in html("> [Oncologist wrote](/posts/5):\n> words")
    assert "Oncologist" not in html("> [Oncologist wrote](/posts/77):\n> words")


def test_a_quote_of_an_unknown_post_names_nobody_and_leads_nowhere() -> None:
    expected = '<blockquote>\n<p class="quote-source">Quote</p>\n<p>words</p>\n</blockquote>\n'
    assert html("> [Ann](/posts/77):\n> words") == expected
    assert html(f"> [Ann](/posts/{'9' * 30}):\n> words") == expected


@pytest.mark.parametrize(
    "source",
    [
        "> see [Ann](/posts/5):\n> words",
        "> [Ann](/posts/5): and words",
        "> [Ann](/posts/5/edit)\n> words",
        "> [Ann](/threads/5)\n> words",
        "> words\n> [Ann](/posts/5):",
        "> [Ann\n> wrote](/posts/5):",
        "> [A\\](/posts/5)\n> b](/posts/5):",
        "> `[Ann](/posts/5)`\n> words",
        "> # [Ann](/posts/5)",
        "[Ann](/posts/5):\nwords",
    ],
)
def test_only_a_first_line_of_its_own_makes_a_quote(source: str) -> None:
    rendered = render(source, references=World())
    assert "quote-source" not in rendered.html
    assert rendered.quoted == frozenset()


def test_a_deleted_post_is_gone_from_its_quotes() -> None:
    rendered = render(
        "> [Joe wrote](/posts/9):\n> secret\n>\n> - secret\n>\n> > secret @ann_b\n\nmy answer",
        references=World(),
    )
    assert "secret" not in rendered.html
    assert rendered.html == (
        '<blockquote class="quote">\n'
        '<p class="quote-source"><a href="/posts/9">Joe</a> wrote:</p>\n'
        '<p class="quote-gone">This post was deleted by its author.</p>\n'
        "</blockquote>\n<p>my answer</p>\n"
    )


def test_a_quote_may_say_otherwise_why_a_post_is_gone() -> None:
    class Removed(World):
        def posts(self, ids: Collection[int]) -> Mapping[int, PostLink]:
            return {9: PostLink(9, "Joe", "/posts/9", gone=True, gone_note="It was <removed>.")}

    html = render("> [Joe](/posts/9):\n> secret", references=Removed()).html
    assert '<p class="quote-gone">It was &lt;removed&gt;.</p>' in html
    assert "secret" not in html


def test_an_answer_directly_under_a_quote_is_not_part_of_it() -> None:
    assert html("> [Joe](/posts/9):\n> secret\nmy answer").endswith(
        "</blockquote>\n<p>my answer</p>\n"
    )
    assert html("> > inner\n> outer\nmine").endswith(
        "</blockquote>\n<p>outer</p>\n</blockquote>\n<p>mine</p>\n"
    )


def test_quotes_within_quotes_each_name_their_author() -> None:
    source = "> [x](/posts/5):\n> > [y](/posts/9):\n> > secret\n>\n> kept"
    assert html(source).count("wrote:") == 2
    assert "secret" not in html(source)
    assert "kept" in html(source)


def test_the_world_is_asked_once_and_only_when_needed() -> None:
    world = World()
    rendered = render(
        "> [a](/posts/5)\n> x\n\n> [b](/posts/9)\n> y\n\n> [c](/posts/77)", references=world
    )
    assert world.asked_ids == [frozenset({5, 9, 77})]
    assert rendered.quoted == {5, 9}
    render("> no post", references=world)
    assert len(world.asked_ids) == 1


def test_without_references_a_quote_names_nobody() -> None:
    assert render("> [Ann](/posts/5)\n> x").quoted == frozenset()
    assert "Ann" not in render("> [Ann](/posts/5)\n> x").html


@pytest.mark.parametrize(
    ("source", "left"),
    [
        (
            "Hello\r\n\r\n> [Joe wrote](/posts/9):\r\n> secret\r\n>\r\n> secret\r\n\r\nmine \t\r\n",
            "Hello\r\n\r\n> [Joe wrote](/posts/9):\r\n\r\nmine \t\r\n",
        ),
        ("> [Joe](/posts/9)\n> secret\nmine", "> [Joe](/posts/9)\nmine"),
        ("> [Joe](/posts/9)\n>\n> secret", "> [Joe](/posts/9)\n"),
        ("> [Joe](/posts/9)\r> secret\rmine\x00", "> [Joe](/posts/9)\rmine\x00"),
        (
            "> [A](/posts/5):\n> > [Joe](/posts/9):\n> > secret\n> kept",
            "> [A](/posts/5):\n> > [Joe](/posts/9):\n> kept",
        ),
        ("- > [Joe](/posts/9):\n  > secret\n- b", "- > [Joe](/posts/9):\n- b"),
        ("> [A](/posts/5):\n> kept", "> [A](/posts/5):\n> kept"),
        ("```\n> [Joe](/posts/9):\n> x\n```", "```\n> [Joe](/posts/9):\n> x\n```"),
        ("", ""),
    ],
)
def test_the_quoted_words_of_a_deleted_post_leave_the_source(source: str, left: str) -> None:
    assert without_quotes(source, {9}) == left


@given(texts)
@settings(deadline=None)
def test_a_source_without_deleted_quotes_keeps_every_byte(source: str) -> None:
    assert without_quotes(source, ()) == source


@given(texts)
@settings(deadline=None)
def test_only_quoted_lines_leave_the_source(source: str) -> None:
    left = without_quotes(source, {2, 5})
    assert len(left) == len(source) or ">" in source
    assert without_quotes(left, {2, 5}) == left


@given(texts, texts)
@settings(deadline=None)
def test_what_stands_around_a_deleted_quote_stays(before: str, after: str) -> None:
    fence_free = before.replace("`", "'").replace("~", "-")
    quote = "\n\nx\n\n> [Joe](/posts/9):\n> secret\n> ```\n"
    source = f"{fence_free}{quote}\n{after}"
    assert without_quotes(source, {9}) == source.replace("> secret\n> ```\n", "")
