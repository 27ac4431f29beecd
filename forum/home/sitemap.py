"""The map of public pages for search engines (sitemaps.org), in files of bounded size."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from forum.core.pages import last_page
from forum.core.viewer import ANONYMOUS
from forum.guide.queries import guide_overview
from forum.threads.queries.public import public_threads, public_threads_count
from forum.topics.queries import topics_by_kind

# A file may hold 50,000 addresses; the first also holds the guide and the topics.
THREADS_A_FILE = 40_000
FIXED = ("/", "/guide", "/threads", "/topics", "/help")

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def last_part() -> int:
    """How many files the map takes."""
    return last_page(public_threads_count(), THREADS_A_FILE)


def part(site: str, number: int) -> str:
    """File `number` of the map, from 1; `site` is the site's address without a slash."""
    entries = [] if number > 1 else [_entry(site, *place) for place in _places()]
    threads = public_threads(most=THREADS_A_FILE, after=(number - 1) * THREADS_A_FILE)
    entries += [_entry(site, path, changed) for path, changed in threads]
    body = "\n".join(entries)
    return f'{_HEAD}<urlset xmlns="{_NAMESPACE}">\n{body}\n</urlset>\n'


def index(site: str, last: int) -> str:
    """The list of the files 1 to `last`."""
    files = (f"{site}/sitemap.xml?page={number}" for number in range(1, last + 1))
    body = "\n".join(f"<sitemap><loc>{file}</loc></sitemap>" for file in files)
    return f'{_HEAD}<sitemapindex xmlns="{_NAMESPACE}">\n{body}\n</sitemapindex>\n'


def _places() -> Iterator[tuple[str, date | None]]:
    for path in FIXED:
        yield path, None
    for guide_part in guide_overview():
        yield guide_part.url, None
    for topics in topics_by_kind(ANONYMOUS).values():
        for topic in topics:
            yield topic.url, None


def _entry(site: str, path: str, changed: date | None) -> str:
    # Paths are made of ids and slugs: nothing in them needs escaping.
    when = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    return f"<url><loc>{site}{path}</loc>{when}</url>"
