"""`forum check`: what is fit to serve people with, and what is not."""

from __future__ import annotations

import shutil
import stat
from collections import namedtuple
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade

from forum import create_app
from forum.core import clock
from forum.extensions import db, limiter
from forum.jobs.models import OutboxRow
from tests.servers.postgresql import PostgreSQLDatabases
from tests.servers.redis import RedisServer
from tests.servers.smtp import MailServer

KEY = "k" * 40
HTTPS = {"SITE_URL": "https://forum.example", "SECRET_KEY": KEY}
NOBODY = "127.0.0.1:9"

Installation = Callable[..., Flask]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """`installation(SETTING=value)` is a new one, with its tables up to date."""
    made: list[Flask] = []
    limited = limiter.enabled

    def install(*, migrated: bool = True, **settings: Any) -> Flask:
        unset = {"DATABASE_URL": "", "REDIS_URL": "", "MAIL_URL": ""}
        app = create_app(**{"DATA_DIR": tmp_path / "data", **unset, **settings})
        made.append(app)
        if migrated:
            with app.app_context():
                upgrade()
        return app

    yield install
    limiter.enabled = limited
    for app in made:
        with app.app_context():
            db.engine.dispose()


def check(app: Flask) -> tuple[int, dict[str, str]]:
    """The exit code, and the line about each setting."""
    result = app.test_cli_runner().invoke(args=["check"])
    lines = [line for line in result.output.splitlines() if ": " in line]
    return result.exit_code, {line.split()[1].rstrip(":"): line for line in lines}


def unfit(app: Flask) -> set[str]:
    code, lines = check(app)
    found = {name for name, line in lines.items() if line.startswith("UNFIT")}
    assert code == (1 if found else 0)
    return found - {"to"}


def test_a_new_installation_on_this_machine_is_fit(installation: Installation) -> None:
    code, lines = check(installation())
    assert code == 0
    assert len(lines) >= 14
    assert lines["DATABASE_URL"].endswith("SQLite answers, and its tables are up to date.")


def test_every_setting_has_its_line(installation: Installation) -> None:
    from config import Settings

    _, lines = check(installation())
    assert set(Settings.model_fields) <= set(lines)


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        (HTTPS, {"MAIL_URL"}),
        ({**HTTPS, "MAIL_URL": f"smtp://{NOBODY}"}, {"MAIL_URL"}),
        ({**HTTPS, "MAIL_URL": f"smtps://user:secret@{NOBODY}"}, {"MAIL_URL"}),
        ({"SITE_URL": "http://forum.example"}, {"SITE_URL", "MAIL_URL"}),
        ({**HTTPS, "RATELIMIT_ENABLED": False}, {"MAIL_URL", "RATELIMIT_ENABLED"}),
        ({"REDIS_URL": f"redis://{NOBODY}", "SECRET_KEY": KEY}, {"REDIS_URL"}),
    ],
)
def test_what_is_unfit_is_named(
    installation: Installation, settings: dict[str, Any], what: set[str]
) -> None:
    assert unfit(installation(**settings)) == what


def test_a_real_installation_is_fit_with_mail_and_redis(
    installation: Installation, redis: RedisServer
) -> None:
    server = MailServer()
    server.start()
    settings = {**HTTPS, "MAIL_URL": server.address, "REDIS_URL": redis.address}
    code, lines = check(installation(**settings, TRUSTED_PROXIES=1))
    server.stop()
    assert code == 0, lines


def test_secrets_are_never_shown(installation: Installation) -> None:
    app = installation(**{**HTTPS, "MAIL_URL": f"smtp://user:secret@{NOBODY}"})
    said = str(check(app))
    assert "secret@" not in said
    assert KEY not in said


def test_tables_of_another_version_are_unfit(installation: Installation) -> None:
    assert "DATABASE_URL" in unfit(installation(migrated=False))


def test_a_database_that_is_away_is_unfit(installation: Installation) -> None:
    address = f"postgresql://forum:secret@{NOBODY}/forum"
    app = installation(migrated=False, DATABASE_URL=address, SECRET_KEY=KEY)
    code, lines = check(app)
    assert code == 1
    assert "cannot be reached" in lines["DATABASE_URL"]
    assert "secret" not in str(lines)


def test_a_postgresql_that_is_up_to_date_is_fit(
    installation: Installation, postgresql: PostgreSQLDatabases
) -> None:
    app = installation(DATABASE_URL=postgresql.create("check"), SECRET_KEY=KEY)
    assert check(app)[1]["DATABASE_URL"].endswith(
        "PostgreSQL answers, and its tables are up to date."
    )


def test_a_key_that_others_can_read_is_unfit(installation: Installation) -> None:
    app = installation()
    (Path(app.config["DATA_DIR"]) / "secret_key").chmod(0o644)
    assert unfit(app) == {"SECRET_KEY"}


def test_a_data_folder_that_others_can_look_into_is_unfit(installation: Installation) -> None:
    app = installation()
    Path(app.config["DATA_DIR"]).chmod(0o755)
    assert unfit(app) == {"DATA_DIR"}


def test_a_disk_that_is_nearly_full_is_unfit(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    almost = namedtuple("almost", "total used free")(10**9, 10**9 - 3 * 2**20, 3 * 2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: almost)
    app = installation()
    assert unfit(app) == {"DATA_DIR"}
    assert "3 MB are left" in check(app)[1]["DATA_DIR"]


def test_nobody_else_can_read_a_new_database(installation: Installation) -> None:
    folder = Path(installation().config["DATA_DIR"])
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.glob("forum.db*")}
    assert "forum.db" in modes
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize(("age", "is_unfit"), [(5, False), (30, True)])
def test_work_that_nobody_does_is_unfit(
    installation: Installation, age: int, is_unfit: bool
) -> None:
    app = installation()
    with app.app_context():
        moment = clock.now() - timedelta(minutes=age)
        db.session.add(OutboxRow(kind="x", payload={}, created_at=moment, next_at=moment))
        db.session.commit()
    assert unfit(app) == ({"Work"} if is_unfit else set())


def test_work_that_was_given_up_is_mentioned(installation: Installation) -> None:
    app = installation()
    with app.app_context():
        now = clock.now()
        row = OutboxRow(kind="x", payload={}, created_at=now, next_at=now, given_up_at=now)
        db.session.add(row)
        db.session.commit()
    assert check(app)[1]["Work"].startswith("advice")
