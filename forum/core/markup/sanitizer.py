"""The two walls: bleach, then nh3, both holding to the list in `allowed`."""

import threading
from collections.abc import Callable, Iterable, Mapping
from html import escape

import nh3
from bleach.sanitizer import Cleaner

from forum.core.markup.allowed import ATTRIBUTES, TAGS, URL_SCHEMES, is_attribute_allowed
from forum.core.markup.characters import clean_characters, clean_numeric_references

WALLS = ("bleach", "nh3")

# What a wall takes away can leave elements inside each other that the next reader of the
# page would take apart, so cleaning is repeated until it changes nothing.
_MAX_ROUNDS = 8

_of_this_thread = threading.local()


def sanitize(html: str, walls: Iterable[str] = WALLS) -> str:
    """Return `html` with nothing but the allowed elements, attributes and addresses.

    Cleaning the result again changes nothing. HTML that no number of rounds settles is
    returned as text. Raises KeyError for an unknown wall.
    """
    cleaners = [_CLEANERS[wall] for wall in walls]
    cleaned = clean_numeric_references(clean_characters(html))
    for _ in range(_MAX_ROUNDS):
        before, cleaned = cleaned, _through(cleaners, cleaned)
        if cleaned == before:
            return cleaned
    return escape(cleaned, quote=False)


def _through(cleaners: Iterable[Callable[[str], str]], html: str) -> str:
    for clean in cleaners:
        html = clean(html)
    return html


def _clean_with_bleach(html: str) -> str:
    # A Cleaner shared between threads mixes their texts.
    if not hasattr(_of_this_thread, "cleaner"):
        _of_this_thread.cleaner = Cleaner(
            tags=TAGS,
            attributes=is_attribute_allowed,
            protocols=URL_SCHEMES,
            strip=True,
            strip_comments=True,
        )
    cleaner: Cleaner = _of_this_thread.cleaner
    return cleaner.clean(html)


def _allowed_value(tag: str, name: str, value: str) -> str | None:
    return value if is_attribute_allowed(tag, name, value) else None


_nh3_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    attribute_filter=_allowed_value,
    url_schemes=URL_SCHEMES,
    link_rel=None,
    strip_comments=True,
)

_CLEANERS: Mapping[str, Callable[[str], str]] = {
    "bleach": _clean_with_bleach,
    "nh3": _nh3_cleaner.clean,
}
