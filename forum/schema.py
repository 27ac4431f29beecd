"""The whole schema: imports every room's tables, for migrations and for tests that walk it."""

from __future__ import annotations

from importlib import import_module

ROOMS_WITH_TABLES = (
    "forum.core.marks",
    "forum.jobs.models",
    "forum.audit.models",
    "forum.accounts.models",
    "forum.topics.models",
    "forum.guide.models",
    "forum.threads.models",
    "forum.moderation.models",
)


def import_models() -> None:
    for name in ROOMS_WITH_TABLES:
        import_module(name)
