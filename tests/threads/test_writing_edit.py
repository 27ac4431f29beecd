"""Changing a post, and reading what it said before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.core import clock
from forum.extensions import db
from forum.threads.actions.editing import edit_post
from forum.threads.actions.moderating import edit_out
from forum.threads.models import Draft, Post, PostRevision, Thread
from tests import cast
from tests.threads.page import Page

OLD = "My numbers rose in May."


@pytest.fixture
def thread(caregiver: Member) -> Thread:
    return cast.make_thread("after-cart", caregiver)


@pytest.fixture
def post(thread: Thread, patient: Member) -> Post:
    return cast.make_post(thread, patient, body=OLD, notes=frozenset({"results"}))


def edit(client: cast.Browser, post: Post, body: str, **fields: Any) -> Any:
    return cast.form_post(client, f"/posts/{post.id}/edit", {"body": body, **fields})


def revisions(post: Post) -> list[PostRevision]:
    wanted = select(PostRevision).where(PostRevision.post_id == post.id).order_by(PostRevision.id)
    return list(db.session.scalars(wanted))


def test_an_edit_changes_the_text_and_keeps_the_old_one(
    app: Flask, sign_in: Any, thread: Thread, post: Post, patient: Member
) -> None:
    version = thread.version
    answer = edit(sign_in(patient), post, "My numbers rose in **June**.", why="The month")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/threads/{thread.id}-{thread.slug}#post-2"
    db.session.refresh(post)
    assert post.html == "<p>My numbers rose in <strong>June</strong>.</p>\n"
    assert post.edited_at is not None
    assert [(each.body, each.why, each.editor_id) for each in revisions(post)] == [
        (OLD, "The month", patient.id)
    ]
    db.session.refresh(thread)
    assert thread.version > version


def test_the_same_text_is_no_edit(app: Flask, sign_in: Any, post: Post, patient: Member) -> None:
    assert edit(sign_in(patient), post, OLD).status_code == 303
    db.session.refresh(post)
    assert post.edited_at is None
    assert revisions(post) == []


def test_the_form_shows_the_present_text_and_notes(
    app: Flask, sign_in: Any, post: Post, patient: Member
) -> None:
    page = Page(sign_in(patient).get(f"/posts/{post.id}/edit"))
    assert (page.within("body").text or "").strip() == OLD
    checked = [
        each.get("value")
        for each in page.root.iter("input")
        if each.get("name") == "notes" and each.get("checked") is not None
    ]
    assert checked == ["results"]


def test_notes_are_changed_by_the_form_and_left_by_whoever_says_nothing_of_them(
    app: Flask, sign_in: Any, post: Post, patient: Member
) -> None:
    browser = sign_in(patient)
    edit(browser, post, "One.")
    db.session.refresh(post)
    assert post.notes == {"results"}
    edit(browser, post, "One.", seen="", notes=["death", "faith"])
    db.session.refresh(post)
    assert post.notes == {"death", "faith"}
    edit(browser, post, "One.", seen="")
    db.session.refresh(post)
    assert post.notes == set()


def test_the_notes_of_an_opening_are_its_conversations(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member
) -> None:
    opening = cast.first_post(thread)
    edit(sign_in(caregiver), opening, opening.body, seen="", notes=["severe"])
    db.session.refresh(thread)
    assert thread.notes == {"severe"}
    assert revisions(opening) == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"body": ""}, "Please write something first."),
        ({"body": "x" * 20_001}, "This is 1 character too long. The most is 20,000."),
        ({"body": "Fine.", "why": "y" * 301}, "This is 1 character too long. The most is 300."),
    ],
)
def test_what_does_not_fit_comes_back(
    app: Flask, sign_in: Any, post: Post, patient: Member, fields: dict[str, str], sentence: str
) -> None:
    answer = cast.form_post(sign_in(patient), f"/posts/{post.id}/edit", fields)
    assert answer.status_code == 422
    page = Page(answer)
    assert sentence in page.main
    assert (page.within("body").text or "").strip() == fields["body"]
    db.session.refresh(post)
    assert post.body == OLD


def test_an_edit_is_previewed_without_script(
    app: Flask, sign_in: Any, post: Post, patient: Member
) -> None:
    answer = edit(sign_in(patient), post, "A **new** text", preview="1")
    assert answer.status_code == 200
    assert "<strong>new</strong>" in answer.text
    db.session.refresh(post)
    assert post.body == OLD


def seen_on(page: Page) -> str:
    fields = [each for each in page.root.iter("input") if each.get("name") == "seen"]
    return fields[0].get("value") or ""


def test_a_change_made_meanwhile_is_shown_before_it_is_written_over(
    app: Flask, sign_in: Any, post: Post, patient: Member, moderator: Member
) -> None:
    browser = sign_in(patient)
    opened = Page(browser.get(f"/posts/{post.id}/edit"))
    edit_out(cast.viewer_of(moderator), post, "Something was taken out.")
    answer = edit(browser, post, "With the phone number again", seen=seen_on(opened))
    assert answer.status_code == 422
    page = Page(answer)
    assert "Something was taken out." in page.main
    assert (page.within("body").text or "").strip() == "With the phone number again"
    db.session.refresh(post)
    assert post.body == "Something was taken out."
    assert edit(browser, post, "Without it", seen=seen_on(page)).status_code == 303
    db.session.refresh(post)
    assert post.body == "Without it"


def test_an_author_edits_for_ever_and_in_a_closed_conversation(
    app: Flask, sign_in: Any, thread: Thread, post: Post, patient: Member
) -> None:
    thread.locked_at = clock.now()
    with time_machine.travel(clock.now() + timedelta(days=80)):
        assert edit(sign_in(patient), post, "Years later.").status_code == 303


def test_saving_removes_the_draft_of_the_edit(
    app: Flask, sign_in: Any, post: Post, patient: Member
) -> None:
    browser = sign_in(patient)
    cast.form_post(browser, "/drafts", {"place": f"post:{post.id}", "body": "Half a"})
    assert "Half a" in browser.get(f"/posts/{post.id}/edit").text
    edit(browser, post, "Half a sentence more.")
    assert db.session.scalars(select(Draft)).all() == []


def test_a_text_for_a_post_that_was_hidden_meanwhile_is_kept(
    app: Flask, sign_in: Any, post: Post, patient: Member
) -> None:
    post.hidden_at = clock.now()
    answer = edit(sign_in(patient), post, "My long text.")
    assert answer.status_code == 403
    assert "My long text." in answer.text
    assert db.session.get_one(Draft, (patient.id, f"post:{post.id}")).fields["body"] == (
        "My long text."
    )


# Reading what it said before


def history(client: cast.Browser, post: Post) -> Any:
    return client.get(f"/posts/{post.id}/history")


def test_the_comparison_can_be_read(
    app: Flask, sign_in: Any, post: Post, patient: Member, caregiver: Member
) -> None:
    actor = cast.viewer_of(patient)
    edit_post(actor, post, body="My numbers rose in June.", why="The month was wrong")
    edit_post(actor, post, body="My numbers rose in June. <b>Twice</b>.")
    answer = history(sign_in(caregiver), post)
    assert answer.status_code == 200
    assert "<del>May.</del><ins>June.</ins>" in answer.text
    assert "&lt;b&gt;Twice&lt;/b&gt;.</ins>" in answer.text
    assert "The month was wrong" in answer.text
    assert answer.text.index("Twice") < answer.text.index("The month was wrong")


def test_readers_have_a_day_for_each_change_and_moderators_always(
    app: Flask,
    sign_in: Any,
    post: Post,
    patient: Member,
    caregiver: Member,
    moderator: Member,
) -> None:
    actor = cast.viewer_of(patient)
    began = clock.now()
    edit_post(actor, post, body="The second text.")
    with time_machine.travel(began + timedelta(hours=20)):
        edit_post(actor, post, body="The third text.")
        page = history(sign_in(caregiver), post).text
        assert "numbers" in page
        assert "second" in page
    with time_machine.travel(began + timedelta(hours=25)):
        page = history(sign_in(caregiver), post).text
        assert "second" in page
        assert "numbers" not in page
    with time_machine.travel(began + timedelta(hours=45)):
        assert history(sign_in(caregiver), post).status_code == 403
        for member in (patient, moderator):
            page = history(sign_in(member), post).text
            assert "numbers" in page
            assert "second" in page


def test_what_a_moderator_took_out_is_read_by_the_author_and_moderators_alone(
    app: Flask,
    sign_in: Any,
    post: Post,
    patient: Member,
    caregiver: Member,
    moderator: Member,
) -> None:
    author = cast.viewer_of(patient)
    edit_post(author, post, body="Call me: 555 0100.")
    edit_out(cast.viewer_of(moderator), post, "Call me.")
    edit_post(author, post, body="Write to me.")
    for member, reads in ((caregiver, False), (patient, True), (moderator, True)):
        page = history(sign_in(member), post)
        assert page.status_code == 200
        assert ("555 0100" in page.text) is reads
        assert "by a moderator" in page.text
        assert "Write" in page.text


@pytest.mark.parametrize(
    ("who", "state", "status"),
    [
        ("caregiver", {}, 200),
        ("patient", {}, 200),
        ("moderator", {}, 200),
        ("suspended", {}, 403),
        ("caregiver", {"deleted_at": True}, 403),
        ("moderator", {"deleted_at": True}, 403),
        ("patient", {"deleted_at": True}, 403),
        ("caregiver", {"hidden_at": True}, 403),
        ("patient", {"hidden_at": True}, 200),
        ("moderator", {"removed_at": True}, 200),
        ("caregiver", {"removed_at": True}, 403),
    ],
)
def test_who_reads_the_history_in_which_state(
    app: Flask,
    sign_in: Any,
    request: Any,
    post: Post,
    patient: Member,
    who: str,
    state: dict[str, bool],
    status: int,
) -> None:
    member = request.getfixturevalue(who)
    edit_post(cast.viewer_of(patient), post, body="The second text.")
    for column in state:
        setattr(post, column, clock.now())
    assert history(sign_in(member), post).status_code == status


def test_a_post_that_never_changed_says_so_to_its_author(
    app: Flask, sign_in: Any, post: Post, patient: Member, caregiver: Member
) -> None:
    assert "has not been changed" in history(sign_in(patient), post).text
    assert history(sign_in(caregiver), post).status_code == 403
