"""Every version of a part, what it changed, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from forum.accounts.models import Member
from forum.audit.models import AuditEntry
from forum.extensions import db
from forum.guide.edition import Edition
from forum.guide.revisions import revise
from forum.guide.versions import REVISIONS_A_PAGE
from tests import cast
from tests.guide.parts import BODY, part_row, revisions, save
from tests.threads.page import Page

SignIn = Callable[[Member], cast.Browser]
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("guide")


def _save_at(browser: cast.Browser, hours: int, **changes: str) -> None:
    with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
        save(browser, **changes)


def test_versions_are_listed_newest_first_with_note_and_editor(
    sign_in: SignIn, editor: Member, moderator: Member
) -> None:
    _save_at(sign_in(editor), 0, body="One.", note="Shorter")
    _save_at(sign_in(moderator), 1, body="Two.", note="Kinder")
    main = Page(sign_in(editor).get("/guide/fade/history")).main
    assert main.index("Kinder") < main.index("Shorter") < main.index("First version")
    assert "by Beacon · what readers see now" in main
    assert "by Quill" in main


def test_a_version_is_compared_with_the_one_before_it(sign_in: SignIn, editor: Member) -> None:
    browser = sign_in(editor)
    _save_at(browser, 0, body=BODY.replace("Ask your team.", "Ask your own team today."))
    page = Page(browser.get("/guide/fade/history/2"))
    assert "[put in:] own" in page.main
    html = page.html
    assert "<ins>" in html
    assert "<del>" in html
    assert "Title" not in [each.text for each in page.root.iter("h3")]


def test_folded_saves_leave_no_gap_in_the_comparison(sign_in: SignIn, editor: Member) -> None:
    browser = sign_in(editor)
    _save_at(browser, 0, body="One.")
    _save_at(browser, 0, body="Two.")
    assert browser.get("/guide/fade/history/2").status_code == 404
    page = Page(browser.get("/guide/fade/history/3"))
    assert "/guide/fade/history/1" in page.addresses()
    assert "[put in:] Two." in page.main


def test_the_first_version_is_shown_whole(sign_in: SignIn, editor: Member) -> None:
    main = Page(sign_in(editor).get("/guide/fade/history/1")).main
    assert "The first version" in main
    assert "It is *not* your fault." in main


def test_going_back_makes_a_new_version(
    client: cast.Browser, sign_in: SignIn, editor: Member, moderator: Member
) -> None:
    _save_at(sign_in(editor), 0, body="A mistake.", title="Wrong")
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        answer = cast.form_post(sign_in(moderator), "/guide/fade/history/1/restore")
    assert (answer.status_code, answer.location) == (303, "/guide/fade")
    assert part_row().body == BODY
    assert "It is not your fault." in Page(client.get("/guide/fade")).main
    assert [revision.title for revision in revisions()] == [
        "Why it can fade",
        "Wrong",
        "Why it can fade",
    ]
    assert revisions()[-1].note.startswith("Back to the version of ")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "guide.restore")).one()
    assert (entry.actor_id, entry.details) == (moderator.id, {"restored": 1})


def test_one_s_own_mistake_stays_in_the_history_after_going_back(
    sign_in: SignIn, editor: Member
) -> None:
    browser = sign_in(editor)
    _save_at(browser, 0, body="A mistake.")
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        cast.form_post(browser, "/guide/fade/history/1/restore")
    assert [revision.body for revision in revisions()] == [BODY, "A mistake.", BODY]


def test_the_present_version_cannot_be_gone_back_to(sign_in: SignIn, editor: Member) -> None:
    browser = sign_in(editor)
    assert "/restore" not in browser.get("/guide/fade/history/1").text
    assert cast.form_post(browser, "/guide/fade/history/1/restore").status_code == 403
    assert len(revisions()) == 1


def test_a_version_that_is_not_there_is_unknown(sign_in: SignIn, editor: Member) -> None:
    browser = sign_in(editor)
    assert browser.get("/guide/fade/history/7").status_code == 404
    assert cast.form_post(browser, "/guide/fade/history/7/restore").status_code == 404
    assert browser.get("/guide/nothing/history").status_code == 404


def test_a_long_history_comes_in_numbered_pages_for_the_same_queries(
    sign_in: SignIn, editor: Member, count_queries: Callable[..., object]
) -> None:
    browser = sign_in(editor)
    browser.get("/guide/fade/history")
    with count_queries() as few:  # type: ignore[attr-defined]
        browser.get("/guide/fade/history")
    part = part_row()
    for number in range(REVISIONS_A_PAGE):
        edition = Edition.read({**Edition.of(part).columns(), "body": f"Text {number}."})
        revise(part, edition, editor_id=editor.id, note=f"Note {number}")
    db.session.commit()
    with count_queries() as many:  # type: ignore[attr-defined]
        first = Page(browser.get("/guide/fade/history"))
    assert len(few) == len(many)
    assert "Note 24" in first.main
    assert "First version" not in first.main
    assert "First version" in Page(browser.get("/guide/fade/history?page=2")).main
    assert browser.get("/guide/fade/history?page=3").status_code == 404
