"""Every pair of colors that meets on a page keeps its contrast, in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).resolve().parents[2] / "static/css/tokens.css").read_text()
SURFACES = ("paper", "card", "sunk", "wine-wash", "teal-wash", "amber-wash", "green-wash")
COLOR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})")

PAIRS = [
    *(("ink", surface, 7.0) for surface in SURFACES),
    *(("ink-soft", surface, 4.5) for surface in SURFACES),
    *(("wine", surface, 4.5) for surface in SURFACES),
    *(("wine-deep", surface, 4.5) for surface in SURFACES),
    *(("teal", surface, 4.5) for surface in ("paper", "card", "sunk", "teal-wash")),
    *(("amber", surface, 4.5) for surface in ("paper", "card", "sunk", "amber-wash")),
    *(("green", surface, 4.5) for surface in ("paper", "card", "sunk", "green-wash")),
    *(("line-strong", surface, 3.0) for surface in SURFACES),
    *(("focus", surface, 3.0) for surface in SURFACES),
    *(("on-avatar", f"avatar-{number}", 4.5) for number in range(1, 7)),
    ("on-wine", "wine-fill", 7.0),
    ("on-wine", "wine-fill-hover", 7.0),
    ("paper", "ink", 7.0),
]


def themes() -> list[dict[str, str]]:
    """The values of each block of tokens: light, dark by the system, dark by choice."""
    blocks = re.findall(r"\{([^{}]*--paper:[^{}]*)\}", TOKENS)
    return [dict(COLOR.findall(block)) for block in blocks]


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colors_that_meet_keep_their_contrast(
    theme: int, front: str, back: str, least: float
) -> None:
    colors = themes()[theme]
    assert contrast(colors[front], colors[back]) >= least


def test_dark_is_the_same_whether_the_system_or_the_reader_asks() -> None:
    _, by_system, by_choice = themes()
    assert by_system == by_choice
