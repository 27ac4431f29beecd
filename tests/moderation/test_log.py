"""The record of what staff did, in words and with filters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from forum.accounts.actions.ranks import give_rank
from forum.accounts.models import Member
from forum.audit.actions import record
from forum.core import clock
from forum.core.viewer import Rank
from forum.extensions import db
from forum.guide.models import GuidePart
from forum.guide.seeding import seed_guide
from forum.moderation.decisions import DecisionKind
from forum.moderation.queries.log import ENTRIES_A_PAGE
from forum.moderation.record import ACTIONS
from forum.threads.models import Post, Thread
from tests import cast
from tests.moderation.desk import REASON, case_of, decided, take_up
from tests.threads.page import Page, words


def _log(browser: cast.Browser, query: str = "") -> Page:
    answer = browser.get(f"/moderation/log{query}")
    assert answer.status_code == 200
    return Page(answer)


def _lines(page: Page) -> list[str]:
    found = [each for each in page.root.iter("ol") if each.get("class") == "log"]
    return [words(line) for each in found for line in each.iter("li")]


def test_an_empty_record_says_what_will_be_there(at_desk: cast.Browser) -> None:
    assert "What moderators do will be here." in _log(at_desk).main


def test_a_decision_is_told_in_words_with_links(
    at_desk: cast.Browser, moderator: Member, reply: Post, caregiver: Member
) -> None:
    made = decided(at_desk, take_up(moderator, reply), "hide")
    page = _log(at_desk)
    newest = _lines(page)[0]
    assert newest.startswith("Beacon just now")
    assert "Hid it: Reply in “Week nine” · case" in newest
    assert REASON in newest
    links = page.addresses(page.within("main"))
    assert f"/posts/{reply.id}" in links
    assert f"/moderation/cases/{made.case_id}" in links
    assert [line.split(":")[0] for line in _lines(page)] == [
        "Beacon just now Hid it",
        "Beacon just now Took the case",
        "Beacon just now Opened a case",
    ]


def test_details_are_told_in_words(
    at_desk: cast.Browser, moderator: Member, thread: Thread, caregiver: Member
) -> None:
    case = take_up(moderator, thread)
    decided(at_desk, case, "move", topic="trials")
    decided(at_desk, case, "narrow", audience="caregivers")
    decided(at_desk, take_up(moderator, caregiver), "suspend", until="2027-01-15")
    lines = " | ".join(_lines(_log(at_desk)))
    assert "Moved it (to the topic trials): “Week nine”" in lines
    assert "Let fewer people read it (Caregivers only): “Week nine”" in lines
    assert "Paused the account (until 16 January 2027): Harbor" in lines


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?actor=Beacon", {"Hid it", "Took the case", "Opened a case"}),
        ("?actor=bEACON", {"Hid it", "Took the case", "Opened a case"}),
        ("?actor=Anchor", {"Closed it to replies", "Took the case", "Opened a case"}),
        ("?actor=Harbor", set()),
        ("?actor=%00%27%22", set()),
        ("?action=case.hide", {"Hid it"}),
        ("?action=case.dance", set()),
        ("?subject_kind=thread", {"Closed it to replies", "Took the case", "Opened a case"}),
        ("?subject_kind=post&action=case.claim", {"Took the case"}),
        ("?subject_kind=nothing", set()),
        ("?actor=Anchor&subject_kind=post", set()),
        ("?actor=Anchor&action=case.lock&subject_kind=thread", {"Closed it to replies"}),
    ],
)
def test_the_record_is_filtered_by_who_what_and_about_what(
    at_desk: cast.Browser,
    second_at_desk: cast.Browser,
    moderator: Member,
    second_moderator: Member,
    reply: Post,
    thread: Thread,
    query: str,
    expected: set[str],
) -> None:
    decided(at_desk, take_up(moderator, reply), "hide")
    decided(second_at_desk, take_up(second_moderator, thread), "lock")
    page = _log(at_desk, query)
    found = {line.split(": ")[0].split("just now ")[1] for line in _lines(page)}
    assert found == expected
    if not expected:
        assert "Nothing in the record fits." in page.main
        assert "/moderation/log" in page.addresses(page.within("main"))


def test_the_filter_stays_chosen(at_desk: cast.Browser) -> None:
    page = _log(at_desk, "?actor=Beacon&action=case.hide&subject_kind=post")
    assert page.within("actor").get("value") == "Beacon"
    chosen = [
        each.get("value")
        for name in ("action", "subject_kind")
        for each in page.within(name).iter("option")
        if each.get("selected") is not None
    ]
    assert chosen == ["case.hide", "post"]


def test_pages_of_the_record_keep_the_filter(
    at_desk: cast.Browser, moderator: Member, reply: Post
) -> None:
    viewer = cast.viewer_of(moderator)
    for _ in range(ENTRIES_A_PAGE + 5):
        record(viewer, "case.hide", subject=("post", reply.id))
    db.session.commit()
    page = _log(at_desk, "?actor=Beacon")
    assert len(_lines(page)) == ENTRIES_A_PAGE
    [following] = {link for link in page.addresses() if "page=2" in link}
    assert "actor=Beacon" in following
    assert len(_lines(Page(at_desk.get(following)))) == 5


def test_what_members_do_with_their_own_accounts_is_theirs(
    at_desk: cast.Browser, patient: Member
) -> None:
    viewer = cast.viewer_of(patient)
    for action in ("password.changed", "address.asked", "username.changed", "password.reset"):
        record(viewer, action, subject=("member", patient.id), reason="Secret.")
    db.session.commit()
    for query in ("", "?action=password.changed", "?actor=Maple", "?subject_kind=member"):
        page = _log(at_desk, query)
        assert _lines(page) == []
        assert "Secret." not in page.html


def test_ranks_and_the_guide_are_in_the_record_too(
    at_desk: cast.Browser, administrator: Member, patient: Member, editor: Member
) -> None:
    seed_guide()
    part = db.session.scalars(select(GuidePart).where(GuidePart.slug == "trials")).one()
    give_rank(cast.viewer_of(administrator), patient, Rank.WELCOMER, reason="She asked for it.")
    give_rank(None, editor, Rank.EDITOR, reason="From the command line.")
    record(cast.viewer_of(editor), "guide.edit", subject=("guide_part", part.id), reason="A typo.")
    db.session.commit()
    page = _log(at_desk)
    lines = " | ".join(_lines(page))
    assert "Keeper just now Gave a rank (welcomer): Maple She asked for it." in lines
    assert "The command line just now Gave a rank (editor): Quill" in lines
    assert f"Quill just now Changed the guide: {part.title} A typo." in lines
    assert "/guide/trials" in page.addresses()


def test_who_has_left_is_named_neither_as_moderator_nor_as_subject(
    at_desk: cast.Browser, second_at_desk: cast.Browser, second_moderator: Member, patient: Member
) -> None:
    decided(second_at_desk, take_up(second_moderator, patient), "warn")
    for member in (second_moderator, patient):
        member.username = member.username_key = f"former_{member.id}"
        member.erased_at = clock.now()
    db.session.commit()
    page = _log(at_desk)
    assert "former_" not in page.html
    assert "Former member just now Sent a warning: Former member" in _lines(page)[0]
    assert "former_" not in open_case_text(at_desk, case_of(patient).id)


def open_case_text(browser: cast.Browser, case_id: int) -> str:
    return str(browser.get(f"/moderation/cases/{case_id}").text)


def test_what_is_gone_from_the_tables_is_still_in_the_record(
    at_desk: cast.Browser, moderator: Member, reply: Post
) -> None:
    decided(at_desk, take_up(moderator, reply), "hide")
    db.session.delete(reply)
    db.session.commit()
    assert "Hid it: Something that is gone" in _lines(_log(at_desk))[0]


def test_the_record_asks_the_database_as_often_for_many_entries_as_for_one(
    at_desk: cast.Browser,
    moderator: Member,
    reply: Post,
    thread: Thread,
    patient: Member,
    count_queries: Callable[..., Any],
) -> None:
    viewer = cast.viewer_of(moderator)
    numbers = []
    for count in (1, 40):
        for number in range(count):
            kinds = (("post", reply.id), ("thread", thread.id), ("member", patient.id))
            record(viewer, "case.warn", subject=kinds[number % 3], reason="Because.")
        db.session.commit()
        at_desk.get("/moderation/log")
        with count_queries() as statements:
            at_desk.get("/moderation/log")
        numbers.append(len(statements))
    assert numbers[0] == numbers[1] <= 5


def test_every_decision_has_its_words_in_the_record() -> None:
    assert {f"case.{kind}" for kind in DecisionKind} <= set(ACTIONS)
