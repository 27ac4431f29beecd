"""Who watches what a browser asks for and complains about."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request

# An answer that says "not this way" is part of many tests, and Chromium reports it on the console.
REFUSAL = r"the server responded with a status of 4\d\d"


class Witness:
    """What the browser asked for, and what it complained about."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self._expected = [REFUSAL]

    def watch(self, context: BrowserContext) -> None:
        context.on("request", self._asked)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def expect(self, words: str) -> None:
        """Take a complaint with these words (a pattern) for a part of the test."""
        self._expected.append(words)

    @property
    def hosts(self) -> set[str]:
        addresses = (urlsplit(address) for address in self.requests)
        return {address.netloc for address in addresses if address.scheme not in ("data", "blob")}

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        if not any(re.search(words, message.text) for words in self._expected):
            self.complaints.append(message.text)
