"""Drafts on the server, and the live preview."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from forum.accounts.models import Block, Member
from forum.core import clock
from forum.extensions import db
from forum.threads.actions.drafts import DraftText, draft_at, save_draft
from forum.threads.models import Draft, Thread
from tests import cast
from tests.threads.page import Page

WHOLE = {
    "title": "Half a title",
    "body": "Half a\r\ntext",
    "audience": "everyone",
    "withhold_name": "y",
    "notes": ["faith", "death", "horror"],
}


@pytest.fixture
def thread(caregiver: Member) -> Thread:
    return cast.make_thread("after-cart", caregiver)


def save(client: cast.Browser, place: str, **fields: Any) -> Any:
    return cast.form_post(client, "/drafts", {"place": place, **fields})


def drafts() -> list[Draft]:
    return list(db.session.scalars(select(Draft)))


def body_of(page: Page) -> str:
    return (page.within("body").text or "").strip()


def test_a_draft_comes_back_on_any_device(app: Flask, sign_in: Any, patient: Member) -> None:
    answer = save(sign_in(patient), "topic:after-cart", **WHOLE)
    assert (answer.status_code, answer.text) == (204, "")
    page = Page(sign_in(patient).get("/topics/after-cart/new"))
    assert body_of(page) == "Half a\ntext"
    assert page.within("title").get("value") == "Half a title"
    checked = {
        (each.get("name"), each.get("value"))
        for each in page.root.iter("input")
        if each.get("checked") is not None
    }
    assert checked == {
        ("audience", "everyone"),
        ("withhold_name", "y"),
        ("notes", "faith"),
        ("notes", "death"),
    }
    assert "Your draft from just now is below" in page.main
    assert "Start afresh" in page.main


def test_a_draft_waits_under_its_conversation_too(
    app: Flask, sign_in: Any, thread: Thread, patient: Member, caregiver: Member
) -> None:
    save(sign_in(patient), f"thread:{thread.id}", body="Half an answer")
    for address in (f"/threads/{thread.id}-{thread.slug}", f"/threads/{thread.id}/reply"):
        page = Page(sign_in(patient).get(address))
        assert body_of(page) == "Half an answer"
        assert "Start afresh" in page.main
        assert body_of(Page(sign_in(caregiver).get(address))) == ""


def test_the_later_text_stays(app: Flask, sign_in: Any, patient: Member) -> None:
    browser = sign_in(patient)
    save(browser, "topic:after-cart", body="One")
    save(browser, "topic:after-cart", body="One two")
    assert [draft.fields["body"] for draft in drafts()] == ["One two"]


def test_an_empty_text_removes_the_draft(app: Flask, sign_in: Any, patient: Member) -> None:
    browser = sign_in(patient)
    save(browser, "topic:after-cart", body="One")
    assert save(browser, "topic:after-cart", body="  ").status_code == 204
    assert drafts() == []


def test_a_title_alone_is_kept(app: Flask, sign_in: Any, patient: Member) -> None:
    save(sign_in(patient), "topic:after-cart", title="Only this", body="")
    assert drafts()[0].fields["title"] == "Only this"


def test_publishing_removes_the_draft(
    app: Flask, sign_in: Any, thread: Thread, patient: Member
) -> None:
    browser = sign_in(patient)
    save(browser, "topic:after-cart", body="One")
    save(browser, f"thread:{thread.id}", body="One")
    cast.form_post(browser, "/topics/after-cart/new", {"title": "T", "body": "One"})
    assert [draft.place for draft in drafts()] == [f"thread:{thread.id}"]
    cast.form_post(browser, f"/threads/{thread.id}/reply", {"body": "One"})
    assert drafts() == []


def test_a_late_save_of_a_published_form_brings_no_draft_back(
    app: Flask, sign_in: Any, thread: Thread, patient: Member
) -> None:
    browser = sign_in(patient)
    fields = {"body": "One", "form_key": "c" * 32}
    cast.form_post(browser, f"/threads/{thread.id}/reply", fields)
    assert save(browser, f"thread:{thread.id}", **fields).status_code == 204
    assert drafts() == []


def test_an_edit_that_changed_nothing_is_no_draft(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member
) -> None:
    opening = cast.first_post(thread)
    browser = sign_in(caregiver)
    save(browser, f"post:{opening.id}", body=opening.body, why="")
    assert drafts() == []
    save(browser, f"post:{opening.id}", body="Other words", why="Because")
    page = Page(browser.get(f"/posts/{opening.id}/edit"))
    assert body_of(page) == "Other words"
    assert page.within("why").get("value") == "Because"


@pytest.mark.parametrize(
    ("place", "form"),
    [
        ("topic:after-cart", "/topics/after-cart/new"),
        ("thread:{id}", "/threads/{id}/reply"),
        ("post:{post}", "/posts/{post}/edit"),
    ],
)
def test_one_may_start_afresh(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member, place: str, form: str
) -> None:
    names = {"id": thread.id, "post": cast.first_post(thread).id}
    place, form = place.format(**names), form.format(**names)
    browser = sign_in(caregiver)
    save(browser, place, body="Half a text")
    answer = cast.form_post(browser, "/drafts/delete", {"place": place})
    assert answer.status_code == 303
    assert answer.headers["Location"] == form
    assert drafts() == []
    assert "Start afresh" not in browser.get(form).text


def test_a_text_too_long_to_publish_is_still_kept(
    app: Flask, sign_in: Any, patient: Member
) -> None:
    browser = sign_in(patient)
    assert save(browser, "topic:after-cart", body="x" * 60_000).status_code == 204
    assert len(body_of(Page(browser.get("/topics/after-cart/new")))) == 60_000
    refused = save(browser, "topic:after-cart", body="x" * 60_001)
    assert refused.status_code == 422
    assert "1 character too long" in refused.text
    assert len(drafts()[0].fields["body"]) == 60_000


@pytest.mark.parametrize(
    "place",
    [
        "",
        "topic:",
        "topic:no-such-topic",
        "topic:caregivers",
        "thread:0",
        "thread:999999",
        "thread:1x",
        "thread:99999999999999999999",
        "post:999999",
        "post:1",
        "letter:1",
        "topic:\x00",
    ],
)
def test_there_are_no_drafts_where_one_could_not_write(
    app: Flask, sign_in: Any, thread: Thread, patient: Member, place: str
) -> None:
    assert save(sign_in(patient), place, body="One").status_code == 404
    assert drafts() == []


def test_a_draft_that_was_begun_goes_on_when_the_thread_is_out_of_sight(
    app: Flask, sign_in: Any, thread: Thread, patient: Member, family: Member
) -> None:
    place = f"thread:{thread.id}"
    save(sign_in(patient), place, body="One")
    thread.audience = "caregivers"
    assert save(sign_in(patient), place, body="One two").status_code == 204
    assert save(sign_in(family), place, body="One").status_code == 404
    assert [draft.fields["body"] for draft in drafts()] == ["One two"]


def test_drafts_are_their_writers_alone(
    app: Flask, sign_in: Any, patient: Member, moderator: Member, client: cast.Browser
) -> None:
    save(sign_in(patient), "topic:after-cart", body="Mine alone")
    assert "Mine alone" not in sign_in(moderator).get("/topics/after-cart/new").text
    assert save(client, "topic:after-cart", body="One").status_code == 401


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        DraftText,
        body=st.text(max_size=300).map(lambda text: text.replace("\x00", "")),
        title=st.text(max_size=50).map(lambda text: text.replace("\x00", "")),
        withhold_name=st.booleans(),
        notes=st.lists(st.sampled_from(["death", "faith"]), unique=True),
    )
)
def test_a_draft_is_kept_as_it_was_typed(app: Flask, patient: Member, text: DraftText) -> None:
    viewer = cast.viewer_of(patient)
    with time_machine.travel(clock.now(), tick=False):
        save_draft(viewer, "topic:after-cart", text)
        db.session.expire_all()
        kept = draft_at(viewer, "topic:after-cart")
        if text.is_empty:
            assert kept is None
        else:
            assert kept is not None
            assert (kept.text, kept.saved_at) == (text, clock.now())


# The preview


def preview(client: cast.Browser, body: str, place: str = "") -> Any:
    return cast.form_post(client, f"/preview?place={place}", {"body": body})


def test_a_preview_is_the_html_that_a_post_would_have(
    app: Flask, sign_in: Any, thread: Thread, patient: Member
) -> None:
    opening = cast.first_post(thread)
    body = f"> [X wrote](/posts/{opening.id}):\n> words\n\n**Yes** @Harbor <script>x</script>"
    browser = sign_in(patient)
    shown = preview(browser, body, f"thread:{thread.id}")
    assert shown.status_code == 200
    assert shown.mimetype == "text/html"
    cast.form_post(browser, f"/threads/{thread.id}/reply", {"body": body})
    assert shown.text == cast.post_number(thread, 2).html


def test_a_preview_for_a_topic_links_members(
    app: Flask, sign_in: Any, patient: Member, caregiver: Member
) -> None:
    assert "/members/Harbor" in preview(sign_in(patient), "@Harbor", "topic:after-cart").text


@pytest.mark.parametrize("place", ["", "nowhere", "thread:99999", "thread:{hidden}"])
def test_a_preview_without_a_place_still_shows_the_text(
    app: Flask, sign_in: Any, patient: Member, caregiver: Member, place: str
) -> None:
    room = cast.make_thread("caregivers", caregiver, audience="caregivers")
    opening = cast.first_post(room)
    body = f"> [X wrote](/posts/{opening.id}):\n> a\n\n*Yes* @Harbor"
    shown = preview(sign_in(patient), body, place.format(hidden=room.id))
    assert shown.status_code == 200
    assert "<em>Yes</em> @Harbor" in shown.text
    assert "/members/" not in shown.text


def test_a_preview_honors_blocks(
    app: Flask, sign_in: Any, thread: Thread, patient: Member, caregiver: Member
) -> None:
    db.session.add(Block(blocker_id=caregiver.id, blocked_id=patient.id, created_at=clock.now()))
    assert "/members/" not in preview(sign_in(patient), "@Harbor", f"thread:{thread.id}").text


def test_a_preview_has_the_limits_of_a_post(app: Flask, sign_in: Any, patient: Member) -> None:
    browser = sign_in(patient)
    assert preview(browser, "x" * 20_000).status_code == 200
    refused = preview(browser, "x" * 20_001)
    assert refused.status_code == 422
    assert "1 character too long" in refused.text
    assert preview(browser, "").text == ""


def test_a_visitor_has_no_preview(client: cast.Browser) -> None:
    assert preview(client, "Hello").status_code == 401


@pytest.mark.parametrize("path", ["/preview", "/drafts"])
def test_sixty_a_minute_for_each_member(
    app: Flask, sign_in: Any, patient: Member, caregiver: Member, rate_limits: None, path: str
) -> None:
    browser = sign_in(patient)
    fields = {"body": "One", "place": "topic:after-cart"}
    with time_machine.travel(clock.now(), tick=False):
        statuses = [cast.form_post(browser, path, fields).status_code for _ in range(61)]
        assert set(statuses[:60]) <= {200, 204}
        assert statuses[60] == 429
        assert cast.form_post(sign_in(caregiver), path, fields).status_code in (200, 204)
