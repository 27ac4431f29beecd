"""The desk: what waits, in which order, and how the pages stay quick."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from forum.accounts.models import Member
from forum.core import clock
from forum.extensions import db
from forum.moderation.models import Case, ReportReason
from forum.moderation.queries.queue import CASES_A_PAGE, CASES_BESIDE
from forum.threads.models import Post, Thread
from tests import cast
from tests.moderation.conftest import SignIn
from tests.moderation.desk import decided, open_page, report, rows, take_up
from tests.threads.page import Page

CountQueries = Callable[..., Any]


def _case(subject: Post, reason: ReportReason, hours: float = 1, **columns: Any) -> Case:
    """A case, straight into the tables."""
    usual = {
        "subject_kind": "post",
        "subject_id": subject.id,
        "thread_id": subject.thread_id,
        "member_id": subject.author_id,
        "reason": reason,
        "urgency": reason.urgency,
        "reports": 1,
        "opened_at": clock.now() - timedelta(hours=hours),
    }
    case = Case(**{**usual, **columns})
    db.session.add(case)
    db.session.commit()
    return case


def _listed(page: Page) -> list[str]:
    """The cases on the desk, by their addresses."""
    return _cases(page.addresses(page.within("main")))


def _beside(page: Page) -> list[str]:
    """The cases in the queue beside one of them."""
    [queue] = [
        each for each in page.root.iter("nav") if each.get("aria-labelledby") == "queue-title"
    ]
    return _cases(page.addresses(queue))


def _cases(links: list[str]) -> list[str]:
    return [link for link in links if link.startswith("/moderation/cases/")]


def test_nothing_waits(at_desk: cast.Browser) -> None:
    page = Page(at_desk.get("/moderation"))
    assert "Nothing waits." in page.main
    assert "0 cases open" in page.main
    assert "everybody was answered" in page.main
    page = Page(at_desk.get("/moderation?state=settled"))
    assert "Settled cases will be here." in page.main


def test_open_cases_stand_by_urgency_and_then_by_age(
    at_desk: cast.Browser, thread: Thread, caregiver: Member
) -> None:
    posts = [cast.make_post(thread, caregiver) for _ in range(5)]
    spam = _case(posts[0], ReportReason.SPAM, hours=50)
    young = _case(posts[1], ReportReason.WORRIED, hours=1)
    old = _case(posts[2], ReportReason.WORRIED, hours=3)
    advice = _case(posts[3], ReportReason.ADVICE, hours=2)
    _case(posts[4], ReportReason.WORRIED, settled_at=clock.now())
    page = Page(at_desk.get("/moderation"))
    expected = [f"/moderation/cases/{case.id}" for case in (old, young, advice, spam)]
    assert _listed(page) == expected
    assert _beside(open_page(at_desk, spam)) == expected


def test_settled_cases_stand_by_themselves_the_newest_first(
    at_desk: cast.Browser, moderator: Member, thread: Thread, reply: Post
) -> None:
    first, second = take_up(moderator, reply), take_up(moderator, thread)
    decided(at_desk, first, "hide")
    decided(at_desk, second, "lock")
    page = Page(at_desk.get("/moderation?state=settled"))
    assert _listed(page) == [f"/moderation/cases/{case.id}" for case in (second, first)]
    assert "settled just now: hide it for now" in page.main
    assert _listed(Page(at_desk.get("/moderation"))) == []


def test_figures_say_how_the_desk_stands(
    at_desk: cast.Browser, second_at_desk: cast.Browser, thread: Thread, caregiver: Member
) -> None:
    posts = [cast.make_post(thread, caregiver) for _ in range(3)]
    _case(posts[0], ReportReason.SPAM, hours=5)
    worried = _case(posts[1], ReportReason.WORRIED, hours=1)
    _case(posts[2], ReportReason.WORRIED, hours=1)
    cast.make_thread("after-cart", caregiver, at=clock.now() - timedelta(hours=9))
    cast.make_thread("after-cart", caregiver, hidden_at=clock.now())
    page = Page(at_desk.get("/moderation"))
    assert "3 cases open" in page.main
    assert "2 people to worry about" in page.main
    assert "2 with nobody yet" in page.main
    assert "1 without a first reply" in page.main
    assert "/threads?view=waiting" in page.addresses(page.within("main"))
    cast.form_post(at_desk, f"/moderation/cases/{worried.id}/claim")
    assert "1 with nobody yet" in Page(second_at_desk.get("/moderation")).main


def test_each_row_says_what_it_is_about(
    at_desk: cast.Browser,
    reader: cast.Browser,
    author: cast.Browser,
    reply: Post,
    thread: Thread,
    caregiver: Member,
) -> None:
    report(reader, reply, "personal")
    report(author, thread, "spam")
    report(author, cast.first_post(thread), "unkind")
    report(reader, caregiver, "other")
    main = Page(at_desk.get("/moderation")).main
    assert "It shows personal information Reply in “Week nine”, by Harbor 1 report" in main
    assert "Spam “Week nine”, by Maple 1 report" in main
    assert "It is unkind Opening in “Week nine”, by Maple" in main
    assert "Something else About Harbor" in main


@pytest.mark.parametrize("number", ["0", "3", "x", "-1", "99999999999"])
def test_a_page_that_is_not_there_is_not_found(at_desk: cast.Browser, number: str) -> None:
    assert at_desk.get(f"/moderation?page={number}").status_code == 404
    assert at_desk.get(f"/moderation/log?page={number}").status_code == 404


@pytest.mark.parametrize(
    "who", ["patient", "caregiver", "welcomer", "editor", "suspended", "blocked"]
)
def test_nobody_but_moderators_sees_the_desk(
    request: pytest.FixtureRequest, sign_in: SignIn, reply: Post, moderator: Member, who: str
) -> None:
    case = take_up(moderator, reply)
    browser = sign_in(request.getfixturevalue(who))
    for address in (
        "/moderation",
        "/moderation/log",
        f"/moderation/cases/{case.id}",
        "/moderation/cases/999",
        f"/moderation/open/post/{reply.id}",
    ):
        answer = browser.get(address)
        assert answer.status_code == 403
        assert "Week nine" not in answer.text


def test_pages_of_the_desk_are_for_nobody_to_find_or_keep(
    at_desk: cast.Browser, moderator: Member, reply: Post
) -> None:
    case = take_up(moderator, reply)
    for address in ("/moderation", "/moderation/log", f"/moderation/cases/{case.id}"):
        headers = at_desk.get(address).headers
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_moderators_find_the_desk_from_a_post_a_conversation_and_a_profile(
    at_desk: cast.Browser, author: cast.Browser, thread: Thread, reply: Post, caregiver: Member
) -> None:
    conversation = f"/threads/{thread.id}-{thread.slug}"
    ways = {
        conversation: {
            f"/moderation/open/post/{reply.id}",
            f"/moderation/open/thread/{thread.id}",
            "/moderation",
        },
        "/members/Harbor": {"/moderation/open/member/Harbor"},
    }
    for address, expected in ways.items():
        assert expected <= set(Page(at_desk.get(address)).addresses())
        links = Page(author.get(address)).addresses()
        assert not any(link.startswith("/moderation") for link in links)


def _fill(thread: Thread, authors: list[Member], count: int) -> None:
    reasons = list(ReportReason)
    for number in range(count):
        post = cast.make_post(thread, authors[number % 3], withheld=number % 4 == 0)
        _case(post, reasons[number % len(reasons)], hours=number)


def test_the_desk_asks_the_database_as_often_for_one_case_as_for_forty(
    at_desk: cast.Browser,
    thread: Thread,
    caregiver: Member,
    family: Member,
    bereaved: Member,
    count_queries: CountQueries,
) -> None:
    authors = [caregiver, family, bereaved]
    _fill(thread, authors, 1)
    one = _statements(at_desk, count_queries, "/moderation")
    _fill(thread, authors, 39)
    forty = _statements(at_desk, count_queries, "/moderation")
    assert len(one) == len(forty) <= 7
    assert len(_listed(Page(at_desk.get("/moderation")))) == CASES_A_PAGE
    assert len(_listed(Page(at_desk.get("/moderation?page=2")))) == 40 - CASES_A_PAGE


def test_a_case_asks_the_database_as_often_among_forty_with_all_that_happened(
    at_desk: cast.Browser,
    reader: cast.Browser,
    sign_in: SignIn,
    thread: Thread,
    reply: Post,
    caregiver: Member,
    family: Member,
    bereaved: Member,
    count_queries: CountQueries,
) -> None:
    case = report(reader, reply, "unkind")
    address = f"/moderation/cases/{case.id}"
    one = _statements(at_desk, count_queries, address)
    _fill(thread, [caregiver, family, bereaved], 40)
    for number in range(6):
        other = cast.make_member(f"Reporter_{number}")
        report(sign_in(other), reply, "spam", f"Words {number}")
        cast.form_post(at_desk, address, {"note": f"Note {number}"})
        cast.form_post(at_desk, f"{address}/{'release' if number % 2 else 'claim'}")
    many = _statements(at_desk, count_queries, address)
    assert len(one) == len(many) <= 19
    assert len(rows(Case)) == 41
    assert len(_beside(Page(at_desk.get(address)))) == CASES_BESIDE


def _statements(browser: cast.Browser, count_queries: CountQueries, address: str) -> list[str]:
    browser.get(address)
    with count_queries() as statements:
        assert browser.get(address).status_code == 200
    return list(statements)
