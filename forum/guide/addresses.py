"""Where the guide lives on the site."""

from __future__ import annotations


def part_url(slug: str) -> str:
    return f"/guide/{slug}"
