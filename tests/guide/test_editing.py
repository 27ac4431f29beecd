"""Editors change the guide: every save is kept, and two at once lose nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from forum.accounts.models import Member
from forum.audit.models import AuditEntry
from forum.core.markup import MAX_LENGTH
from forum.extensions import db
from forum.guide.revisions import FOLD
from tests import cast
from tests.guide.parts import BODY, edit_fields, part_row, revisions, save
from tests.threads.page import Page

SignIn = Callable[[Member], cast.Browser]
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("guide")


def _notes() -> list[str]:
    return [revision.note for revision in revisions()]


@pytest.mark.parametrize("rank", ["editor", "moderator", "administrator"])
def test_editors_and_those_above_them_may_edit(
    rank: str, sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    browser = sign_in(request.getfixturevalue(rank))
    assert "Save the part" in browser.get("/guide/fade/edit").text
    assert "/guide/fade/edit" in Page(browser.get("/guide/fade")).addresses()
    assert save(browser, body="New words.").status_code == 303
    assert part_row().body == "New words."


@pytest.mark.parametrize("rank", ["patient", "welcomer", "suspended"])
def test_nobody_else_may(rank: str, sign_in: SignIn, request: pytest.FixtureRequest) -> None:
    browser = sign_in(request.getfixturevalue(rank))
    assert "/guide/fade/edit" not in Page(browser.get("/guide/fade")).addresses()
    for path in ("/guide/fade/edit", "/guide/fade/history", "/guide/fade/history/1"):
        assert browser.get(path).status_code == 403
    assert save(browser, body="New words.").status_code == 403
    assert cast.form_post(browser, "/guide/fade/history/1/restore").status_code == 403
    assert cast.form_post(browser, "/guide/preview", {"body": "x"}).status_code == 403
    assert part_row().body == BODY


def test_a_visitor_is_asked_to_sign_in(client: cast.Browser) -> None:
    assert client.get("/guide/fade/edit").status_code == 302
    assert save(client, body="New words.").status_code == 401


def test_a_save_is_seen_by_readers_and_kept_as_a_revision(
    client: cast.Browser, sign_in: SignIn, editor: Member
) -> None:
    answer = save(
        sign_in(editor),
        body="New words, **checked** again.",
        title="A new title",
        sources="One source\n\n  Another   source ",
        questions="Is it so?",
        unconfirmed="This one thing",
        sources_until="August 2026",
        checked_on="2026-11-21",
        note="Read it against the new label",
    )
    assert answer.location == "/guide/fade"
    main = Page(client.get("/guide/fade")).main
    assert "New words, checked again." in main
    assert "last checked 21 November 2026, against sources up to August 2026" in main
    assert "Another source" in main
    assert "This one thing" in main
    assert "Read it against the new label" in main
    assert editor.username not in main
    newest = revisions()[-1]
    assert (newest.number, newest.editor_id) == (2, editor.id)
    assert newest.sources == ["One source", "Another source"]
    assert newest.unconfirmed == ["This one thing"]


def test_a_save_goes_on_record_without_its_text(sign_in: SignIn, editor: Member) -> None:
    save(sign_in(editor), body="Secret new words.", note="Shorter")
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.actor_id, entry.reason) == ("guide.edit", editor.id, "Shorter")
    assert (entry.subject_kind, entry.subject_id) == ("guide_part", part_row().id)
    assert entry.details == {"revision": 2}


def test_minutes_to_read_follow_the_text(sign_in: SignIn, editor: Member) -> None:
    save(sign_in(editor), body="word " * 401)
    assert part_row().minutes == 3


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "A part needs a title."),
        ("title", "x" * 121, "at most 120 characters"),
        ("summary", " ", "A part needs a summary."),
        ("body", " \n ", "A part needs a text."),
        ("body", "x" * (MAX_LENGTH + 1), "at most 20,000 characters"),
        ("sources", "x" * 301, "One line is too long"),
        ("questions", "x\n" * 41, "At most 40 lines"),
        ("checked_on", "someday", "Not a valid date"),
        ("checked_on", "", "Give the day"),
        ("checked_on", "2031-01-01", "This day has not come yet."),
        ("note", "", "Say in a few words what changed."),
        ("base_revision", "one", "Please open the page for editing anew."),
    ],
)
def test_what_does_not_fit_comes_back_with_the_text_kept(
    field: str, value: str, words: str, sign_in: SignIn, editor: Member
) -> None:
    changed = {"body": "Words that took an hour.", "note": "Long work", field: value}
    answer = save(sign_in(editor), **changed)
    assert answer.status_code == 422
    assert words in answer.text
    assert changed["body"][:100].strip() in answer.text
    assert part_row().revision == 1


def test_the_same_form_sent_twice_saves_once(sign_in: SignIn, editor: Member) -> None:
    browser, fields = sign_in(editor), edit_fields(body="New words.")
    for _ in range(2):
        assert cast.form_post(browser, "/guide/fade/edit", fields).status_code == 303
    assert len(revisions()) == 2
    assert len(db.session.scalars(select(AuditEntry)).all()) == 1


def test_edits_within_ten_minutes_by_one_editor_fold_into_one(
    sign_in: SignIn, editor: Member
) -> None:
    browser = sign_in(editor)
    with time_machine.travel(NOON, tick=False):
        save(browser, body="First try.", note="Shorter")
    with time_machine.travel(NOON + FOLD, tick=False):
        save(browser, body="Second try.", note="Plainer")
        save(browser, body="Third try.", note="Shorter")
    assert _notes() == ["First version", "Shorter; Plainer"]
    newest = revisions()[-1]
    assert (newest.body, newest.saved_at) == ("Third try.", NOON)
    assert newest.number == part_row().revision == 4


def test_a_later_edit_is_a_revision_of_its_own(sign_in: SignIn, editor: Member) -> None:
    browser = sign_in(editor)
    with time_machine.travel(NOON, tick=False):
        save(browser, body="First try.")
    with time_machine.travel(NOON + FOLD + timedelta(seconds=1), tick=False):
        save(browser, body="Second try.")
    assert [revision.body for revision in revisions()] == [BODY, "First try.", "Second try."]


def test_edits_by_two_editors_do_not_fold(
    sign_in: SignIn, editor: Member, moderator: Member
) -> None:
    save(sign_in(editor), body="First try.")
    save(sign_in(moderator), body="Second try.")
    save(sign_in(editor), body="Third try.")
    assert [revision.editor_id for revision in revisions()] == [
        None,
        editor.id,
        moderator.id,
        editor.id,
    ]


def test_the_second_of_two_editors_sees_both_texts_and_loses_nothing(
    sign_in: SignIn, editor: Member, moderator: Member
) -> None:
    opened = edit_fields(body=f"{BODY}\n\nMy own addition.", note="Added a line")
    save(sign_in(moderator), body=BODY.replace("your fault", "anybody's fault"), note="Kinder")
    browser = sign_in(editor)
    answer = cast.form_post(browser, "/guide/fade/edit", opened)
    assert answer.status_code == 422
    page = Page(answer)
    assert "Beacon saved a change just now: “Kinder”." in page.main
    assert "[taken out:] anybody's [end]" in page.main
    assert "[put in:] your [end]" in page.main
    assert "It is *not* anybody's fault." in _value(page, "their-text")
    assert "My own addition." in _value(page, "body")
    assert part_row().body == BODY.replace("your fault", "anybody's fault")

    merged = {**opened, "base_revision": _value(page, "base_revision"), "body": "Both of it."}
    assert cast.form_post(browser, "/guide/fade/edit", merged).status_code == 303
    assert part_row().body == "Both of it."
    assert _notes() == ["First version", "Kinder", "Added a line"]


def test_a_fold_by_the_other_editor_is_not_overwritten_either(
    sign_in: SignIn, editor: Member, moderator: Member
) -> None:
    save(sign_in(moderator), body="Their first.")
    opened = edit_fields(body="Mine.")
    save(sign_in(moderator), body="Their second, folded in.")
    assert cast.form_post(sign_in(editor), "/guide/fade/edit", opened).status_code == 422
    assert part_row().body == "Their second, folded in."


def test_an_old_window_of_the_same_editor_overwrites_nothing(
    sign_in: SignIn, editor: Member
) -> None:
    browser, old_window = sign_in(editor), edit_fields(body="From the old window.")
    save(browser, body="From the new window.")
    assert cast.form_post(browser, "/guide/fade/edit", old_window).status_code == 422
    assert part_row().body == "From the new window."


def test_without_script_the_preview_button_shows_the_text_and_saves_nothing(
    sign_in: SignIn, editor: Member
) -> None:
    fields = edit_fields(body="Some **bold** words.", note="", preview="1")
    answer = cast.form_post(sign_in(editor), "/guide/fade/edit", fields)
    assert answer.status_code == 200
    assert "Some <strong>bold</strong> words." in answer.text
    assert "Some **bold** words." in _value(Page(answer), "body")
    assert part_row().revision == 1


def test_a_text_too_long_is_not_previewed(sign_in: SignIn, editor: Member) -> None:
    fields = edit_fields(body="x" * (MAX_LENGTH + 1), preview="1")
    assert cast.form_post(sign_in(editor), "/guide/fade/edit", fields).status_code == 422
    answer = cast.form_post(sign_in(editor), "/guide/preview", {"body": fields["body"]})
    assert answer.status_code == 403


def test_the_script_is_given_the_text_as_readers_would_see_it(
    sign_in: SignIn, editor: Member
) -> None:
    source = {"body": "## A heading\n\n<script>alert(1)</script>"}
    answer = cast.form_post(sign_in(editor), "/guide/preview", source)
    assert 'id="h-a-heading"' in answer.text
    assert "<script>" not in answer.text


def test_editing_a_part_that_is_not_there_is_unknown(sign_in: SignIn, editor: Member) -> None:
    browser = sign_in(editor)
    assert browser.get("/guide/nothing/edit").status_code == 404
    fields: dict[str, Any] = edit_fields()
    assert cast.form_post(browser, "/guide/nothing/edit", fields).status_code == 404


def _value(page: Page, name: str) -> str:
    """What the field with this name or id holds."""
    for each in page.root.iter():
        if each.tag in ("input", "textarea") and name in (each.get("name"), each.get("id")):
            return each.get("value") or "".join(each.itertext())
    raise AssertionError(f"no field {name}")
