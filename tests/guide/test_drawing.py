"""The HTML of parts follows their text and the renderer."""

from __future__ import annotations

import pytest

from forum.extensions import db
from forum.guide.drawing import reading_minutes, rerender_batch
from tests.guide.parts import part_row

pytestmark = pytest.mark.usefixtures("guide")


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (200, 1), (201, 2), (450, 3)])
def test_minutes_are_rounded_up(words: int, minutes: int) -> None:
    assert reading_minutes(f"<p>{'word ' * words}</p>") == minutes


def test_parts_drawn_by_an_older_renderer_are_renewed_a_batch_at_a_time() -> None:
    drawn = part_row().html
    for slug in ("start", "fade", "disclaimer"):
        part = part_row(slug)
        part.html, part.markup_version = "<p>Old</p>", 0
        db.session.flush()
    assert [rerender_batch(2), rerender_batch(2), rerender_batch(2)] == [2, 1, 0]
    db.session.commit()
    assert part_row().html == drawn
    assert part_row().revision == 1
