"""What a visit to a page moves over the wire, by the browser's own count."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, Page

# How long to let the browser's last words arrive, after it has said that the page is there.
POLL_MS = 5
MOST_POLLS = 2_000
# The icon of the tab is fetched when the browser finds the time, also after it says "loaded".
ICON = "Other"


@dataclass
class Moved:
    """One request: its bytes, headers and compressed body; 0 for what the browser had kept."""

    url: str
    kind: str
    size: int = 0
    is_done: bool = False


@dataclass
class Visit:
    """All that one visit asked for."""

    asked: dict[str, Moved] = field(default_factory=dict)

    @property
    def moved(self) -> list[Moved]:
        return [request for request in self.asked.values() if request.size]

    @property
    def bytes(self) -> int:
        return sum(request.size for request in self.moved)

    @property
    def script_bytes(self) -> int:
        return sum(request.size for request in self.moved if request.kind == "Script")

    @property
    def is_whole(self) -> bool:
        """Whether everything has come, the icon too."""
        kinds = {request.kind for request in self.asked.values()}
        return ICON in kinds and all(request.is_done for request in self.asked.values())


class Scale:
    """Weighs visits; the first in a new browser context is that of somebody who was never here."""

    def __init__(self, tab: Page) -> None:
        self._tab = tab
        self._session: CDPSession = tab.context.new_cdp_session(tab)
        self._visit = Visit()
        self._session.send("Network.enable")
        self._session.on("Network.requestWillBeSent", self._asked)
        self._session.on("Network.requestServedFromCache", self._was_kept)
        self._session.on("Network.loadingFinished", self._finished)

    def visit(self, address: str) -> Visit:
        self._visit = Visit()
        self._tab.goto(address)
        for _ in range(MOST_POLLS):
            if self._visit.is_whole:
                return self._visit
            self._tab.wait_for_timeout(POLL_MS)
        raise TimeoutError(f"{address}: {self._visit.asked}")

    def _asked(self, event: dict[str, Any]) -> None:
        kind, url = event.get("type", ""), event["request"]["url"]
        self._visit.asked[event["requestId"]] = Moved(url, kind)

    def _was_kept(self, event: dict[str, Any]) -> None:
        self._visit.asked[event["requestId"]].is_done = True

    def _finished(self, event: dict[str, Any]) -> None:
        request = self._visit.asked.get(event["requestId"])
        # The icon of the page before may come late.
        if request is not None:
            request.size, request.is_done = int(event["encodedDataLength"]), True
