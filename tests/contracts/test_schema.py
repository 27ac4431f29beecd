"""The migrations: they make what the models say, and go down and up again with data in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, MetaData, Table, inspect, select
from sqlalchemy.exc import DBAPIError

from forum.core.database import Base
from forum.extensions import db
from forum.schema import import_models
from tests.contracts.town import make_town

Rows = dict[str, list[tuple[Any, ...]]]


def with_connection(work: Callable[[Connection], Any]) -> Any:
    db.session.remove()
    with db.engine.connect() as connection:
        return work(connection)


def rows() -> Rows:
    """Every row of every table, as the database has it."""

    def read(connection: Connection) -> Rows:
        schema = MetaData()
        schema.reflect(connection)
        return {table.name: _rows_of(connection, table) for table in schema.sorted_tables}

    found: Rows = with_connection(read)
    del found["alembic_version"]
    return found


def _rows_of(connection: Connection, table: Table) -> list[tuple[Any, ...]]:
    return sorted((tuple(row) for row in connection.execute(select(table))), key=repr)


def tables() -> set[str]:
    return set(with_connection(lambda connection: inspect(connection).get_table_names()))


def revisions(app: Flask) -> list[str]:
    """From the newest to the oldest."""
    scripts = ScriptDirectory(app.extensions["migrate"].directory)
    return [script.revision for script in scripts.walk_revisions()]


def test_the_migrations_make_what_the_models_say(empty_app: Flask) -> None:
    import_models()
    upgrade()

    def differences(connection: Connection) -> Any:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        return compare_metadata(context, Base.metadata)

    assert with_connection(differences) == []


def test_each_step_goes_down_and_up_again_and_the_rows_stay(empty_app: Flask) -> None:
    upgrade()
    make_town()
    before = rows()
    assert [name for name, kept in before.items() if not kept] == []
    for revision in revisions(empty_app)[:-1]:
        downgrade(revision="-1")
        assert rows() == before, revision
        upgrade(revision="+1")
        assert rows() == before, revision
        downgrade(revision="-1")
    upgrade()
    assert rows() == before


def test_all_the_way_down_leaves_nothing_and_up_again_makes_everything(empty_app: Flask) -> None:
    upgrade()
    made = tables()
    make_town()
    downgrade(revision="base")
    assert tables() == {"alembic_version"}
    upgrade()
    assert tables() == made
    make_town()
    assert rows()["posts"]


def test_the_record_is_append_only_after_the_migrations(empty_app: Flask) -> None:
    upgrade()
    make_town()
    for statement in ("UPDATE audit_entries SET reason = ''", "DELETE FROM audit_entries"):
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(db.text(statement))
        db.session.rollback()


def test_a_second_upgrade_changes_nothing(empty_app: Flask) -> None:
    upgrade()
    make_town()
    before = rows()
    upgrade()
    assert rows() == before
