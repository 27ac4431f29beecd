"""Pieces of a page that another room draws.

Rooms beside each other do not import each other, yet a part of the guide shows the
conversations about it. The page asks for a panel by name; the table of who draws which
stands in `forum/panels.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

Panel = Callable[..., str]

_panels: dict[str, Panel] = {}


def install(table: Mapping[str, Panel]) -> None:
    """Put `table` in force, in place of the one before."""
    _panels.clear()
    _panels.update(table)


def draw(name: str, **about: object) -> Markup:
    """The panel's HTML, from a rendered template. Raises `KeyError` for a name nobody draws."""
    return Markup(_panels[name](**about))  # noqa: S704 - a template's own, escaped output
