"""Conversations on the pages of the guide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from markupsafe import Markup

from forum.accounts.models import Member
from forum.core import panels
from tests import cast

Make = Callable[..., Any]


@pytest.fixture
def draw(app: Flask) -> Callable[[str], Markup]:
    """The panel as a visitor would get it."""

    def drawn(topic: str) -> Markup:
        cast.settle()
        with app.test_request_context("/guide/trials"):
            return panels.draw("conversations_about", topic=topic)

    return drawn


def test_a_part_of_the_guide_shows_the_latest_conversations_about_it(
    draw: Callable[[str], Markup], patient: Member, make_thread: Make
) -> None:
    for number in range(6):
        make_thread("trials", patient, title=f"Number {number}", audience="everyone")
    make_thread("trials", patient, title="Among members")
    panel = draw("trials")
    assert [f"Number {number}" in panel for number in range(6)] == [False, *[True] * 5]
    assert "Among members" not in panel
    assert 'href="/topics/trials"' in panel
    assert 'href="/join"' in panel


def test_a_part_without_public_conversations_does_not_seem_empty_to_a_visitor(
    draw: Callable[[str], Markup], patient: Member, make_thread: Make
) -> None:
    empty = draw("trials")
    assert "Nothing here that everybody can read." in empty
    assert "Many people here write for members only." in empty
    make_thread("trials", patient, title="Among members")
    assert draw("trials") == empty


def test_a_part_without_a_topic_shows_nothing(draw: Callable[[str], Markup]) -> None:
    assert draw("disclaimer") == ""
    assert draw("caregivers") == ""
