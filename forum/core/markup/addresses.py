"""Which addresses a text may lead to."""

import re
from html import unescape

from forum.core.markup.characters import is_clean

# An "@" before the path is refused: it makes one host look like another.
_HOST = r"(?:[^\s/?#@\\%<>^|\[\]:]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?"
_WEB = re.compile(rf"https?://{_HOST}(?:[/?#][^\s\\]*)?", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s/\\?]+@[^\s/\\]+", re.IGNORECASE)
_IN_SITE = re.compile(r"/(?!/)[^\s\\]*")


def is_allowed(address: str) -> bool:
    """Tell whether a link may lead to `address`: http, https, mailto or a path of this site.

    The address is judged as written and again with its character references resolved,
    because the walls hand it over in either form.
    """
    return _is_plainly_allowed(address) and _is_plainly_allowed(unescape(address))


def is_outside(address: str) -> bool:
    """Tell whether an allowed address leads to the web, and not into this site."""
    return _WEB.fullmatch(address) is not None


def with_scheme(address: str) -> str:
    """Return `address` with https:// before a bare "www.", as people write it."""
    return f"https://{address}" if address[:4].lower() == "www." else address


def _is_plainly_allowed(address: str) -> bool:
    return is_clean(address) and any(form.fullmatch(address) for form in (_WEB, _MAIL, _IN_SITE))
