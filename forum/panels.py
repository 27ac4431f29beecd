"""Who draws which piece of another room's page (see `forum/core/panels.py`)."""

from __future__ import annotations

from collections.abc import Mapping

from forum.core import panels
from forum.guide import panels as guide

PANELS: Mapping[str, panels.Panel] = {
    "guide_pinned": guide.guide_pinned,
    "guide_links": guide.guide_links,
}


def install() -> None:
    panels.install(PANELS)
