"""Pages that stand open to everybody and are about nobody."""

from __future__ import annotations

from tests.contracts.access.answers import OPEN, anybody, get

PATHS = ("/", "/help", "/sitemap.xml", "/robots.txt", "/healthz", "/readyz")

TABLE = tuple(get(path, OPEN, (anybody, 200)) for path in PATHS)
