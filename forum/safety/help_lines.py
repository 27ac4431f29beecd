"""Emergency numbers, crisis lines and organizations, by country."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

PATH = Path(__file__).parent / "data" / "help_lines.toml"
EVERYWHERE = "WORLD"
EUROPEAN_UNION = "EU"
IN_EUROPEAN_UNION = frozenset({"DE", "FR", "IE"})
LANGUAGES = {"de": "German", "en": "English", "es": "Spanish", "fr": "French"}
NOT_DIALED = re.compile(r"[^0-9+]")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as people read it, and the address by which a phone calls or texts it."""

    shown: str
    address: str

    @classmethod
    def to_call(cls, shown: str) -> Number:
        return cls(shown, f"tel:{NOT_DIALED.sub('', shown)}")

    @classmethod
    def to_text(cls, shown: str) -> Number:
        return cls(shown, f"sms:{NOT_DIALED.sub('', shown)}")


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to turn to. `hours` and `languages` are words, empty where not known."""

    name: str
    what: str
    call: tuple[Number, ...]
    text: tuple[Number, ...]
    url: str
    hours: str
    languages: str
    verified: bool
    checked_on: date


@dataclass(frozen=True, slots=True)
class Country:
    """What we know of one country: its emergency numbers, crisis lines and organizations."""

    code: str
    name: str
    emergency: tuple[Contact, ...]
    lines: tuple[Contact, ...]
    organizations: tuple[Contact, ...]


@lru_cache(maxsize=1)
def countries() -> tuple[Country, ...]:
    """Every country, in the order of the data file; read once."""
    data = tomllib.loads(PATH.read_text(encoding="utf-8"))
    names: dict[str, str] = {}
    for kind in ("emergency", "lines", "organizations"):
        names |= {entry["country"]: entry["country_name"] for entry in data[kind]}
    return tuple(_country(code, name, data) for code, name in names.items())


def countries_for(code: str) -> tuple[Country, ...]:
    """Every country, that of a reader in `code` first; unknown ones see the world's lines first."""
    known = {country.code for country in countries()}
    nearest = [code if code in known else EVERYWHERE]
    if code in IN_EUROPEAN_UNION:
        nearest.append(EUROPEAN_UNION)
    return tuple(sorted(countries(), key=lambda country: _distance(country, nearest)))


def _distance(country: Country, nearest: list[str]) -> int:
    return nearest.index(country.code) if country.code in nearest else len(nearest)


def _country(code: str, name: str, data: Mapping[str, list[dict[str, Any]]]) -> Country:
    def of(kind: str) -> tuple[Contact, ...]:
        return tuple(_contact(entry) for entry in data[kind] if entry["country"] == code)

    return Country(code, name, of("emergency"), of("lines"), of("organizations"))


def _contact(entry: Mapping[str, Any]) -> Contact:
    to_call = entry.get("numbers") or [entry["call"]]
    return Contact(
        name=entry.get("name", "Emergency"),
        what=entry["what"],
        call=tuple(Number.to_call(number) for number in to_call if number),
        text=tuple(Number.to_text(number) for number in [entry.get("text", "")] if number),
        url=entry.get("url", ""),
        hours=entry.get("hours", ""),
        languages=_in_words(entry.get("languages", [])),
        verified=entry["verified"],
        checked_on=entry["checked_on"],
    )


def _in_words(codes: list[str]) -> str:
    """Like "English, French"; English alone goes without saying on a page in English."""
    return ", ".join(LANGUAGES[code] for code in codes) if codes != ["en"] else ""
