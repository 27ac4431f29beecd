"""Topics as pages read them: each viewer only learns of those that are open to them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from forum.core import clock
from forum.core.verdicts import Unknown
from forum.core.viewer import ANONYMOUS, Rank, Viewer
from forum.extensions import db
from forum.topics.models import Topic, TopicKind
from forum.topics.policy import may_see_topic, visible_topics
from forum.topics.queries import topic_by_slug, topics_by_kind, topics_named

PATIENT = Viewer(member_id=1, relations=frozenset({"patient"}))
CAREGIVER = Viewer(member_id=1, relations=frozenset({"caregiver"}))
VIEWERS = (
    ANONYMOUS,
    PATIENT,
    CAREGIVER,
    Viewer(member_id=1, relations=frozenset({"bereaved"})),
    Viewer(member_id=1, rank=Rank.WELCOMER),
    Viewer(member_id=1, rank=Rank.MODERATOR, suspended_until=clock.now()),
)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_the_rule_for_one_topic_and_for_many_agree(app: Flask, viewer: Viewer) -> None:
    listed = set(db.session.scalars(select(Topic.slug).where(visible_topics(viewer))))
    topics = db.session.scalars(select(Topic)).all()
    assert listed == {topic.slug for topic in topics if may_see_topic(viewer, topic)}


def test_topics_stand_in_order_under_their_kinds(app: Flask) -> None:
    found = topics_by_kind(ANONYMOUS)
    assert {kind: len(rows) for kind, rows in found.items()} == {
        TopicKind.GUIDE: 14,
        TopicKind.COVERAGE: 10,
        TopicKind.COMMUNITY: 3,
    }
    assert [row.slug for row in found[TopicKind.COVERAGE]][:2] == [
        "talvey-side-effects",
        "myeloma-outlook",
    ]
    assert found[TopicKind.GUIDE][0].url == "/topics/start"


def test_the_rooms_of_members_and_caregivers_are_listed_for_them_alone(app: Flask) -> None:
    def community(viewer: Viewer) -> set[str]:
        return {row.slug for row in topics_by_kind(viewer)[TopicKind.COMMUNITY]}

    assert community(PATIENT) - community(ANONYMOUS) == {"after-a-loss"}
    assert community(CAREGIVER) - community(PATIENT) == {"caregivers"}


def test_a_topic_comes_with_what_its_page_says(app: Flask) -> None:
    topic = topic_by_slug(ANONYMOUS, "talvey-side-effects")
    assert topic.guide_parts == ["bispecifics", "questions"]
    assert topic.sources_until == "June 2026"
    assert "<p" in topic.introduction_html
    assert not topic.is_of_guide
    assert topic_by_slug(ANONYMOUS, "bispecifics").is_of_guide


@pytest.mark.parametrize(
    ("viewer", "slug"),
    [(ANONYMOUS, "nothing"), (ANONYMOUS, "after-a-loss"), (PATIENT, "caregivers")],
)
def test_a_topic_that_is_not_for_the_viewer_is_as_unknown_as_one_that_is_not_there(
    app: Flask, viewer: Viewer, slug: str
) -> None:
    with pytest.raises(Unknown):
        topic_by_slug(viewer, slug)


def test_named_topics_keep_their_order_and_leave_out_what_the_viewer_may_not_know(
    app: Flask,
) -> None:
    wanted = ["welcome", "caregivers", "nothing", "about"]
    assert [row.slug for row in topics_named(PATIENT, wanted)] == ["welcome", "about"]
    assert [row.slug for row in topics_named(CAREGIVER, wanted)] == wanted[:2] + wanted[3:]
    assert topics_named(PATIENT, []) == []


def test_each_read_is_one_query(app: Flask, count_queries: Callable[..., object]) -> None:
    reads: tuple[Callable[[], object], ...] = (
        lambda: topics_by_kind(CAREGIVER),
        lambda: topic_by_slug(CAREGIVER, "caregivers"),
        lambda: topics_named(CAREGIVER, ["welcome", "caregivers"]),
    )
    for read in reads:
        with count_queries() as statements:  # type: ignore[attr-defined]
            read()
        assert len(statements) == 1
