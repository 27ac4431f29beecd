import pytest

from forum.core.markup import render, sanitize

OVERRIDES = [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
CONTROLS = [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)]


@pytest.mark.parametrize("code", [*OVERRIDES, *CONTROLS, 0xFDD0, 0xFFFE, 0x1FFFF])
def test_characters_that_disturb_the_page_go(code: int) -> None:
    character = chr(code)
    assert render(f"a{character}b").html == "<p>ab</p>\n"
    assert render(f"`a{character}b`").html == "<p><code>ab</code></p>\n"
    assert (
        character
        not in render(f"[x](/a{character}b) a&#{code};b <https://a.example/{character}>").html
    )


@pytest.mark.parametrize("wall", ["bleach", "nh3"])
@pytest.mark.parametrize("code", OVERRIDES)
def test_no_wall_lets_an_override_through_as_a_reference(wall: str, code: int) -> None:
    cleaned = sanitize(f"<p>a&#{code};b&#x{code:x};c&#X{code:X};d{chr(code)}</p>", (wall,))
    assert chr(code) not in cleaned
    assert str(code) not in cleaned
    assert f"{code:x}" not in cleaned.lower()


def test_an_address_shown_decoded_cannot_reorder_the_page() -> None:
    html = render("https://example.org/%E2%80%AEgnp.exe").html
    assert "\u202e" not in html
    assert 'href="https://example.org/%E2%80%AEgnp.exe"' in html


def test_tabs_and_new_lines_stay() -> None:
    assert render("a\tb\nc").html == "<p>a\tb<br>\nc</p>\n"


def test_half_a_surrogate_pair_can_be_stored() -> None:
    assert render("a\ud800b").html.encode() == "<p>a\ufffdb</p>\n".encode()


def test_every_other_letter_stays() -> None:
    words = "é ß 漢字 😀 👩‍⚕️ नमस्ते"
    assert render(words).html == f"<p>{words}</p>\n"
