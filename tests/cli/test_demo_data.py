"""The invented community keeps its shape: known people, known topics, true quotes, rising times."""

import re
import tomllib
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest

DEMO = Path(__file__).parents[2] / "forum" / "cli" / "demo"

REPLIES = {
    1: 9, 2: 7, 3: 14, 4: 8, 5: 11, 6: 6, 7: 7, 8: 8, 9: 5, 10: 12,
    11: 10, 12: 13, 13: 7, 14: 6, 15: 2, 16: 5, 17: 3, 18: 9, 19: 11, 20: 8,
    21: 6, 22: 2, 23: 6, 24: 10, 25: 7, 26: 8, 27: 6, 28: 7, 29: 15, 30: 4,
}  # fmt: skip
COVERAGE = {
    "talvey-side-effects",
    "myeloma-outlook",
    "support-groups",
    "carvykti-guide",
    "treatment-advances",
    "carvykti-side-effects",
    "survival-statistics",
    "myeloma-cure",
    "non-secretory-myeloma",
    "elrexfio-guide",
}
COMMUNITY = {"welcome", "after-cart", "about", "after-a-loss", "caregivers"}
GUIDE_PARTS = {
    "start",
    "why-it-fades",
    "upset",
    "second-car-t",
    "bispecifics",
    "combinations",
    "radiation",
    "trials",
    "feelings",
    "questions",
    "second-opinion",
    "future",
    "next-steps",
    "faq",
    "disclaimer",
}
# Every guide part but the disclaimer has a topic of its own.
TOPICS = COVERAGE | COMMUNITY | (GUIDE_PARTS - {"disclaimer"})
RELATIONS = {"patient", "caregiver", "family", "bereaved"}
RANKS = Counter(member=64, moderator=2, welcomer=2, editor=1)
STAFF = {"moderator", "welcomer", "editor"}
NOTES = {"death", "survival", "results", "severe", "intimacy", "faith"}
REASONS = {"worried", "personal", "selling", "advice", "unkind", "spam", "other"}
FEELINGS = {"with_you", "same_here", "helpful"}
DAY_MINUTES = 24 * 60

THREAD_KEYS = {
    "number",
    "topic",
    "title",
    "author",
    "day",
    "time",
    "audience",
    "guide_part",
    "withhold_name",
    "notes",
    "pinned",
    "also_in",
    "body",
    "replies",
    "reports",
}
REPLY_KEYS = {
    "author",
    "minutes_later",
    "withhold_name",
    "notes",
    "reactions",
    "quotes",
    "quoted_text",
    "body",
}

Table = dict[str, Any]


@cache
def members() -> dict[str, Table]:
    found = tomllib.loads((DEMO / "members.toml").read_text("utf-8"))["members"]
    assert len(found) == len({one["username"] for one in found})
    return {one["username"]: one for one in found}


@cache
def threads() -> list[Table]:
    files = sorted((DEMO / "conversations").glob("*.toml"))
    return [tomllib.loads(file.read_text("utf-8")) for file in files]


def posts(thread: Table) -> list[Table]:
    """All posts of a thread; the post with number N is at N - 1."""
    return [thread, *thread["replies"]]


def replies() -> list[Table]:
    return [reply for thread in threads() for reply in thread["replies"]]


def numbered(thread: Table) -> str:
    return f"{thread['number']:02}-{thread['topic']}"


each_thread = pytest.mark.parametrize("thread", threads(), ids=numbered)
each_member = pytest.mark.parametrize("member", members().values(), ids=lambda m: m["username"])


def test_there_are_thirty_conversations_in_order() -> None:
    assert [thread["number"] for thread in threads()] == list(range(1, 31))


def test_the_ranks_are_as_planned() -> None:
    assert Counter(member["rank"] for member in members().values()) == RANKS


def test_everybody_invented_says_something() -> None:
    heard = {post["author"] for thread in threads() for post in posts(thread)}
    assert heard == set(members())


def test_every_coverage_topic_has_a_conversation() -> None:
    assert {thread["topic"] for thread in threads()} >= COVERAGE


@each_member
def test_a_member_is_complete(member: Table) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_]{3,30}", member["username"])
    assert member["relations"]
    assert set(member["relations"]) <= RELATIONS
    assert re.fullmatch(r"[A-Z]{2}", member["country"])
    assert ZoneInfo(member["time_zone"])
    assert len(member["about"]) <= 200


@each_thread
def test_a_thread_belongs_somewhere(thread: Table) -> None:
    assert set(thread) <= THREAD_KEYS
    assert {thread["topic"], *thread["also_in"]} <= TOPICS
    assert thread["guide_part"] in GUIDE_PARTS | {""}
    assert thread["audience"] in {"everyone", "members", "caregivers"}
    assert (thread["audience"] == "caregivers") == (thread["topic"] == "caregivers")
    assert thread["day"] in range(1, 8)
    assert re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", thread["time"])


@each_thread
def test_a_thread_has_the_planned_number_of_replies(thread: Table) -> None:
    assert len(thread["replies"]) == REPLIES[thread["number"]]
    assert all(set(reply) <= REPLY_KEYS for reply in thread["replies"])


@each_thread
def test_every_author_is_a_known_member(thread: Table) -> None:
    named = {post["author"] for post in posts(thread)}
    named |= {report["reporter"] for report in thread.get("reports", [])}
    assert named <= set(members())


@each_thread
def test_a_mentioned_member_has_spoken_under_that_name(thread: Table) -> None:
    open_names = {post["author"] for post in posts(thread) if not post.get("withhold_name")}
    for post in posts(thread):
        assert set(re.findall(r"@(\w+)", post["body"])) <= open_names


def test_only_caregivers_and_staff_write_in_their_room() -> None:
    room = [thread for thread in threads() if thread["topic"] == "caregivers"]
    assert len(room) == 2
    for post in (post for thread in room for post in posts(thread)):
        author = members()[post["author"]]
        assert {"caregiver", "bereaved"} & set(author["relations"]) or author["rank"] in STAFF


@each_thread
def test_replies_follow_one_another_and_end_within_the_week(thread: Table) -> None:
    times = [0, *(reply["minutes_later"] for reply in thread["replies"])]
    assert all(earlier < later for earlier, later in pairwise(times))
    hours, minutes = map(int, thread["time"].split(":"))
    start = (thread["day"] - 1) * DAY_MINUTES + hours * 60 + minutes
    assert start + times[-1] < 7 * DAY_MINUTES


@each_thread
def test_a_quote_is_really_in_the_quoted_post(thread: Table) -> None:
    for number, post in enumerate(posts(thread), start=1):
        assert ("quotes" in post) == ("quoted_text" in post)
        if "quotes" in post:
            assert 1 <= post["quotes"] < number
            assert post["quoted_text"] in posts(thread)[post["quotes"] - 1]["body"]


@each_thread
def test_lengths_fit_the_forms(thread: Table) -> None:
    assert 0 < len(thread["title"]) <= 120
    assert 60 <= len(thread["body"].split()) <= 180
    assert all(0 < len(post["body"]) <= 20_000 for post in posts(thread))


@each_thread
def test_notes_and_reactions_are_known_words(thread: Table) -> None:
    for post in posts(thread):
        assert set(post.get("notes", [])) <= NOTES
        assert set(post.get("reactions", {})) <= FEELINGS
        assert all(0 < count <= 15 for count in post.get("reactions", {}).values())


@each_thread
def test_a_report_comes_after_the_post_it_is_about(thread: Table) -> None:
    times = [0, *(reply["minutes_later"] for reply in thread["replies"])]
    for report in thread.get("reports", []):
        assert report["reason"] in REASONS
        assert report["details"]
        assert report["minutes_later"] > times[report["post"] - 1]


@each_thread
def test_links_lead_to_the_guide_a_topic_or_help(thread: Table) -> None:
    for post in posts(thread):
        for address in re.findall(r"\]\(([^)]*)\)", post["body"]):
            place, _, slug = address.removeprefix("/").partition("/")
            known = {"guide": GUIDE_PARTS, "topics": TOPICS, "help": {""}}
            assert slug in known.get(place, set()), address


def test_the_three_cases_for_moderators_are_reported() -> None:
    first_reasons = {
        thread["number"]: thread["reports"][0]["reason"]
        for thread in threads()
        if thread.get("reports")
    }
    assert {15: "selling", 17: "worried", 22: "personal"}.items() <= first_reasons.items()


def test_the_seller_posted_in_four_topics() -> None:
    seller = threads()[14]
    assert len({seller["topic"], *seller["also_in"]}) == 4


def test_a_moderator_is_the_first_to_answer_a_person_in_danger() -> None:
    first = threads()[16]["replies"][0]
    assert members()[first["author"]]["rank"] == "moderator"
    assert "988" in first["body"]
    assert "911" in first["body"]


def test_phone_numbers_and_web_addresses_are_invented() -> None:
    for thread in threads():
        for post in posts(thread):
            numbers = re.findall(r"\b\d{3}[ -]\d{4}\b", post["body"])
            assert all(re.fullmatch(r"555[ -]01\d\d", number) for number in numbers)
            hosts = re.findall(r"\b[\w-]+\.(?:com|org|net|info|example)\b", post["body"])
            assert all(host.endswith(".example") for host in hosts)


def test_the_usual_reply_is_a_short_paragraph() -> None:
    usual = median(len(reply["body"].split()) for reply in replies())
    print(f"{len(replies())} replies, median {usual} words")  # noqa: T201  # for the one who edits
    assert 40 <= usual <= 75


def test_about_one_caregiver_post_in_six_begins_with_an_apology() -> None:
    openings = [
        post["body"][:40].lower()
        for thread in threads()
        for post in posts(thread)
        if "caregiver" in members()[post["author"]]["relations"]
        and members()[post["author"]]["rank"] == "member"
    ]
    apologies = sum("sorry" in words or "excuse me" in words for words in openings)
    assert 1 / 8 <= apologies / len(openings) <= 1 / 5
