"""Settings: what does not fit stops the start with one sentence that names it."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from config import ConfigurationError, Settings, load_settings

ROOT = Path(__file__).parents[2]
LONG_KEY = "k" * 32
POSTGRESQL = "postgresql://forum@db/forum"

UNFIT: list[tuple[dict[str, Any], str]] = [
    ({"DATABASE_URL": "mysql://db/forum"}, "DATABASE_URL must begin with sqlite://"),
    ({"REDIS_URL": "http://cache"}, "REDIS_URL must begin with redis://"),
    ({"SECRET_KEY": "short"}, "SECRET_KEY must have at least 32 characters"),
    ({"DATABASE_URL": POSTGRESQL}, "SECRET_KEY must be given when PostgreSQL or Redis is set"),
    ({"REDIS_URL": "redis://cache"}, "SECRET_KEY must be given when PostgreSQL or Redis is set"),
    ({"SITE_URL": "forum.example"}, "SITE_URL must be an address like"),
    ({"SITE_URL": "https://forum.example/here"}, "SITE_URL must be an address like"),
    ({"SITE_URL": "ftp://forum.example"}, "SITE_URL must be an address like"),
    ({"SITE_NAME": "  "}, "SITE_NAME must be one line of text"),
    ({"SITE_NAME": "Two\nlines"}, "SITE_NAME must be one line of text"),
    ({"MAIL_URL": "mail.example:25"}, "MAIL_URL needs a host"),
    ({"MAIL_URL": "imap://mail.example"}, "MAIL_URL must begin with smtp://"),
    ({"STORAGE_URL": "ftp://files"}, "STORAGE_URL must begin with s3://"),
    ({"TRUSTED_PROXIES": "many"}, "TRUSTED_PROXIES"),
    ({"TRUSTED_PROXIES": "9"}, "TRUSTED_PROXIES"),
    ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES"),
    ({"RATELIMIT_ENABLED": "perhaps"}, "RATELIMIT_ENABLED"),
    ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL must be DEBUG"),
]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))


@pytest.mark.parametrize(("given", "sentence"), UNFIT)
def test_a_value_that_does_not_fit_is_told_in_one_sentence_that_names_it(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], sentence: str
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError) as caught:
        load_settings()
    message = caught.value.message
    assert message.startswith(sentence)
    assert message.endswith(".")
    assert message.count("\n") == 0


def test_a_data_folder_that_cannot_be_made_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(
        ConfigurationError, match=r"^DATA_DIR .* cannot be made: Not a directory\.$"
    ):
        load_settings(DATA_DIR=tmp_path / "file" / "below")


def test_a_command_prints_the_sentence_and_nothing_of_python(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "forum", "check"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(tmp_path), "MAIL_URL": "imap://mail.example"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "Error: MAIL_URL must begin with smtp:// or smtps://.\n"


def test_every_setting_has_a_default_that_runs_and_a_line_of_help() -> None:
    settings = load_settings()
    assert settings.database_address.startswith("sqlite:///")
    for name, field in Settings.model_fields.items():
        assert field.description, name


def test_a_key_nobody_gave_is_made_once_and_kept_where_only_the_owner_reads(tmp_path: Path) -> None:
    first, second = load_settings().SECRET_KEY, load_settings().SECRET_KEY
    kept = tmp_path / "secret_key"
    assert first == second == kept.read_text()
    assert len(first) == 64
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    command = "from config import load_settings; print(load_settings().SECRET_KEY)"

    def start() -> str:
        done = subprocess.run(
            [sys.executable, "-c", command],
            cwd=ROOT,
            env={**os.environ, "DATA_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(lambda _: start(), range(4)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_full_disk_keeps_no_forum_from_starting_with_the_key_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = load_settings().SECRET_KEY
    fill_the_disk(monkeypatch)
    assert key == load_settings().SECRET_KEY


def test_a_key_that_cannot_be_kept_is_said_in_one_sentence_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_the_disk(monkeypatch)
    with pytest.raises(ConfigurationError, match=r"^SECRET_KEY .* No space left on device\.$"):
        load_settings()
    assert list(tmp_path.iterdir()) == []


def test_a_kept_key_that_is_empty_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()
    with pytest.raises(ConfigurationError, match=r"^SECRET_KEY .* too short"):
        load_settings()


def fill_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, text: str) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_text", refuse)


def test_a_key_that_was_given_is_written_nowhere(tmp_path: Path) -> None:
    assert load_settings(SECRET_KEY=LONG_KEY).SECRET_KEY == LONG_KEY
    assert list(tmp_path.iterdir()) == []


def test_postgresql_is_reached_by_the_driver_that_we_ship() -> None:
    settings = load_settings(DATABASE_URL=POSTGRESQL, SECRET_KEY=LONG_KEY)
    assert settings.database_address == "postgresql+psycopg://forum@db/forum"


@pytest.mark.parametrize(
    ("site", "loopback", "https", "sender"),
    [
        ("http://127.0.0.1:8000", True, False, "no-reply@127.0.0.1"),
        ("http://localhost/", True, False, "no-reply@localhost"),
        ("https://forum.example", False, True, "no-reply@forum.example"),
        ("http://[::1]:8000", True, False, "no-reply@::1"),
    ],
)
def test_what_follows_from_the_address_of_the_site(
    site: str, loopback: bool, https: bool, sender: str
) -> None:
    settings = load_settings(SITE_URL=site)
    assert (settings.on_loopback, settings.on_https) == (loopback, https)
    assert settings.mail_sender == sender
    assert not settings.SITE_URL.endswith("/")
