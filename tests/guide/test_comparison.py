"""What changed between two editions of a part."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from forum.core.comparison import Change
from forum.guide.comparison import LABELS, compare_editions
from forum.guide.edition import COLUMNS, Edition

EDITION = Edition(
    title="A title",
    summary="A summary.",
    body="A text.",
    sources=("One",),
    questions=(),
    unconfirmed=(),
    sources_until="June 2026",
    checked_on=date(2026, 11, 22),
)


def _with(**changes: Any) -> Edition:
    return Edition.read({**EDITION.columns(), **changes})


def test_the_same_edition_has_no_changes() -> None:
    assert compare_editions(EDITION, _with()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "A new title"),
        ("summary", "A new summary."),
        ("body", "A new text."),
        ("sources", ["Another"]),
        ("questions", ["Is it so?"]),
        ("unconfirmed", ["This"]),
        ("sources_until", "July 2026"),
        ("checked_on", date(2026, 11, 23)),
    ],
)
def test_a_field_that_differs_is_told_under_its_own_name(name: str, value: Any) -> None:
    assert [change.label for change in compare_editions(EDITION, _with(**{name: value}))] == [
        LABELS[name]
    ]


def test_every_field_of_an_edition_has_a_name_for_people() -> None:
    assert set(LABELS) == set(COLUMNS)


def test_a_line_added_below_leaves_the_line_above_as_it_is() -> None:
    [change] = compare_editions(EDITION, _with(sources=["One", "Two"]))
    assert [(piece.change, piece.text) for piece in change.pieces] == [
        (Change.SAME, "One\n"),
        (Change.ADDED, "Two\n"),
    ]
