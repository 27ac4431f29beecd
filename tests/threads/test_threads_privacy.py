"""What conversations know about a member, and what is left when they go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.core import clock
from forum.core.database import Base
from forum.extensions import db
from forum.jobs.models import OutboxRow
from forum.threads import privacy
from forum.threads.models import (
    Draft,
    Post,
    PostReaction,
    PostRevision,
    ThreadAlias,
    ThreadRead,
)
from tests import cast

Make = Callable[..., Any]


@pytest.fixture
def member(caregiver: Member, patient: Member, make_thread: Make, make_post: Make) -> Member:
    """A caregiver who wrote, left and kept something of each kind."""
    now = clock.now()
    own = make_thread("caregivers", caregiver, title="Nights", audience="caregivers")
    other = make_thread("trials", patient)
    reply = make_post(other, caregiver, body="Without my name.", withheld=True, form_key="once")
    common = {"member_id": caregiver.id}
    db.session.add_all(
        [
            PostRevision(post_id=reply.id, editor_id=caregiver.id, replaced_at=now, body="Before."),
            PostReaction(
                post_id=cast.first_post(other).id, kind="helpful", created_at=now, **common
            ),
            ThreadRead(thread_id=own.id, last_number=1, read_at=now, **common),
            Draft(place="topic:trials", fields={"body": "Not yet."}, saved_at=now, **common),
        ]
    )
    db.session.commit()
    return caregiver


def test_an_export_holds_all_they_wrote_also_where_they_may_no_longer_read(
    member: Member,
) -> None:
    member.relations = frozenset({"patient"})
    export = privacy.export_for(member.id)
    assert [each["title"] for each in export["conversations"]] == ["Nights"]
    assert [each["body"] for each in export["posts"]][1] == "Without my name."
    assert export["posts"][1]["withheld"] is True
    assert [each["body"] for each in export["earlier_versions"]] == ["Before."]
    assert [each["label"] for each in export["aliases"]] == ["Member A"]
    assert [each["kind"] for each in export["reactions"]] == ["helpful"]
    assert [each["last_number"] for each in export["read"]] == [1]
    assert [each["fields"] for each in export["drafts"]] == [{"body": "Not yet."}]


def test_an_export_holds_nothing_of_others(member: Member, patient: Member) -> None:
    export = privacy.export_for(patient.id)
    assert len(export["posts"]) == 1
    kept = ("conversations", "posts")
    assert all(not rows for name, rows in export.items() if name not in kept)


def test_what_only_concerns_them_goes_and_what_they_said_to_others_stays(member: Member) -> None:
    privacy.erase_for(member.id)
    db.session.commit()
    for table in (Draft, ThreadRead, PostReaction, PostRevision):
        assert _count(table) == 0
    assert _count(Post) == 3
    assert _count(ThreadAlias) == 1
    assert db.session.scalars(select(Post.form_key).where(Post.form_key.is_not(None))).all() == []


def test_texts_that_name_them_are_drawn_anew(member: Member) -> None:
    privacy.erase_for(member.id)
    work = db.session.scalars(select(OutboxRow)).all()
    assert [(row.kind, row.payload) for row in work] == [
        ("threads.redraw_naming", {"member_id": member.id})
    ]


def test_the_room_claims_every_table_of_its_own_with_a_key_to_members() -> None:
    own = {
        mapper.class_
        for mapper in Base.registry.mappers
        if mapper.class_.__module__ == "forum.threads.models"
        and any(
            key.target_fullname == "members.id"
            for column in mapper.local_table.columns
            for key in column.foreign_keys
        )
    }
    assert own == set(privacy.CLAIMS)


def _count(table: type[Base]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0
