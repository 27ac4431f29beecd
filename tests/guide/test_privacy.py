"""What the guide knows about a member can be taken along, and forgotten."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from forum.accounts.models import Member
from forum.extensions import db
from forum.guide import privacy
from forum.guide.actions import keep_place
from forum.guide.models import GuidePlace
from tests import cast
from tests.guide.parts import revisions, save

SignIn = Callable[[Member], cast.Browser]

pytestmark = pytest.mark.usefixtures("guide")


def test_an_editor_takes_along_their_place_and_their_changes(
    sign_in: SignIn, editor: Member
) -> None:
    save(sign_in(editor), body="My words.", note="Shorter")
    keep_place(cast.viewer_of(editor), "start")
    taken = privacy.export_for(editor.id)
    assert taken["guide_place"]["part"] == "start"
    [edit] = taken["guide_edits"]
    assert (edit["part"], edit["note"], edit["text"]) == ("fade", "Shorter", "My words.")


def test_who_left_nothing_takes_nothing_along(patient: Member) -> None:
    assert privacy.export_for(patient.id) == {"guide_place": None, "guide_edits": []}


def test_an_erased_editor_s_changes_stay_without_them(
    sign_in: SignIn, editor: Member, patient: Member
) -> None:
    save(sign_in(editor), body="My words.")
    for member in (editor, patient):
        keep_place(cast.viewer_of(member), "fade")
    privacy.erase_for(editor.id)
    db.session.commit()
    assert [revision.editor_id for revision in revisions()] == [None, None]
    assert revisions()[-1].body == "My words."
    assert db.session.scalars(select(GuidePlace.member_id)).all() == [patient.id]
