"""Who draws which piece of another room's page (see `forum/core/panels.py`)."""

from __future__ import annotations

from collections.abc import Mapping

from forum.core import panels

PANELS: Mapping[str, panels.Panel] = {}


def install() -> None:
    panels.install(PANELS)
