"""The help lines and the call box are data that somebody may stake their life on.

Nothing here asks the network. What a test can hold is that no entry is incomplete, none has gone
unreviewed for half a year, and no number known to be dead comes back.
"""

import datetime
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[2] / "forum" / "safety" / "data"
LONGEST_UNREVIEWED = datetime.timedelta(days=180)
CLOCKS_APART = datetime.timedelta(days=1)

TEXT_FIELDS = {"name", "country", "country_name", "what", "source"}
MAY_BE_EMPTY = {"call", "text", "hours", "url"}
CONTACT_FIELDS = TEXT_FIELDS | MAY_BE_EMPTY | {"languages", "verified", "checked_on"}
EMERGENCY_FIELDS = {"country", "country_name", "what", "numbers", "source", "verified"} | {
    "checked_on"
}

BEYOND_ISO = {"EU", "WORLD"}
RETIRED = {
    "18002738255": "replaced by 988 in the US",
    "8002738255": "replaced by 988 in the US",
    "1850609090": "Samaritans in Ireland, now 116 123",
    "08457909090": "Samaritans in the UK, now 116 123",
    "1800444996": "Myeloma Australia's old number",
}
RETIRED_PREFIXES = ("1850", "0845", "08457")

Entry = dict[str, Any]


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


HELP = _load("help_lines.toml")
CALL_BOX = _load("call_your_team.toml")
CONTACTS: list[Entry] = HELP["lines"] + HELP["organizations"]
EMERGENCY: list[Entry] = HELP["emergency"]
ENTRIES = CONTACTS + EMERGENCY


def _label(entry: Entry) -> str:
    return f"{entry['country']} {entry.get('name', 'emergency')}"


def _iso_countries() -> set[str]:
    table = files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text(encoding="utf-8")
    return {line.split("\t")[0] for line in table.splitlines() if not line.startswith("#")}


def _numbers(entry: Entry) -> list[str]:
    printed = entry.get("numbers") or [entry["call"], entry["text"]]
    return [number for number in printed if number]


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def is_retired(number: str) -> bool:
    """Say whether a printed number, however it is spaced, is one that must not come back."""
    digits = _digits(number)
    return digits in RETIRED or digits.startswith(RETIRED_PREFIXES)


def is_due(checked_on: datetime.date, today: datetime.date) -> bool:
    """Say whether a review is older than half a year, or dated in the future."""
    return not -CLOCKS_APART <= today - checked_on <= LONGEST_UNREVIEWED


@pytest.mark.parametrize("entry", CONTACTS, ids=_label)
def test_a_contact_has_every_field(entry: Entry) -> None:
    assert set(entry) == CONTACT_FIELDS
    assert all(isinstance(entry[field], str) and entry[field].strip() for field in TEXT_FIELDS)
    assert all(isinstance(entry[field], str) for field in MAY_BE_EMPTY)
    assert isinstance(entry["verified"], bool)
    assert all(re.fullmatch(r"[a-z]{2}", language) for language in entry["languages"])


@pytest.mark.parametrize("entry", CONTACTS, ids=_label)
def test_a_contact_can_be_reached(entry: Entry) -> None:
    assert _numbers(entry) or entry["url"]
    assert not entry["url"] or re.fullmatch(r"https://[a-z0-9.-]+(/[a-z0-9/-]*)?", entry["url"])


@pytest.mark.parametrize("entry", EMERGENCY, ids=_label)
def test_an_emergency_entry_has_every_field(entry: Entry) -> None:
    assert set(entry) == EMERGENCY_FIELDS
    assert entry["numbers"]
    assert all(number.isdigit() for number in entry["numbers"])


@pytest.mark.parametrize("entry", ENTRIES, ids=_label)
def test_numbers_are_dialable(entry: Entry) -> None:
    for number in _numbers(entry):
        assert re.fullmatch(r"\d[\d -]*\d", number)


@pytest.mark.parametrize("entry", ENTRIES, ids=_label)
def test_no_entry_prints_a_retired_number(entry: Entry) -> None:
    prose = f"{entry['what']} {entry.get('hours', '')} {entry['source']}"
    in_prose = re.findall(r"\+?\d[\d() -]{5,}\d", prose)
    assert not [number for number in [*_numbers(entry), *in_prose] if is_retired(number)]


@pytest.mark.parametrize("number", ["1-800-273-8255", "(800) 273 8255", "1850 60 90 90"])
def test_a_retired_number_is_known_however_it_is_written(number: str) -> None:
    assert is_retired(number)


@pytest.mark.parametrize("entry", ENTRIES, ids=_label)
def test_countries_are_iso_codes(entry: Entry) -> None:
    assert entry["country"] in _iso_countries() | BEYOND_ISO


def test_a_country_has_one_name() -> None:
    pairs = {(entry["country"], entry["country_name"]) for entry in ENTRIES}
    assert len(pairs) == len({country for country, _ in pairs})


def test_no_service_is_listed_twice_in_a_country() -> None:
    labels = [_label(entry) for entry in CONTACTS]
    assert len(labels) == len(set(labels))


def test_countries_that_must_have_a_line_have_one() -> None:
    expected = {"US", "CA", "GB", "IE", "AU", "NZ", "DE", "FR", "IN", "ZA", "WORLD"}
    assert expected <= {entry["country"] for entry in HELP["lines"]}


@pytest.mark.parametrize("entry", [*ENTRIES, CALL_BOX], ids=lambda entry: entry.get("name"))
def test_nothing_goes_unreviewed_for_half_a_year(entry: Entry) -> None:
    today = datetime.datetime.now(datetime.UTC).date()
    assert not is_due(entry["checked_on"], today), "read it against its source, then date it"


@pytest.mark.parametrize(
    ("age_in_days", "due"), [(0, False), (180, False), (181, True), (-9, True)]
)
def test_a_review_is_due_after_180_days(age_in_days: int, due: bool) -> None:
    today = datetime.date(2027, 1, 1)
    assert is_due(today - datetime.timedelta(days=age_in_days), today) is due


def test_the_call_box_is_complete() -> None:
    texts = ("title", "lead", "now_title", "same_day_title", "carry", "not_emergency")
    assert all(CALL_BOX[field].strip() for field in (*texts, "review_note", "source"))
    assert len(CALL_BOX["now"]) >= 5
    assert len(CALL_BOX["same_day"]) >= 5


def test_the_call_box_names_the_fever_in_both_scales() -> None:
    assert any("38 °C" in sign and "100.4 °F" in sign for sign in CALL_BOX["now"])
