"""The world of the table, made once for a test process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from forum.extensions import db
from tests.contracts.access.world import Snapshot, World, make_snapshot, renew
from tests.databases import Database

CHANGING = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture(scope="session")
def kept_snapshots() -> list[Snapshot]:
    """At most one: the rows are made by the first test that asks for them."""
    return []


@pytest.fixture
def writes(app: Flask) -> Iterator[list[str]]:
    """The statements that change rows, as they happen."""
    found: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.lstrip().upper().startswith(CHANGING):
            found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def world(
    app: Flask,
    database: Database,
    kept_snapshots: list[Snapshot],
    writes: list[str],
) -> World:
    """Everybody and everything that the table speaks of."""
    if not kept_snapshots:
        kept_snapshots.append(make_snapshot(database))
    renew(database)
    writes.clear()
    return World(app, kept_snapshots[0], writes)
