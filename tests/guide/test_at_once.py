"""Saves and seeds that happen at the very same moment, on connections of their own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.cli.seed import Content, seed_content
from forum.extensions import db
from forum.guide.actions import Overtaken, keep_place, save_part
from forum.guide.edition import Edition
from forum.guide.models import GuidePart, GuidePlace
from tests import cast
from tests.guide.parts import part_row, revisions

AT_ONCE = 4


def _all_at_once(app: Flask, deed: Callable[[int], str]) -> list[str]:
    """Do it `AT_ONCE` times, each in a thread and a context of its own; returns the answers."""
    together = Barrier(AT_ONCE)

    def one(number: int) -> str:
        with app.app_context():
            together.wait()
            return deed(number)

    cast.settle()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


@pytest.mark.usefixtures("guide")
def test_of_editors_who_save_at_the_same_moment_one_is_first_and_all_others_are_told(
    app: Flask, editor: Member
) -> None:
    actor, present = cast.viewer_of(editor), Edition.of(part_row())

    def save(number: int) -> str:
        edition = Edition.read({**present.columns(), "body": f"Text {number}."})
        try:
            save_part(actor, "fade", edition=edition, note="At once", base=1)
        except Overtaken:
            return "told"
        db.session.commit()
        return "saved"

    assert sorted(_all_at_once(app, save)) == ["saved", *["told"] * (AT_ONCE - 1)]
    assert len(revisions()) == 2


@pytest.mark.usefixtures("guide")
def test_windows_of_one_member_keep_one_place(app: Flask, patient: Member) -> None:
    actor = cast.viewer_of(patient)

    def keep(number: int) -> str:
        keep_place(actor, ("start", "fade")[number % 2])
        db.session.commit()
        return "kept"

    assert _all_at_once(app, keep) == ["kept"] * AT_ONCE
    assert db.session.scalars(select(GuidePlace.member_id)).all() == [patient.id]


def test_machines_that_seed_at_the_same_moment_seed_once(app: Flask, content: Path) -> None:
    def seed(number: int) -> str:
        return seed_content(Content(guide=content))[1]

    lines = _all_at_once(app, seed)
    assert sorted(lines) == [
        "Parts of the guide: 3 added.",
        *["Parts of the guide: 3 unchanged."] * (AT_ONCE - 1),
    ]
    assert len(db.session.scalars(select(GuidePart)).all()) == 3
