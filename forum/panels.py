"""Who draws which piece of another room's page (see `forum/core/panels.py`)."""

from __future__ import annotations

from collections.abc import Mapping

from forum.core import panels
from forum.guide import panels as guide
from forum.threads import panels as threads

PANELS: Mapping[str, panels.Panel] = {
    "guide_pinned": guide.guide_pinned,
    "guide_links": guide.guide_links,
    "conversations_about": threads.conversations_about,
}


def install() -> None:
    panels.install(PANELS)
