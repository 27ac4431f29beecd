"""The seed of topics, and how their introductions are drawn."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete

from forum.extensions import db
from forum.topics.drawing import rerender_batch
from forum.topics.models import Topic
from forum.topics.seeding import CONTENT, seed_topics
from tests import cast

ALL = 29


@pytest.fixture
def content(app: Flask, tmp_path: Path) -> Path:
    """A copy of the topics that ship, and no topics in the tables."""
    db.session.execute(delete(Topic))
    db.session.commit()
    return Path(shutil.copytree(CONTENT, tmp_path / "topics"))


def _seed(folder: Path) -> list[str]:
    lines = seed_topics(folder)
    db.session.commit()
    db.session.expire_all()
    return lines


def _rewrite(folder: Path, slug: str, old: str, new: str) -> None:
    path = folder / f"{slug}.md"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_every_topic_is_added_once(content: Path) -> None:
    assert _seed(content) == [f"Topics: {ALL} added."]
    assert _seed(content) == [f"Topics: {ALL} unchanged."]


def test_numbers_are_kept_apart_from_the_words_above_them(content: Path) -> None:
    _seed(content)
    topic = cast.topic("survival-statistics")
    assert "62%" in topic.numbers_html
    assert "62%" not in topic.introduction_html
    assert "numbers --" not in topic.introduction_html + topic.numbers_html
    assert cast.topic("welcome").numbers_html == ""


def test_a_topic_follows_its_file(content: Path) -> None:
    _seed(content)
    _rewrite(content, "welcome", "This is the front room.", "This is the porch.")
    assert _seed(content) == [f"Topics: 1 updated, {ALL - 1} unchanged."]
    assert "This is the porch." in cast.topic("welcome").introduction_html


def test_a_topic_that_people_changed_is_left_alone(content: Path) -> None:
    _seed(content)
    cast.topic("welcome").description = "Changed by hand."
    db.session.commit()
    _rewrite(content, "welcome", "This is the front room.", "This is the porch.")
    assert _seed(content) == [
        f"Topics: {ALL - 1} unchanged, 1 kept as people changed them.",
        "  welcome: the project has a newer text.",
    ]
    assert "front room" in cast.topic("welcome").introduction_html


def test_topics_drawn_by_an_older_renderer_are_renewed(content: Path) -> None:
    _seed(content)
    topic = cast.topic("survival-statistics")
    drawn = (topic.introduction_html, topic.numbers_html)
    topic.introduction_html = topic.numbers_html = "<p>Old</p>"
    topic.markup_version = 0
    db.session.flush()
    assert [rerender_batch(10), rerender_batch(10)] == [1, 0]
    assert (topic.introduction_html, topic.numbers_html) == drawn
