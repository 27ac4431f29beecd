"""The one list of what a text may contain. Both walls read it, and nothing else is let through."""

import re
from collections.abc import Callable, Mapping

from forum.core.markup.addresses import is_allowed

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
DIRECTED = HEADINGS | {"p", "ul", "ol", "li", "blockquote"}
TAGS = DIRECTED | {"a", "br", "hr", "strong", "em", "s", "code", "pre"}
URL_SCHEMES = frozenset({"http", "https", "mailto"})

OUTSIDE_REL = "nofollow ugc noopener"
TRUSTED_REL = "noopener"
MENTION = "mention"
QUOTE = "quote"
QUOTE_SOURCE = "quote-source"
QUOTE_GONE = "quote-gone"


def one_of(*values: str) -> Callable[[str], bool]:
    """Return a check that a value is one of `values`."""
    return frozenset(values).__contains__


def matching(pattern: str) -> Callable[[str], bool]:
    """Return a check that a whole value matches `pattern`."""
    compiled = re.compile(pattern)
    return lambda value: compiled.fullmatch(value) is not None


_BY_TAG: Mapping[str, Mapping[str, Callable[[str], bool]]] = {
    "a": {
        "href": is_allowed,
        "rel": one_of(OUTSIDE_REL, TRUSTED_REL),
        "class": one_of(MENTION),
    },
    "blockquote": {"class": one_of(QUOTE)},
    "p": {"class": one_of(QUOTE_SOURCE, QUOTE_GONE)},
    "ol": {"start": matching(r"[0-9]{1,9}")},
    **{tag: {"id": matching(r"h-[a-z0-9]+(?:-[a-z0-9]+)*")} for tag in HEADINGS},
}
_DIRECTION = {"dir": one_of("auto")}

ATTRIBUTES: Mapping[str, Mapping[str, Callable[[str], bool]]] = {
    tag: {**_BY_TAG.get(tag, {}), **(_DIRECTION if tag in DIRECTED else {})}
    for tag in TAGS
    if tag in _BY_TAG or tag in DIRECTED
}


def is_attribute_allowed(tag: str, name: str, value: str) -> bool:
    """Tell whether `tag` may carry the attribute `name` with this value."""
    check = ATTRIBUTES.get(tag, {}).get(name)
    return check is not None and check(value)
