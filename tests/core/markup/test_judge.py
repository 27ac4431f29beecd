"""The judge must see what it is there to see."""

import pytest

from tests.core.markup.judge import is_balanced, violations


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>x</p>",
        "<p style='color:red'>x</p>",
        "<form><input></form>",
        "<img src=/x.png>",
        "<h1>x</h1>",
        "<a href=javascript:1>x</a>",
        "<a href='java&#9;script:1'>x</a>",
        "<a href=//example.org>x</a>",
        "<a href='/\\example.org'>x</a>",
        "<a href='/&#9;/example.org'>x</a>",
        "<a href=https://a@example.org>x</a>",
        "<a href=relative>x</a>",
        "<a href=/x rel=opener>x</a>",
        "<a href=/x class=button>x</a>",
        "<p class=mention>x</p>",
        "<p dir=rtl>x</p>",
        "<p id=h-x>x</p>",
        "<ol start=-1><li>x</li></ol>",
        "<!-- x -->",
        "<p>\u202ex</p>",
        "<p>&#x202e;x</p>",
        "<p>\x07x</p>",
    ],
)
def test_sees_what_no_text_may_hold(html: str) -> None:
    assert violations(html)


@pytest.mark.parametrize(
    "html",
    [
        '<p dir="auto">x<br>y</p>\n<hr>',
        '<a href="https://example.org/?a=1&amp;b=2" rel="nofollow ugc noopener">x</a>',
        '<a href="/members/ann" class="mention">@ann</a><a href="mailto:a@b.example">x</a>',
        '<ol start="3"><li>x</li></ol><h2 id="h-x">x</h2>',
    ],
)
def test_accepts_what_a_text_may_hold(html: str) -> None:
    assert violations(html) == []
    assert is_balanced(html)


@pytest.mark.parametrize("html", ["<p>x", "x</p>", "<p><em>x</p></em>"])
def test_sees_what_is_not_closed(html: str) -> None:
    assert not is_balanced(html)
