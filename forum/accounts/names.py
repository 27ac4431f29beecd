"""Usernames: their shape, which are refused, and which look like a name from real life."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from zxcvbn.frequency_lists import FREQUENCY_LISTS

SHORTEST, LONGEST = 3, 30
SHAPE = re.compile(r"[A-Za-z0-9_]{3,30}")

# Nobody may seem to speak for the forum.
STAFF_STEMS = ("moderator", "administrator", "nextchapter")
STAFF_WORDS = frozenset(
    {"admin", "admins", "mod", "mods", "staff", "official", "editor", "editors", "welcomer"}
)
# Names that the pages themselves use for something else.
TAKEN_BY_THE_FORUM = frozenset(
    {"all", "anonymous", "deleted", "everybody", "everyone", "formermember", "forum", "help"}
    | {
        "helpline",
        "here",
        "member",
        "members",
        "namewithheld",
        "nobody",
        "root",
        "security",
        "support",
    }
    | {"system", "team", "theteam", "visitor", "webmaster", "withoutmyname", "you"}
)
# "Member A" stands for somebody who writes without their name, "former_…" for somebody who left.
LIKE_AN_ALIAS = re.compile(r"member_?[a-z]{1,2}|former_.*")
LOOKALIKE_DIGITS = (str.maketrans("013457", "oieast"), str.maketrans("013457", "oleast"))
YEAR_AT_THE_END = re.compile(r"(19\d\d|20[0-2]\d)$")
# "MaryJones_58" is Mary, Jones; digits part words like an underscore does.
WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
SHORTEST_SURNAME = 3


def username_key(username: str) -> str:
    """What makes two usernames the same; empty for text that cannot be a username."""
    return username.casefold() if SHAPE.fullmatch(username) else ""


def seems_official(username: str, site_name: str = "") -> bool:
    """Whether others might take the name for staff or for the forum itself."""
    key = username.casefold()
    if LIKE_AN_ALIAS.fullmatch(key):
        return True
    readings = {key, *(key.translate(digits) for digits in LOOKALIKE_DIGITS)}
    return any(_reads_as_official(reading, site_name) for reading in readings)


def _reads_as_official(key: str, site_name: str) -> bool:
    letters = "".join(character for character in key if character.isalpha())
    site = "".join(character for character in site_name.casefold() if character.isalpha())
    if letters in TAKEN_BY_THE_FORUM or any(stem in letters for stem in STAFF_STEMS):
        return True
    if len(site) > SHORTEST and site in letters:
        return True
    return bool(STAFF_WORDS & {letters, *re.split(r"[_\d]+", key)})


def seems_real(username: str) -> bool:
    """Whether it looks like a first name with a surname, or ends in a year of birth."""
    if YEAR_AT_THE_END.search(username):
        return True
    words = [word.casefold() for word in WORDS.findall(username)]
    return any(
        first in _first_names() and len(last) >= SHORTEST_SURNAME and last in _surnames()
        for first, last in pairwise(words)
    )


@lru_cache(maxsize=1)
def _first_names() -> frozenset[str]:
    return frozenset(FREQUENCY_LISTS["female_names"]) | frozenset(FREQUENCY_LISTS["male_names"])


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    return frozenset(FREQUENCY_LISTS["surnames"])
