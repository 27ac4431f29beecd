"""How far somebody has read is noted once they have seen it, and helps them on the next visit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from forum.accounts.models import Member
from forum.guide.seeding import seed_guide
from forum.threads.models import Thread
from tests import cast

Open = Callable[..., Tab]
# The script waits until the end of the page was in sight for two seconds.
SEEN_MS = 3_000


@pytest.fixture
def thread(patient: Member) -> Thread:
    thread = cast.make_thread("upset", patient)
    for number in range(2, 8):
        cast.make_post(thread, patient, body=f"Words number {number}.\n\n" * 6)
    return thread


@pytest.fixture
def path(thread: Thread) -> str:
    return f"/threads/{thread.id}-{thread.slug}"


def test_a_page_that_was_seen_to_its_end_is_read_and_what_comes_after_is_new(
    open_page: Open, caregiver: Member, patient: Member, thread: Thread, path: str
) -> None:
    tab = open_page(caregiver)
    _read_to_the_end(tab, path)
    cast.settle()
    for words in ("News from Tuesday.", "And from today."):
        cast.make_post(thread, patient, body=words)
    tab.goto("/threads")
    expect(tab.get_by_text("2 new")).to_be_visible()
    tab.goto(path)
    expect(tab.get_by_role("heading", name="2 new since your last visit")).to_be_visible()
    tab.goto(f"{path}?unread=1")
    assert tab.url.endswith("#post-8")


def test_a_page_whose_end_was_not_seen_is_not_read(
    open_page: Open, caregiver: Member, path: str
) -> None:
    tab = open_page(caregiver)
    told: list[str] = []
    tab.on("request", lambda request: told.append(request.url))
    tab.clock.install()
    tab.goto(path)
    tab.clock.fast_forward(SEEN_MS)
    tab.goto("/threads")
    expect(tab.get_by_text("New", exact=True)).to_be_visible()
    assert [url for url in told if url.endswith("/read")] == []


def test_the_guide_opens_where_a_member_stopped(open_page: Open, caregiver: Member) -> None:
    seed_guide()
    tab = open_page(caregiver)
    tab.clock.install()
    tab.goto("/guide/radiation")
    with tab.expect_response("**/place") as told:
        tab.clock.fast_forward(SEEN_MS)
    assert told.value.status == 204
    tab.goto("/guide")
    tab.get_by_role("link", name="Go on reading").click()
    assert tab.url.endswith("/guide/radiation")


def _read_to_the_end(tab: Tab, path: str) -> None:
    tab.clock.install()
    tab.goto(path)
    tab.locator("#post-7").scroll_into_view_if_needed()
    tab.evaluate("() => new Promise(requestAnimationFrame)")
    with tab.expect_response("**/read") as told:
        tab.clock.fast_forward(SEEN_MS)
    assert told.value.status == 204
