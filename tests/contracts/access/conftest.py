"""The world of the table: made once for a test process, brought back for a module."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from forum.core.database import writing
from forum.extensions import db, limiter
from tests.contracts.access.world import NAME, Snapshot, World, leave, make_snapshot, renew
from tests.databases import TEMPLATE, Database

CHANGING = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture(scope="session")
def kept_snapshots() -> list[Snapshot]:
    """At most one: the rows are made by the first test that asks for them."""
    return []


@pytest.fixture(scope="module")
def world(whole_app: Flask, database: Database, kept_snapshots: list[Snapshot]) -> Iterator[World]:
    """Everybody and everything that the table speaks of, for tests that leave it as it is."""
    limiter.enabled = False
    with whole_app.app_context():
        token = writing.set(False)
        if not kept_snapshots:
            renew(database, TEMPLATE)
            kept_snapshots.append(make_snapshot(database))
        renew(database, NAME)
        writes = _Writes()
        yield World(whole_app, kept_snapshots[0], writes.found)
        writes.stop()
        leave()
        writing.reset(token)


@pytest.fixture
def passing_world(world: World, database: Database) -> Iterator[World]:
    """The same for a test whose changes stay until it ends."""
    yield world
    renew(database, NAME)


class _Writes:
    """The statements that change rows, as they happen."""

    def __init__(self) -> None:
        self.found: list[str] = []
        event.listen(db.engine, "before_cursor_execute", self._note)

    def stop(self) -> None:
        event.remove(db.engine, "before_cursor_execute", self._note)

    def _note(self, conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.lstrip().upper().startswith(CHANGING):
            self.found.append(statement)
