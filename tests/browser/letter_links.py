"""Following the link of a letter, on the site as it is served in a test."""

from __future__ import annotations

import re
from email.message import EmailMessage

from tests import cast


def path_in(letter: EmailMessage) -> str:
    """The path of the first address of a site that stands on a line of its own."""
    found = re.search(r"^https?://[^/\s]+(/\S+)$", cast.text_of(letter), re.MULTILINE)
    assert found is not None
    return found[1]
