"""What every table shares: the base class, column types, and how SQLite is opened.

Units of work: `writing` says whether the present one may write. On SQLite a writing one
begins with BEGIN IMMEDIATE, because a transaction that reads first and writes later fails
at once when another writer was faster (measured: 74 to 99 % failures with four writers).
"""

from __future__ import annotations

from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import BigInteger, DateTime, Dialect, Engine, Integer, MetaData, String, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

writing: ContextVar[bool] = ContextVar("writing", default=True)

MEMORY = ":memory:"
NAMING_CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

# synchronous=FULL: a post that was acknowledged is on the disk, power cut or not.
# No mmap_size: together with WAL it was named in reports of damaged databases.
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "cache_size=-64000",
    "temp_store=MEMORY",
)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING_CONVENTION)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. A naive one is refused with `ValueError`."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Words(TypeDecorator[frozenset[str]]):
    """A small set of words, kept as ` one two ` so that LIKE '% one %' finds a member of it."""

    impl = String(120)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None or isinstance(value, str):
            return value
        return "".join(f" {word}" for word in sorted(value)) + " " if value else ""

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[str]:
        return frozenset((value or "").split())


BIG_ID = BigInteger().with_variant(Integer, "sqlite")
Id = Annotated[int, mapped_column(BIG_ID, primary_key=True, autoincrement=True)]
Moment = Annotated[datetime, mapped_column(UTCDateTime)]


def engine_options(address: str) -> dict[str, Any]:
    """How SQLAlchemy opens this database.

    PostgreSQL connections are checked before use. An error never holds the values of a
    statement, because errors are logged and values are what members wrote.
    """
    if address.startswith("sqlite"):
        return {"module": sqlite, "pool_size": 8, "max_overflow": 16, "hide_parameters": True}
    return {
        "hide_parameters": True,
        "pool_size": 5,
        "max_overflow": 5,
        "pool_timeout": 5,
        "pool_recycle": 1800,
        "pool_pre_ping": True,
        "connect_args": {"prepare_threshold": None},
    }


def prepare_engine(engine: Engine) -> None:
    """Put the pragmas and the BEGIN of this module on a SQLite engine; others stay as they are."""
    if engine.dialect.name != "sqlite":
        return
    _make_private(engine.url.database)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)


def _make_private(name: str | None) -> None:
    """Let nobody else read a new file, whatever the umask; what SQLite adds takes after it."""
    path = Path(name or MEMORY)
    if name not in (None, "", MEMORY) and path.parent.is_dir() and not path.exists():
        path.touch(mode=0o600)


def _set_pragmas(connection: Any, record: object) -> None:
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")
