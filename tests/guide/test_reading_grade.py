"""The words of the guide and the topics: short, plain, dated, sourced, linked to real pages."""

import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.reading_grade import grade, syllables, word_count

FORUM = Path(__file__).parents[2] / "forum"
GUIDE_FILES = sorted((FORUM / "guide" / "content").glob("*.md"))
TOPIC_FILES = sorted((FORUM / "topics" / "content").glob("*.md"))

HIGHEST_GRADE = 8.0
GUIDE_WORDS = range(150, 451)
COVERAGE_WORDS = range(80, 201)

GUIDE_SLUGS = [
    *("start", "why-it-fades", "upset", "second-car-t", "bispecifics", "combinations"),
    *("radiation", "trials", "feelings", "questions", "second-opinion", "future"),
    *("next-steps", "faq", "disclaimer"),
]
COVERAGE_SLUGS = [
    *("talvey-side-effects", "myeloma-outlook", "support-groups", "carvykti-guide"),
    *("treatment-advances", "carvykti-side-effects", "survival-statistics", "myeloma-cure"),
    *("non-secretory-myeloma", "elrexfio-guide"),
]
COMMUNITY_SLUGS = ["welcome", "after-cart", "about", "after-a-loss", "caregivers"]
NOTES = {"death", "survival", "results", "severe", "intimacy", "faith"}

GUIDE_KEYS = {
    "slug": str,
    "position": int,
    "title": str,
    "short_title": str,
    "summary": str,
    "checked_on": date,
    "sources_until": str,
    "sources": list,
    "unconfirmed": list,
    "questions": list,
    "notes": list,
}
TOPIC_KEYS = {"slug": str, "kind": str, "title": str, "notes": list}
COVERAGE_KEYS = {"checked_on": date, "sources_until": str, "sources": list, "unconfirmed": list}

KNOWN_ADDRESSES = (
    {"/help", "/join", "/threads", "/topics", "/guide"}
    | {f"/guide/{slug}" for slug in GUIDE_SLUGS}
    | {f"/topics/{slug}" for slug in [*GUIDE_SLUGS[:-1], *COVERAGE_SLUGS, *COMMUNITY_SLUGS]}
)
SITE_LINK = re.compile(r"\]\((/[^)\s]*)\)")
FIRST_PERSON = re.compile(r"(?<![\w'])I(?![\w.])")


def _read(path: Path) -> tuple[dict[str, Any], str]:
    before, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    assert before == "", f"{path.name} does not open with its front matter"
    return tomllib.loads(front), body


def _stem(path: Path) -> str:
    return path.stem


every_part = pytest.mark.parametrize("path", GUIDE_FILES, ids=_stem)
every_topic = pytest.mark.parametrize("path", TOPIC_FILES, ids=_stem)
every_text = pytest.mark.parametrize(
    "path", GUIDE_FILES + TOPIC_FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}"
)


def test_the_guide_has_its_fifteen_parts_in_order() -> None:
    parts = sorted((_read(path)[0] for path in GUIDE_FILES), key=lambda part: part["position"])
    assert [part["slug"] for part in parts] == GUIDE_SLUGS
    assert [part["position"] for part in parts] == list(range(1, 16))


@every_part
def test_a_part_says_what_it_is_and_where_it_comes_from(path: Path) -> None:
    front, _ = _read(path)
    assert {key: type(value) for key, value in front.items()} == GUIDE_KEYS
    assert front["slug"] == path.stem
    assert len(front["title"]) <= 70
    assert len(front["short_title"]) <= 34
    assert front["summary"].endswith(".")
    assert front["sources"]
    assert set(front["notes"]) <= NOTES
    assert all(question.endswith("?") for question in front["questions"])


@every_part
def test_a_part_is_short_enough_to_read_and_long_enough_to_help(path: Path) -> None:
    assert word_count(_read(path)[1]) in GUIDE_WORDS


@every_part
def test_the_words_around_a_part_are_as_plain_as_the_part(path: Path) -> None:
    front, _ = _read(path)
    assert grade("\n\n".join([front["summary"], *front["questions"]])) <= HIGHEST_GRADE


@every_part
def test_a_part_has_no_narrator(path: Path) -> None:
    own_words = re.sub(r"\"[^\"]*\"", "", _read(path)[1])
    lines = [line for line in own_words.splitlines() if not line.rstrip().endswith("?")]
    assert [line for line in lines if FIRST_PERSON.search(line)] == []


@every_part
def test_a_part_leaves_the_page_its_own_title_and_holds_no_html_or_picture(path: Path) -> None:
    body = _read(path)[1]
    assert re.search(r"^# ", body, re.MULTILINE) is None
    assert re.search(r"^## ", body, re.MULTILINE) is not None
    assert re.search(r"<[A-Za-z!/]|!\[", body) is None


@every_topic
def test_a_topic_says_what_it_is(path: Path) -> None:
    front, _ = _read(path)
    wanted = TOPIC_KEYS | (COVERAGE_KEYS if front["kind"] == "coverage" else {})
    assert {key: type(front.get(key)) for key in wanted} == wanted
    assert front["slug"] == path.stem
    assert front["kind"] in {"guide", "coverage", "community"}
    assert set(front["notes"]) <= NOTES


@every_topic
def test_an_introduction_to_coverage_is_80_to_200_words(path: Path) -> None:
    front, body = _read(path)
    if front["kind"] == "coverage":
        assert word_count(body) in COVERAGE_WORDS


@every_text
def test_a_text_reads_at_eighth_grade_or_lower(path: Path) -> None:
    body = _read(path)[1]
    if body.strip():
        assert grade(body) <= HIGHEST_GRADE


@every_text
def test_a_text_was_checked_after_its_newest_source(path: Path) -> None:
    front, _ = _read(path)
    if "checked_on" in front:
        newest = datetime.strptime(front["sources_until"], "%B %Y").date()
        assert newest < front["checked_on"]


@every_text
def test_a_link_within_the_site_leads_somewhere(path: Path) -> None:
    links = (link.partition("#")[0] for link in SITE_LINK.findall(_read(path)[1]))
    assert set(links) - KNOWN_ADDRESSES == set()


@every_text
def test_a_link_is_written_so_that_the_test_above_sees_it(path: Path) -> None:
    targets = re.findall(r"\]\(([^)]*)\)", _read(path)[1])
    assert [target for target in targets if not re.match(r"(/|https://)", target)] == []


def test_hard_words_and_long_sentences_raise_the_grade() -> None:
    plain = "The shot is small. It does not take long. You can go home."
    hard = "Administration necessitates hospitalization, considering individual susceptibilities."
    assert grade(plain) < 3 < 20 < grade(hard)
    assert grade("One two three. " * 4) < grade("One two three one two three. " * 2)


def test_headings_and_bold_lead_ins_do_not_lower_the_grade() -> None:
    sentence = "The doctors look at your results before they choose a medicine."
    assert grade(f"## So\n\n- **Yes.** {sentence}\n") == pytest.approx(grade(sentence))


def test_the_target_of_a_link_is_not_read_aloud() -> None:
    linked = "Read about [bone pain](/topics/non-secretory-myeloma) today."
    assert grade(linked) == pytest.approx(grade("Read about bone pain today."))
    assert word_count(linked) == 5


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("cells", 1), ("many", 2), ("called", 1), ("medicine", 3), ("BCMA", 4), ("38", 2)),
        *(("T-cell", 2), ("infection", 3), ("Talvey", 2), ("lenalidomide", 2), ("myeloma's", 2)),
    ],
)
def test_the_syllables_of_a_word(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_text_without_a_sentence_has_no_grade() -> None:
    with pytest.raises(ValueError, match="no sentence"):
        grade("## Only a heading")
