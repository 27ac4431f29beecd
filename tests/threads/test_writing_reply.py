"""Answering in a conversation."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.core import clock
from forum.extensions import db
from forum.threads.models import Draft, Post, Thread, ThreadRead
from forum.threads.reads import record_read
from tests import cast
from tests.threads.page import Page

KEY = "b" * 32


@pytest.fixture
def thread(patient: Member) -> Thread:
    return cast.make_thread("after-cart", patient)


def answer(client: cast.Browser, thread: Thread, body: str = "With you.", **fields: Any) -> Any:
    return cast.form_post(client, f"/threads/{thread.id}/reply", {"body": body, **fields})


def posts(thread: Thread) -> list[Post]:
    wanted = select(Post).where(Post.thread_id == thread.id).order_by(Post.number)
    return list(db.session.scalars(wanted))


def test_a_reply_is_the_next_post_and_the_page_leads_to_it(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member
) -> None:
    browser = sign_in(caregiver)
    sent = answer(browser, thread, "I *know* that wait.", notes=["results"])
    reply = posts(thread)[1]
    assert sent.status_code == 303
    assert sent.headers["Location"] == f"/threads/{thread.id}-{thread.slug}#post-2"
    assert (reply.number, reply.author_id, reply.notes) == (2, caregiver.id, {"results"})
    assert reply.html == "<p>I <em>know</em> that wait.</p>\n"
    db.session.refresh(thread)
    assert (thread.last_number, thread.replies, thread.waiting) == (2, 1, False)
    assert thread.last_post_at == reply.created_at
    assert thread.version == 2


def test_a_conversation_waits_until_somebody_else_answers(
    app: Flask, sign_in: Any, thread: Thread, patient: Member, caregiver: Member
) -> None:
    answer(sign_in(patient), thread)
    db.session.refresh(thread)
    assert thread.waiting
    answer(sign_in(caregiver), thread)
    db.session.refresh(thread)
    assert not thread.waiting


def test_the_twenty_first_post_stands_on_the_second_page(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member
) -> None:
    for _ in range(19):
        cast.make_post(thread, caregiver)
    sent = answer(sign_in(caregiver), thread)
    assert sent.headers["Location"] == f"/threads/{thread.id}-{thread.slug}?page=2#post-21"


def test_a_form_sent_again_leads_to_the_reply_it_made(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member
) -> None:
    browser = sign_in(caregiver)
    first, again = (answer(browser, thread, form_key=KEY) for _ in range(2))
    assert again.status_code == 303
    assert again.headers["Location"] == first.headers["Location"]
    assert len(posts(thread)) == 2


def test_a_second_text_in_a_used_form_is_not_lost(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member
) -> None:
    browser = sign_in(caregiver)
    answer(browser, thread, "The first.", form_key=KEY)
    back = answer(browser, thread, "The second.", form_key=KEY)
    assert back.status_code == 422
    assert len(posts(thread)) == 2
    page = Page(back)
    assert "This form was posted already" in page.main
    assert (page.within("body").text or "").strip() == "The second."
    keys = [each for each in page.root.iter("input") if each.get("name") == "form_key"]
    fresh_key = keys[0].get("value")
    assert fresh_key not in (None, "", KEY)
    assert answer(browser, thread, "The second.", form_key=fresh_key).status_code == 303
    assert [post.body for post in posts(thread)][1:] == ["The first.", "The second."]


@pytest.mark.parametrize("key", ["\x00" * 5, "", "é" * 32])
def test_odd_keys_do_no_harm(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member, key: str
) -> None:
    assert answer(sign_in(caregiver), thread, form_key=key).status_code == 303


def test_a_text_of_one_character_and_a_nul_is_kept_without_the_nul(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member
) -> None:
    assert answer(sign_in(caregiver), thread, "o\x00").status_code == 303
    assert posts(thread)[1].body == "o"


@pytest.mark.parametrize(
    ("state", "status", "sentence"),
    [
        ({"locked_at": True}, 403, "This conversation is closed to new replies."),
        ({"removed_at": True}, 404, "Nothing you typed is lost."),
        ({"hidden_at": True}, 404, "Nothing you typed is lost."),
        ({"audience": "caregivers"}, 404, "Nothing you typed is lost."),
    ],
)
def test_a_text_for_a_thread_that_changed_meanwhile_is_kept(
    app: Flask,
    sign_in: Any,
    thread: Thread,
    family: Member,
    state: dict[str, Any],
    status: int,
    sentence: str,
) -> None:
    browser = sign_in(family)
    assert browser.get(f"/threads/{thread.id}/reply").status_code == 200
    cast.form_post(browser, "/drafts", {"place": f"thread:{thread.id}", "body": "A long"})
    for column, value in state.items():
        setattr(thread, column, clock.now() if value is True else value)
    refused = answer(browser, thread, "A long and tired text.", withhold_name="y")
    assert refused.status_code == status
    assert sentence in refused.text
    assert "A long and tired text." in refused.text
    assert len(posts(thread)) == 1
    assert db.session.get(Draft, (family.id, f"thread:{thread.id}")) is not None


def test_what_a_closed_thread_refuses_becomes_the_draft(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member
) -> None:
    thread.locked_at = clock.now()
    answer(sign_in(caregiver), thread, "Too late.")
    draft = db.session.get_one(Draft, (caregiver.id, f"thread:{thread.id}"))
    assert draft.fields["body"] == "Too late."


def test_a_moved_thread_takes_replies_at_its_new_place(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member
) -> None:
    thread.topic_id = cast.topic("welcome").id
    assert answer(sign_in(caregiver), thread).status_code == 303


def test_the_reply_form_has_a_page_of_its_own(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member
) -> None:
    page = Page(sign_in(caregiver).get(f"/threads/{thread.id}/reply"))
    assert thread.title in page.main
    assert page.has("body")


@pytest.mark.parametrize("place", ["/threads/{id}/reply", "/threads/{id}-{slug}"])
def test_a_quote_is_put_into_the_form_without_script(
    app: Flask, sign_in: Any, thread: Thread, patient: Member, caregiver: Member, place: str
) -> None:
    body = "> [Harbor wrote](/posts/9):\n> older words\n\nFirst line.\n\nSecond *line*."
    post = cast.make_post(thread, patient, body=body)
    address = place.format(id=thread.id, slug=thread.slug)
    page = Page(sign_in(caregiver).get(f"{address}?quote={post.id}"))
    assert (page.within("body").text or "").strip() == (
        f"> [Maple wrote](/posts/{post.id}):\n> First line.\n>\n> Second *line*."
    )


def test_a_long_post_is_quoted_by_its_beginning(
    app: Flask, sign_in: Any, thread: Thread, patient: Member, caregiver: Member
) -> None:
    post = cast.make_post(thread, patient, body="word " * 3000)
    page = Page(sign_in(caregiver).get(f"/threads/{thread.id}/reply?quote={post.id}"))
    quote = (page.within("body").text or "").strip()
    assert len(quote) < 700
    assert quote.endswith("word …")


def test_a_quote_is_added_to_a_draft_once(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member
) -> None:
    browser = sign_in(caregiver)
    post = cast.first_post(thread)
    quote = f"> [Maple wrote](/posts/{post.id}):\n> {post.body}"
    for expected in (f"Mine.\n\n{quote}", f"Mine.\n\n{quote}"):
        cast.form_post(
            browser, "/drafts", {"place": f"thread:{thread.id}", "body": expected.split("\n")[0]}
        )
        page = Page(browser.get(f"/threads/{thread.id}/reply?quote={post.id}"))
        assert (page.within("body").text or "").strip() == expected
    cast.form_post(browser, "/drafts", {"place": f"thread:{thread.id}", "body": expected})
    page = Page(browser.get(f"/threads/{thread.id}/reply?quote={post.id}"))
    assert (page.within("body").text or "").strip() == expected


@pytest.mark.parametrize("gone", ["deleted_at", "hidden_at", "removed_at", "elsewhere"])
def test_a_post_that_cannot_be_read_here_is_not_quoted(
    app: Flask, sign_in: Any, thread: Thread, patient: Member, caregiver: Member, gone: str
) -> None:
    if gone == "elsewhere":
        other = cast.make_thread("welcome", patient)
        post = cast.first_post(other)
    else:
        post = cast.make_post(thread, patient, **{gone: clock.now()})
    page = Page(sign_in(caregiver).get(f"/threads/{thread.id}/reply?quote={post.id}"))
    assert (page.within("body").text or "").strip() == ""


def test_the_preview_button_shows_the_reply_and_keeps_it(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member
) -> None:
    browser = sign_in(caregiver)
    shown = answer(browser, thread, "Hello @Maple", preview="1")
    assert shown.status_code == 200
    assert 'href="/members/Maple"' in shown.text
    assert len(posts(thread)) == 1
    assert "Hello @Maple" in browser.get(f"/threads/{thread.id}/reply").text


def test_ones_own_reply_is_not_new_to_oneself(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member
) -> None:
    record_read(caregiver.id, thread.id, 1)
    answer(sign_in(caregiver), thread)
    assert db.session.get_one(ThreadRead, (caregiver.id, thread.id)).last_number == 2


def test_a_reply_does_not_skip_what_others_wrote_before_it(
    app: Flask, sign_in: Any, thread: Thread, patient: Member, caregiver: Member
) -> None:
    record_read(caregiver.id, thread.id, 1)
    cast.make_post(thread, patient)
    answer(sign_in(caregiver), thread)
    assert db.session.get_one(ThreadRead, (caregiver.id, thread.id)).last_number == 1


def test_replying_takes_as_many_queries_in_a_long_thread(
    app: Flask, sign_in: Any, thread: Thread, caregiver: Member, count_queries: Any
) -> None:
    browser = sign_in(caregiver)
    with count_queries() as short:
        answer(browser, thread)
    for _ in range(50):
        cast.make_post(thread, caregiver)
    with count_queries() as long:
        answer(browser, thread)
    assert len(long) == len(short) <= 20
    assert db.session.scalar(select(func.count()).select_from(Post)) == 53
