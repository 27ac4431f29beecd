"""The database of a test: a fresh copy of a template, which is made once for a process."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from typing import Protocol

from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask import Flask
from sqlalchemy import Connection

from forum.core.database import Base
from forum.extensions import db
from forum.schema import import_models
from tests.servers.postgresql import PostgreSQLDatabases

ROOT = Path(__file__).parents[1]
TEMPLATE = "template"
TRIGGERS = ROOT / "migrations" / "versions" / "0002_append_only_record.py"


class Database(Protocol):
    """Where the app under test keeps its rows."""

    address: str

    def keep_as_template(self, name: str = TEMPLATE) -> None:
        """Take the present content for what every test begins with, or keep it under a name."""

    def renew(self, name: str = TEMPLATE) -> None:
        """Bring back what was kept. Nobody may be connected."""


class SQLiteFile:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "forum.db"
        self.address = f"sqlite:///{self._file}"

    def keep_as_template(self, name: str = TEMPLATE) -> None:
        shutil.copyfile(self._file, self._kept(name))

    def renew(self, name: str = TEMPLATE) -> None:
        for leftover in ("-wal", "-shm"):
            self._file.with_name(self._file.name + leftover).unlink(missing_ok=True)
        shutil.copyfile(self._kept(name), self._file)

    def _kept(self, name: str) -> Path:
        return self._folder / f"{name}.db"


class PostgreSQLCopy:
    def __init__(self, databases: PostgreSQLDatabases) -> None:
        self._databases = databases
        self.address = databases.create("live")

    def keep_as_template(self, name: str = TEMPLATE) -> None:
        self._databases.create(name, template="live")

    def renew(self, name: str = TEMPLATE) -> None:
        self._databases.create("live", template=name)


def make_schema(app: Flask) -> None:
    """Every table and trigger, in an empty database."""
    import_models()
    with app.app_context():
        Base.metadata.create_all(db.engine)
        with db.engine.begin() as connection:
            _make_triggers(connection)


def _make_triggers(connection: Connection) -> None:
    spec = importlib.util.spec_from_file_location("triggers", TRIGGERS)
    assert spec is not None
    assert spec.loader is not None
    migration = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(migration)
    with Operations.context(MigrationContext.configure(connection)):
        migration.upgrade()
