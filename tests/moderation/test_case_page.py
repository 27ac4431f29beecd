"""The page of one case: the words, what stands around them, and what happened before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forum.accounts.models import Member
from forum.core import clock
from forum.extensions import db
from forum.threads.actions.deleting import KEPT_AFTER_DELETION
from forum.threads.jobs import forget_deleted
from forum.threads.models import Post, Thread
from tests import cast
from tests.moderation.conftest import SignIn
from tests.moderation.desk import (
    case_of,
    decided,
    hidden_fields,
    offered,
    open_page,
    report,
    take_up,
)
from tests.threads.page import Page, words

GONE = "Its author deleted it. Nobody can read the words any more."


def _delete(browser: cast.Browser, post: Post) -> None:
    assert cast.form_post(browser, f"/posts/{post.id}/delete").status_code == 303


def test_reports_stand_with_their_words_and_who_sent_them(
    at_desk: cast.Browser, reader: cast.Browser, sign_in: SignIn, family: Member, reply: Post
) -> None:
    report(reader, reply, "personal", "It names a nurse.\n<script>alert(1)</script>")
    page = open_page(at_desk, report(sign_in(family), reply, "worried"))
    listed = words(page.within("reports"))
    assert "It shows personal information" in listed
    assert "It names a nurse." in listed
    assert "<script>alert(1)</script>" in listed
    assert "<script>alert" not in page.html
    assert "Maple" in listed
    assert "Lantern" in listed
    assert "A person first" in page.main


def test_the_words_and_what_stands_around_them_are_folded(
    at_desk: cast.Browser, moderator: Member, thread: Thread, reply: Post, family: Member
) -> None:
    after = cast.make_post(thread, family, body="I agree with her.")
    page = open_page(at_desk, take_up(moderator, reply))
    folds = list(page.within("subject").iter("details"))
    assert [fold.get("open") for fold in folds] == [None, None]
    assert "May be upsetting to read." in page.main
    first, around = map(words, folds)
    assert "Ask for nurse Marigold." in first
    assert "Fevers again." in around
    assert "I agree with her." in around
    assert "Marigold" not in around
    assert f"/posts/{reply.id}" in page.addresses(page.within("subject"))
    assert f"/posts/{after.id}" in page.addresses(page.within("subject"))


def test_only_the_nearest_posts_stand_around_it(
    at_desk: cast.Browser, moderator: Member, thread: Thread, caregiver: Member
) -> None:
    posts = [cast.make_post(thread, caregiver, body=f"Number {n}.") for n in range(2, 9)]
    around = words(open_page(at_desk, take_up(moderator, posts[3])).within("subject"))
    for number, there in ((2, False), (3, True), (4, True), (5, True), (7, True), (8, False)):
        assert (f"Number {number}." in around) is there


def test_a_hidden_post_and_its_neighbors_are_read_at_the_desk(
    at_desk: cast.Browser, moderator: Member, thread: Thread, reply: Post, family: Member
) -> None:
    taken_down = cast.make_post(thread, family, body="Bottles!", removed_at=clock.now())
    reply.hidden_at = clock.now()
    page = open_page(at_desk, take_up(moderator, reply))
    assert "Marigold" in page.main
    assert "Hidden by moderators" in page.main
    assert "Bottles!" in page.main
    assert "Taken down" in open_page(at_desk, take_up(moderator, taken_down)).main


def test_a_member_is_shown_with_what_they_wrote_about_themselves(
    at_desk: cast.Browser, moderator: Member, caregiver: Member, reply: Post
) -> None:
    caregiver.about, caregiver.about_html = "I sell.", "<p>I sell.</p>"
    page = open_page(at_desk, take_up(moderator, caregiver))
    assert "I sell." in words(page.within("subject"))
    assert "/members/Harbor" in page.addresses(page.within("author"))
    assert f"/posts/{reply.id}" in page.addresses(page.within("author"))
    assert offered(page) == ["no_action", "warn", "suspend"]


def test_the_history_of_the_subject_is_told_in_order(
    at_desk: cast.Browser, second_at_desk: cast.Browser, reader: cast.Browser, reply: Post
) -> None:
    case = report(reader, reply, "unkind")
    cast.form_post(at_desk, f"/moderation/cases/{case.id}/claim")
    decided(at_desk, case, "hide")
    decided(second_at_desk, case, "restore")
    history = words(open_page(at_desk, case).within("history"))
    places = [history.index(each) for each in ("Took the case", "Hid it", "Brought it back")]
    assert places == sorted(places)
    assert "Anchor" in history


def test_the_history_of_the_author_leads_to_other_cases(
    at_desk: cast.Browser,
    moderator: Member,
    reader: cast.Browser,
    thread: Thread,
    reply: Post,
    caregiver: Member,
) -> None:
    warned = decided(at_desk, take_up(moderator, caregiver), "warn")
    waiting = report(reader, cast.make_post(thread, caregiver), "spam")
    page = open_page(at_desk, take_up(moderator, reply))
    about = words(page.within("author"))
    assert "send a warning" in about
    assert warned.reason in about
    assert "Spam: open" in about
    links = page.addresses(page.within("author"))
    assert f"/moderation/cases/{waiting.id}" in links
    assert "/moderation/open/member/Harbor" in links


def test_an_edit_after_the_report_can_be_compared(
    at_desk: cast.Browser, reader: cast.Browser, author: cast.Browser, reply: Post
) -> None:
    case = report(reader, reply, "personal")
    assert "What it said before" not in open_page(at_desk, case).main
    cast.form_post(author, f"/posts/{reply.id}/edit", {"body": "Ask for the nurse."})
    page = open_page(at_desk, case)
    assert f"/posts/{reply.id}/history" in page.addresses()
    assert "Marigold" in at_desk.get(f"/posts/{reply.id}/history").text


def test_the_form_works_without_script_and_says_what_belongs_where(
    at_desk: cast.Browser, moderator: Member, thread: Thread
) -> None:
    opening = cast.first_post(thread)
    page = open_page(at_desk, take_up(moderator, opening))
    for field, hint in (
        ("until", "For “Pause the account”."),
        ("topic", "For “Move it to another topic”."),
        ("audience", "For “Let fewer people read it”."),
        ("body", "For “Take words out”."),
    ):
        field_hint = words(page.within(f"{field}-hint"))
        assert field_hint.startswith(hint)
    assert words(page.within("body")) == "Fevers again."
    assert set(hidden_fields(page)) >= {"csrf_token", "version", "seen"}


def test_fields_of_what_is_not_offered_are_not_there(
    at_desk: cast.Browser, moderator: Member, caregiver: Member
) -> None:
    page = open_page(at_desk, take_up(moderator, caregiver))
    assert page.has("until")
    for field in ("topic", "audience", "body"):
        assert not page.has(field)


# What its author deleted between the report and the decision.


def test_words_that_were_reported_first_are_kept_for_the_open_case(
    at_desk: cast.Browser, reader: cast.Browser, author: cast.Browser, reply: Post
) -> None:
    case = report(reader, reply, "worried")
    _delete(author, reply)
    page = open_page(at_desk, case)
    assert "Ask for nurse Marigold." in words(page.within("subject"))
    assert "Its author deleted it" in page.main
    assert "Marigold" not in at_desk.get(f"/posts/{reply.id}", follow_redirects=True).text
    assert "edit_out" not in offered(page)
    decided(at_desk, case, "warn")
    page = open_page(at_desk, case)
    assert GONE in page.main
    assert "Marigold" not in page.html


def test_words_that_were_deleted_first_are_shown_to_nobody(
    at_desk: cast.Browser, moderator: Member, author: cast.Browser, reply: Post
) -> None:
    _delete(author, reply)
    page = open_page(at_desk, take_up(moderator, reply))
    assert GONE in page.main
    assert "Marigold" not in page.html
    around = open_page(at_desk, take_up(moderator, cast.post_number(_thread_of(reply), 1)))
    assert "Marigold" not in around.html


def test_words_that_were_forgotten_are_gone_for_the_case_too(
    at_desk: cast.Browser, reader: cast.Browser, author: cast.Browser, reply: Post
) -> None:
    case = report(reader, reply, "worried")
    _delete(author, reply)
    db.session.expire_all()
    for moment in ("deleted_at", "created_at"):
        setattr(reply, moment, clock.now() - KEPT_AFTER_DELETION - timedelta(days=1))
    case.opened_at = reply.deleted_at - timedelta(hours=1)
    db.session.commit()
    forget_deleted(reply.id)
    db.session.commit()
    assert GONE in open_page(at_desk, case).main


def test_a_conversation_that_went_with_its_only_post_can_still_be_judged(
    at_desk: cast.Browser, author: cast.Browser, reader: cast.Browser, thread: Thread
) -> None:
    case = report(author, thread, "selling")
    _delete(reader, cast.first_post(thread))
    page = open_page(at_desk, case)
    assert "Fevers again." in words(page.within("subject"))
    assert "Deleted by its author" in page.main
    assert "Taken down" not in words(page.within("subject"))
    assert not {"restore", "lock", "hide"} & set(offered(page))
    decided(at_desk, case, "remove")
    answer = cast.form_post(reader, f"/posts/{cast.first_post(thread).id}/restore")
    assert answer.status_code in (403, 404)
    assert "restore" in offered(open_page(at_desk, case))


def test_taking_down_what_was_just_deleted_keeps_its_author_from_bringing_it_back(
    at_desk: cast.Browser, reader: cast.Browser, author: cast.Browser, reply: Post
) -> None:
    case = report(reader, reply, "selling")
    _delete(author, reply)
    decided(at_desk, case, "remove")
    answer = cast.form_post(author, f"/posts/{reply.id}/restore")
    assert answer.status_code == 403
    assert "taken this post down" in answer.text or "taken down" in answer.text


@pytest.mark.parametrize("decision", ["hide", "edit_out", "restore"])
def test_what_does_not_fit_what_was_deleted_is_refused(
    at_desk: cast.Browser, reader: cast.Browser, author: cast.Browser, reply: Post, decision: str
) -> None:
    case = report(reader, reply, "selling")
    _delete(author, reply)
    sent = {"decision": decision, "reason": "Because.", "body": "Less."}
    answer = cast.form_post(at_desk, f"/moderation/cases/{case.id}", sent)
    assert answer.status_code == 422
    assert "This does not fit any more." in Page(answer).main
    assert case_of(reply).settled_at is None


def _thread_of(post: Post) -> Thread:
    return db.session.get_one(Thread, post.thread_id)
