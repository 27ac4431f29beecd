"""What every test may ask for.

`app` comes with a database of its own, a copy of a template that has all topics; `client` is a
visitor, `sign_in(member)` a browser with a real session. The people are `patient`, `caregiver`
and so on; rows are made by `make_thread` and `make_post`, letters are read by `letters()`.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade

from forum import create_app
from forum.accounts.models import Block, Member
from forum.core import clock
from forum.core.database import writing
from forum.core.logs import JsonLines
from forum.extensions import cache, db, limiter
from forum.topics.seeding import seed_topics
from tests import cast
from tests.databases import Database, PostgreSQLCopy, SQLiteFile
from tests.servers.postgresql import PostgreSQLDatabases, postgresql_server
from tests.servers.redis import RedisServer, redis_server
from tests.servers.smtp import MailServer

IN_MEMORY = Path("/dev/shm")  # a Linux convention; elsewhere it is not there
ROOM_BYTES = 512 * 1024 * 1024


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="the database of the app under test",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run what reaches the database; a page looks the same to Chromium on both."""
    if config.getoption("--database") == "sqlite":
        return
    skipped = [item for item in items if not _reaches_database(item)]
    config.hook.pytest_deselected(items=skipped)
    items[:] = [item for item in items if item not in skipped]


def _reaches_database(item: pytest.Item) -> bool:
    names = getattr(item, "fixturenames", ())
    return "database" in names and "browser" not in item.path.parts


# ---------------------------------------------------------------- the app and its database


@pytest.fixture(scope="session")
def worker_name() -> str:
    """The name of this test process, when several run beside each other."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def postgresql(worker_name: str) -> Iterator[PostgreSQLDatabases]:
    """A real PostgreSQL on which databases can be made."""
    with postgresql_server() as address:
        yield PostgreSQLDatabases(address, f"next_chapter_{worker_name}")


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The database of the app under test, as `--database` says."""
    if request.config.getoption("--database") == "postgresql":
        yield PostgreSQLCopy(request.getfixturevalue("postgresql"))
        return
    with TemporaryDirectory(prefix="forum-tests-", dir=_fast_folder()) as folder:
        yield SQLiteFile(Path(folder))


def _fast_folder() -> str | None:
    """A folder in memory where there is room: each commit waits for the disk otherwise."""
    usable = IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK)
    return str(IN_MEMORY) if usable and shutil.disk_usage(IN_MEMORY).free > ROOM_BYTES else None


@pytest.fixture(scope="session")
def whole_app(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The one application of this test process; tests ask for `app`."""
    app = create_app(
        DATABASE_URL=database.address,
        DATA_DIR=tmp_path_factory.mktemp("data"),
        SECRET_KEY="only-for-tests-" * 4,
        SITE_URL=cast.SITE_URL,
        MAIL_URL="",
        REDIS_URL="",
        RATELIMIT_ENABLED=True,
    )
    app.testing = True
    app.test_client_class = cast.Browser
    with app.app_context():
        upgrade()
        seed_topics()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
        database.keep_as_template()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(whole_app: Flask, database: Database) -> Iterator[Flask]:
    """The application with a fresh database, inside a context for the test's own session."""
    limiter.enabled = False
    database.renew()
    _clear_mail(whole_app)
    context = whole_app.app_context()
    context.push()
    # Reading in a test must not keep a request waiting for the one write lock of SQLite.
    token = writing.set(False)
    cache.clear()
    yield whole_app
    writing.reset(token)
    db.session.remove()
    db.engine.dispose()
    context.pop()


@pytest.fixture
def rate_limits(app: Flask) -> Iterator[None]:
    """Rate limits on, as they are for people; otherwise tests run without."""
    limiter.reset()
    limiter.enabled = True
    yield
    limiter.enabled = False


def _clear_mail(app: Flask) -> None:
    cast.MailFolder(app).clear()


# ---------------------------------------------------------------- browsers


@pytest.fixture
def client(app: Flask) -> cast.Browser:
    """A visitor."""
    visitor = app.test_client()
    assert isinstance(visitor, cast.Browser)
    return visitor


@pytest.fixture
def sign_in(app: Flask) -> Callable[[Member], cast.Browser]:
    """`sign_in(member)` is a browser in which that member is signed in."""
    return lambda member: cast.signed_in(app, member)


@pytest.fixture
def form_post() -> Callable[..., Any]:
    """`form_post(client, url, {...})` posts a form with its CSRF token."""
    return cast.form_post


@pytest.fixture
def count_queries(app: Flask) -> Callable[..., Any]:
    """`with count_queries() as statements:` lists the SQL statements that run inside."""
    return cast.counted_statements


# ---------------------------------------------------------------- people


@pytest.fixture
def patient(app: Flask) -> Member:
    return cast.make_member("Maple", "patient")


@pytest.fixture
def caregiver(app: Flask) -> Member:
    return cast.make_member("Harbor", "caregiver")


@pytest.fixture
def family(app: Flask) -> Member:
    return cast.make_member("Lantern", "family")


@pytest.fixture
def bereaved(app: Flask) -> Member:
    return cast.make_member("Willow", "bereaved")


@pytest.fixture
def newcomer(app: Flask) -> Member:
    """Joined a moment ago."""
    return cast.make_member("Sparrow", "patient", joined_at=clock.now())


@pytest.fixture
def blocked(app: Flask, patient: Member) -> Member:
    """Somebody whom `patient` has blocked."""
    member = cast.make_member("Bramble", "patient")
    row = Block(blocker_id=patient.id, blocked_id=member.id, created_at=clock.now())
    db.session.add(row)
    db.session.commit()
    return member


@pytest.fixture
def suspended(app: Flask) -> Member:
    """Suspended for another week."""
    return cast.make_member("Thicket", suspended_until=clock.now() + timedelta(days=7))


@pytest.fixture
def welcomer(app: Flask) -> Member:
    return cast.make_member("Porch", rank="welcomer")


@pytest.fixture
def editor(app: Flask) -> Member:
    return cast.make_member("Quill", rank="editor")


@pytest.fixture
def moderator(app: Flask) -> Member:
    return cast.make_member("Beacon", rank="moderator")


@pytest.fixture
def second_moderator(app: Flask) -> Member:
    return cast.make_member("Anchor", rank="moderator")


@pytest.fixture
def administrator(app: Flask) -> Member:
    return cast.make_member("Keeper", rank="administrator")


# ---------------------------------------------------------------- rows, letters, lines


@pytest.fixture
def make_member(app: Flask) -> Callable[..., Member]:
    return cast.make_member


@pytest.fixture
def make_thread(app: Flask) -> Callable[..., Any]:
    return cast.make_thread


@pytest.fixture
def make_post(app: Flask) -> Callable[..., Any]:
    return cast.make_post


@pytest.fixture
def letters(app: Flask) -> cast.MailFolder:
    """`letters()` lets the worker send what is due and returns all letters so far."""
    return cast.MailFolder(app)


@pytest.fixture
def outbox(app: Flask) -> Callable[[], Any]:
    """`outbox()` lists the work that is still to be done."""
    return cast.pending


@pytest.fixture
def log_lines(app: Flask) -> Iterator[list[dict[str, Any]]]:
    """The log's lines, as a reader of the log would parse them."""
    lines: list[dict[str, Any]] = []
    formatter = JsonLines()

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(json.loads(formatter.format(record)))

    handler = Keep()
    logging.getLogger("forum").addHandler(handler)
    yield lines
    logging.getLogger("forum").removeHandler(handler)


# ---------------------------------------------------------------- other servers


@pytest.fixture
def mail_server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A mail server that the forum delivers to, instead of the folder."""
    server = MailServer()
    server.start()
    monkeypatch.setitem(app.config, "MAIL_URL", server.address)
    yield server
    server.stop()


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    """A real Redis."""
    with redis_server() as server:
        yield server
