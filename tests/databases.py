"""The database of a test: a fresh copy of a template, which is made once for a process."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Protocol

from tests.servers.postgresql import PostgreSQLDatabases

TEMPLATE = "template"


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
