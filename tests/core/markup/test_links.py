import pytest

from forum.core.markup import render
from tests.core.markup.judge import elements
from tests.core.markup.payloads import ADDRESSES


def links(source: str, *, trusted: bool = False) -> list[dict[str, str]]:
    return elements(render(source, trusted=trusted).html, "a")


def addresses(source: str) -> list[str]:
    return [link["href"] for link in links(source) if "href" in link]


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("[x](https://example.org/a?b=1&c=2#d)", "https://example.org/a?b=1&c=2#d"),
        ("[x](HTTP://example.org)", "HTTP://example.org"),
        ("[x](mailto:a@example.org)", "mailto:a@example.org"),
        ("[x](/guide/start?page=2#h-x)", "/guide/start?page=2#h-x"),
        ("[x](/)", "/"),
        ("[x](www.example.org)", "https://www.example.org"),
        ("<https://example.org>", "https://example.org"),
        ("<a@example.org>", "mailto:a@example.org"),
        ("see https://example.org/a_b_c.", "https://example.org/a_b_c"),
        ("see (https://example.org/x)", "https://example.org/x"),
        ("see www.cancer.example/x, ok", "https://www.cancer.example/x"),
        ("WWW.example.org", "https://WWW.example.org"),
        ("write to a.b@example.org!", "mailto:a.b@example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_addresses_that_become_links(source: str, address: str) -> None:
    assert addresses(source) == [address]


@pytest.mark.parametrize(
    "source",
    [
        "example.org",
        "ftp://example.org",
        "//example.org",
        "xhttps://example.org",
        "www.",
        "http://",
    ],
)
def test_words_that_only_look_like_addresses_stay_text(source: str) -> None:
    assert render(source).html == f"<p>{source}</p>\n"


def test_a_name_of_too_many_parts_is_not_read_to_its_end() -> None:
    assert "<a" not in render("www." + "a." * 60 + "org").html


def test_an_endless_address_is_linked_only_in_part() -> None:
    [address] = addresses("https://example.org/" + "x" * 10_000)
    assert len(address) == 2_048


def test_a_typed_address_keeps_its_underscores_and_stars_around_it() -> None:
    html = render("**https://example.org/_a_** and _x_").html
    assert addresses("**https://example.org/_a_**") == ["https://example.org/_a_"]
    assert "<strong>" in html
    assert "<em>x</em>" in html


def test_a_refused_link_is_rendered_as_its_text() -> None:
    assert render("a [my **scan**](javascript:1) b").html == "<p>a my <strong>scan</strong> b</p>\n"
    assert render("a <javascript:1> b").html == "<p>a &lt;javascript:1&gt; b</p>\n"


def test_outside_links_are_not_vouched_for() -> None:
    assert links("[x](https://example.org)")[0]["rel"] == "nofollow ugc noopener"
    assert links("https://example.org")[0]["rel"] == "nofollow ugc noopener"
    assert links("[x](https://example.org)", trusted=True)[0]["rel"] == "noopener"


@pytest.mark.parametrize("source", ["[x](/guide)", "[x](mailto:a@example.org)"])
def test_other_links_carry_no_rel(source: str) -> None:
    assert "rel" not in links(source)[0]


def test_a_picture_becomes_a_link_and_loads_nothing() -> None:
    html = render("![my scan](https://example.org/x.png 'title')").html
    assert "<img" not in html
    assert "title" not in html
    assert ">my scan</a>" in html
    assert addresses("![my scan](https://example.org/x.png)") == ["https://example.org/x.png"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("![](https://example.org/x.png)", ">https://example.org/x.png</a>"),
        ("![my scan](data:image/png;base64,AA)", "<p>my scan</p>"),
        ("![](data:image/png;base64,AA)", "<p>picture</p>"),
        ("![**a** `b`](data:1)", "<p>a b</p>"),
    ],
)
def test_a_picture_always_leaves_words(source: str, expected: str) -> None:
    assert expected in render(source).html


def test_a_picture_inside_a_link_is_its_words() -> None:
    html = render("[![my scan](https://example.org/x.png)](/posts/1)").html
    assert html == '<p><a href="/posts/1">my scan</a></p>\n'


@pytest.mark.parametrize("words", ["", " ", "\u200b", "&nbsp;"])
def test_a_link_without_words_shows_its_address(words: str) -> None:
    assert ">https://example.org</a>" in render(f"[{words}](https://example.org)").html


@pytest.mark.parametrize("address", [address for address in ADDRESSES if address.strip()])
def test_hostile_addresses_never_become_the_address_of_a_link(address: str) -> None:
    for source in (f"[x]({address})", f"[x](<{address}>)", f"![x]({address})", f"<{address}>"):
        assert address not in addresses(source)
