"""The box "When to call your team": the same words wherever it stands."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

PATH = Path(__file__).parent / "data" / "call_your_team.toml"


@dataclass(frozen=True, slots=True)
class CallBox:
    """Signs that mean calling `now` or the `same_day`, and what is said around them."""

    title: str
    lead: str
    now_title: str
    now: tuple[str, ...]
    same_day_title: str
    same_day: tuple[str, ...]
    carry: str
    not_emergency: str
    review_note: str
    source: str
    checked_on: date


@lru_cache(maxsize=1)
def call_box() -> CallBox:
    """The box, read once: its file changes only with the project."""
    values = tomllib.loads(PATH.read_text(encoding="utf-8"))
    lists = {name: tuple(values[name]) for name in ("now", "same_day")}
    return CallBox(**{**values, **lists})
