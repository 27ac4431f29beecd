"""Characters that have no place in a text: controls, and those that reorder the page."""

import re
import unicodedata

_NEWLINES = re.compile(r"\r\n?")
_CONTROLS = "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f"
_BIDI_CONTROLS = "\\u202a-\\u202e\\u2066-\\u2069"
_NONCHARACTERS = "\\ufdd0-\\ufdef" + "".join(
    f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17)
)
_UNWANTED = re.compile(f"[{_CONTROLS}{_BIDI_CONTROLS}{_NONCHARACTERS}]")
_SURROGATES = re.compile("[\\ud800-\\udfff]")
_NUMERIC_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,8})|([0-9]{1,10}));?", re.IGNORECASE)
_REPLACEMENT = "\ufffd"


def clean_characters(text: str) -> str:
    """Return `text` with newlines as \\n and without unwanted characters.

    The number of lines stays the same, so line numbers still fit the original.
    """
    unified = _NEWLINES.sub("\n", text)
    return _SURROGATES.sub(_REPLACEMENT, _UNWANTED.sub("", unified))


def is_clean(text: str) -> bool:
    """Tell whether `text` holds none of the unwanted characters."""
    return not (_UNWANTED.search(text) or _SURROGATES.search(text))


def is_visible(text: str) -> bool:
    """Tell whether `text` holds anything that a reader sees: not only spaces and marks."""
    return any(unicodedata.category(character)[0] not in "CMZ" for character in text)


def clean_numeric_references(html: str) -> str:
    """Return `html` with references such as &#8238; to unwanted characters replaced.

    They are replaced, not removed, because removing one may form another.
    """
    return _NUMERIC_REFERENCE.sub(_clean_reference, html)


def _clean_reference(match: re.Match[str]) -> str:
    hexadecimal, decimal = match.groups()
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code > 0x10FFFF or not is_clean(chr(code)):
        return _REPLACEMENT
    return match.group()
