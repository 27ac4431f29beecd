"""Moments and pages as people read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine

from forum.core import moments
from forum.core.pages import last_page, page_number
from forum.core.verdicts import Unknown

NOW = datetime(2026, 11, 20, 3, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def three_at_night() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(
    ("moment", "zone", "words"),
    [
        (datetime(2026, 11, 20, 3, 29, 30, tzinfo=UTC), "UTC", "just now"),
        (datetime(2026, 11, 20, 3, 31, tzinfo=UTC), "UTC", "just now"),
        (datetime(2026, 11, 20, 3, 29, tzinfo=UTC), "UTC", "1 minute ago"),
        (datetime(2026, 11, 20, 2, 30, tzinfo=UTC), "UTC", "1 hour ago"),
        (datetime(2026, 11, 19, 23, 30, tzinfo=UTC), "UTC", "4 hours ago"),
        (datetime(2026, 11, 19, 12, 0, tzinfo=UTC), "UTC", "yesterday"),
        (datetime(2026, 11, 19, 12, 0, tzinfo=UTC), "America/New_York", "15 hours ago"),
        (datetime(2026, 11, 17, 12, 0, tzinfo=UTC), "UTC", "3 days ago"),
        (datetime(2026, 10, 2, 12, 0, tzinfo=UTC), "UTC", "2 October"),
        (datetime(2025, 10, 2, 12, 0, tzinfo=UTC), "UTC", "2 October 2025"),
    ],
)
def test_how_long_ago_in_the_reader_s_words(moment: datetime, zone: str, words: str) -> None:
    assert moments.ago(moment, zone) == words


def test_a_day_is_the_reader_s_day() -> None:
    moment = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
    assert moments.day(moment, "America/New_York") == "19 November"
    assert moments.day(moment, "Asia/Tokyo") == "20 November"
    assert moments.day(date(2026, 1, 2)) == "2 January"


def test_the_hour_that_comes_twice_is_no_trouble() -> None:
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert moments.full(first, "America/New_York") == "1 November 2026, 01:30"


def test_a_zone_nobody_knows_any_more_is_utc() -> None:
    assert moments.full(NOW, "Mars/Olympus") == "20 November 2026, 03:30"
    assert moments.month(NOW, "../../etc/passwd") == "November 2026"


@pytest.mark.parametrize(
    ("total", "size", "last"), [(0, 20, 1), (1, 20, 1), (20, 20, 1), (21, 20, 2), (2000, 20, 100)]
)
def test_the_last_page(total: int, size: int, last: int) -> None:
    assert last_page(total, size) == last


@pytest.mark.parametrize(("given", "number"), [(None, 1), ("1", 1), ("3", 3)])
def test_a_page_that_is_there(given: str | None, number: int) -> None:
    assert page_number(given, 3) == number


@pytest.mark.parametrize("given", ["0", "4", "-1", "x", "", "1.5", "١", "9" * 400, "1 ", "+1"])
def test_a_page_that_is_not_there_is_unknown(given: str) -> None:
    with pytest.raises(Unknown):
        page_number(given, 3)
