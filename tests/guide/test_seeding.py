"""The seed puts the guide in, renews what nobody changed, and never overwrites an editor."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.audit.models import AuditEntry
from forum.core.front_matter import FrontMatterError
from forum.extensions import db
from forum.guide.actions import save_part
from forum.guide.edition import Edition
from forum.guide.models import GuidePart
from forum.guide.queries import guide_overview
from forum.guide.seeding import seed_guide
from tests import cast
from tests.guide.parts import BODY, part_row, revisions, write_part

THE_FIFTEEN = 15


def _seed(folder: Path) -> list[str]:
    lines = seed_guide(folder)
    db.session.commit()
    return lines


def _edit(editor: Member, body: str) -> None:
    part = part_row()
    edition = Edition.read({**Edition.of(part).columns(), "body": body})
    actor = cast.viewer_of(editor)
    save_part(actor, "fade", edition=edition, note="By hand", base=part.revision)
    db.session.commit()


def test_the_first_seed_adds_every_part_as_its_first_version(app: Flask, content: Path) -> None:
    assert _seed(content) == ["Parts of the guide: 3 added."]
    [first] = revisions()
    assert (first.number, first.editor_id, first.note) == (1, None, "First version")
    assert first.body == part_row().body == BODY


def test_a_second_seed_changes_nothing(guide: Path) -> None:
    assert _seed(guide) == ["Parts of the guide: 3 unchanged."]
    assert len(revisions()) == 1


def test_a_changed_file_becomes_a_new_version(guide: Path) -> None:
    write_part(guide, "fade", 2, "A newer text.", unconfirmed=["That it is the same everywhere"])
    assert _seed(guide) == ["Parts of the guide: 1 updated, 2 unchanged."]
    assert part_row().html == "<p>A newer text.</p>\n"
    newest = revisions()[-1]
    assert (newest.number, newest.editor_id, newest.note) == (2, None, "Updated from the project")
    assert db.session.scalars(select(AuditEntry.action)).all() == ["guide.update"]


def test_an_editor_s_change_is_never_overwritten(guide: Path, editor: Member) -> None:
    _edit(editor, "By the editor.")
    assert _seed(guide) == ["Parts of the guide: 3 unchanged."]
    write_part(guide, "fade", 2, "By the project.")
    for _ in range(2):
        assert _seed(guide) == [
            "Parts of the guide: 2 unchanged, 1 kept as people changed them.",
            "  fade: the project has a newer text.",
        ]
    assert part_row().body == "By the editor."


def test_an_editor_who_goes_back_lets_the_project_renew_the_part_again(
    guide: Path, editor: Member
) -> None:
    _edit(editor, "By the editor.")
    _edit(editor, BODY)
    write_part(guide, "fade", 2, "By the project.")
    assert _seed(guide) == ["Parts of the guide: 1 updated, 2 unchanged."]


def test_a_project_that_comes_to_say_the_same_as_the_editor_goes_on_from_there(
    guide: Path, editor: Member
) -> None:
    _edit(editor, "The same words.")
    doubts = ["That it is the same everywhere"]
    write_part(guide, "fade", 2, "The same words.", unconfirmed=doubts)
    assert _seed(guide) == ["Parts of the guide: 3 unchanged."]
    write_part(guide, "fade", 2, "Newer words.", unconfirmed=doubts)
    assert _seed(guide) == ["Parts of the guide: 1 updated, 2 unchanged."]


def test_where_a_part_stands_follows_the_project_even_after_an_edit(
    guide: Path, editor: Member
) -> None:
    _edit(editor, "By the editor.")
    write_part(guide, "fade", 9, short_title="Fading")
    _seed(guide)
    assert [(row.slug, row.short_title) for row in guide_overview()][-1] == ("fade", "Fading")
    assert part_row().body == "By the editor."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("No front matter", "does not open with front matter"),
        ("+++\nslug = \n+++\ntext", "Invalid value"),
        ('+++\nslug = "broken"\n+++\ntext', "its front matter has no title"),
    ],
)
def test_a_broken_file_is_named(app: Flask, content: Path, text: str, words: str) -> None:
    (content / "broken.md").write_text(text)
    with pytest.raises(FrontMatterError, match=words) as caught:
        seed_guide(content)
    assert "broken.md" in str(caught.value)


def test_a_folder_without_content_is_an_error(app: Flask, tmp_path: Path) -> None:
    with pytest.raises(FrontMatterError, match="holds no content"):
        seed_guide(tmp_path)


def test_the_guide_that_ships_has_its_fifteen_parts(app: Flask) -> None:
    seed_guide()
    db.session.commit()
    rows = guide_overview()
    assert [row.position for row in rows] == list(range(1, THE_FIFTEEN + 1))
    assert (rows[0].slug, rows[-1].slug) == ("start", "disclaimer")
    assert all(1 <= row.minutes <= 3 for row in rows)
    drawn = db.session.scalars(select(GuidePart.html))
    assert all("<h2" in html for html in drawn)
