"""Pieces of the guide on pages of other rooms."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template

from forum.guide.queries import guide_rows


def guide_pinned(slug: str) -> str:
    """The card of the part with this slug, for the topic in which it is talked about."""
    rows = guide_rows([slug])
    return render_template("guide/panels/pinned.html", part=rows[0]) if rows else ""


def guide_links(slugs: Sequence[str]) -> str:
    """A list of links to these parts, in this order; the page sets the heading over it."""
    rows = guide_rows(slugs)
    return render_template("guide/panels/links.html", parts=rows) if rows else ""
