"""The whole table, a room after the other."""

from __future__ import annotations

from collections.abc import Iterable

from tests.contracts.access import (
    table_accounts,
    table_guide,
    table_moderation,
    table_posts,
    table_privacy,
    table_public,
    table_threads,
)
from tests.contracts.access.answers import Call
from tests.contracts.access.people import Person

TABLE: tuple[Call, ...] = (
    *table_public.TABLE,
    *table_accounts.TABLE,
    *table_guide.TABLE,
    *table_threads.TABLE,
    *table_posts.TABLE,
    *table_moderation.TABLE,
    *table_privacy.TABLE,
)


def number_of_calls(table: Iterable[Call]) -> int:
    return sum(len(call.subjects) * len(Person) for call in table)
