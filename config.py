"""Every setting of the forum, once: its type, its default and one line of help.

Settings come from the environment. A value that does not fit stops the start with one
sentence that names the setting (`ConfigurationError`).
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from click import ClickException
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DATABASE_SCHEMES = ("sqlite", "postgresql", "postgresql+psycopg")
MAIL_SCHEMES = ("smtp", "smtps")
REDIS_SCHEMES = ("redis", "rediss", "unix")
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
SHORTEST_SECRET_KEY = 32


class ConfigurationError(ClickException):
    """A setting that cannot be used; its message is one sentence naming the setting.

    Commands print that sentence and no traceback.
    """


class Settings(BaseSettings):
    """The forum's settings, read from the environment variables of the same names."""

    model_config = SettingsConfigDict(case_sensitive=True, extra="ignore", frozen=False)

    DATA_DIR: Path = Field(Path("var"), description="Folder for everything kept on this machine.")
    DATABASE_URL: str = Field("", description="Database; empty means SQLite in DATA_DIR.")
    REDIS_URL: str = Field("", description="Redis for rate limits shared by several machines.")
    SECRET_KEY: str = Field("", description="Signs tokens; empty means made once in DATA_DIR.")
    SITE_URL: str = Field("http://127.0.0.1:8000", description="The address people type.")
    SITE_NAME: str = Field("Next Chapter", description="The name on pages and in letters.")
    MAIL_URL: str = Field("", description="smtp://user:pass@host:port; empty: DATA_DIR/mail.")
    MAIL_FROM: str = Field("", description="Sender of letters; empty: no-reply at the site.")
    STORAGE_URL: str = Field("", description="Object storage for files; empty means DATA_DIR.")
    TRUSTED_PROXIES: int = Field(0, ge=0, le=5, description="Proxies whose headers are believed.")
    RATELIMIT_ENABLED: bool = Field(True, description="Limit how fast one person may act.")
    LOG_LEVEL: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")
    STAFFED_HOURS: str = Field(
        "", description="When moderators are here, in words; empty: no fixed hours."
    )

    @field_validator("DATA_DIR")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @field_validator("DATABASE_URL")
    @classmethod
    def _known_database(cls, value: str) -> str:
        return _with_scheme(value, DATABASE_SCHEMES)

    @field_validator("MAIL_URL")
    @classmethod
    def _known_mail(cls, value: str) -> str:
        if value and not urlsplit(value).hostname:
            raise ValueError("needs a host, like smtp://user:password@mail.example:587")
        return _with_scheme(value, MAIL_SCHEMES)

    @field_validator("REDIS_URL")
    @classmethod
    def _known_redis(cls, value: str) -> str:
        return _with_scheme(value, REDIS_SCHEMES)

    @field_validator("STORAGE_URL")
    @classmethod
    def _known_storage(cls, value: str) -> str:
        return _with_scheme(value, ("s3", "file"))

    @field_validator("SITE_URL")
    @classmethod
    def _web_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
            raise ValueError("must be an address like https://forum.example, without a path")
        return value.rstrip("/")

    @field_validator("SITE_NAME")
    @classmethod
    def _one_line(cls, value: str) -> str:
        if not value.strip() or any(character in value for character in "\r\n"):
            raise ValueError("must be one line of text")
        return value.strip()

    @field_validator("LOG_LEVEL")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @model_validator(mode="after")
    def _shared_key_is_given(self) -> Self:
        shared = self.REDIS_URL or self.uses_postgresql
        if shared and not self.SECRET_KEY:
            raise ValueError(
                "SECRET_KEY must be given when PostgreSQL or Redis is set, "
                "because several machines share it"
            )
        if self.SECRET_KEY and len(self.SECRET_KEY) < SHORTEST_SECRET_KEY:
            raise ValueError(f"SECRET_KEY must have at least {SHORTEST_SECRET_KEY} characters")
        return self

    @property
    def uses_postgresql(self) -> bool:
        return self.DATABASE_URL.startswith("postgresql")

    @property
    def database_address(self) -> str:
        """The SQLAlchemy address of the database, with the driver that we ship."""
        if not self.DATABASE_URL:
            return f"sqlite:///{self.DATA_DIR / 'forum.db'}"
        return self.DATABASE_URL.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def on_https(self) -> bool:
        return self.SITE_URL.startswith("https://")

    @property
    def site_host(self) -> str:
        return urlsplit(self.SITE_URL).hostname or ""

    @property
    def on_loopback(self) -> bool:
        return self.site_host in LOOPBACK_HOSTS

    @property
    def mail_sender(self) -> str:
        return self.MAIL_FROM or f"no-reply@{self.site_host or 'localhost'}"


def _with_scheme(value: str, schemes: tuple[str, ...]) -> str:
    if value and urlsplit(value).scheme not in schemes:
        raise ValueError(f"must begin with {' or '.join(scheme + '://' for scheme in schemes)}")
    return value


def load_settings(**given: Any) -> Settings:
    """Read the environment (`given` wins over it) and make the data folder and the key.

    Raises `ConfigurationError` with one sentence that names the setting.
    """
    try:
        settings = Settings(**given)
    except ValidationError as error:
        raise ConfigurationError(_one_sentence(error)) from error
    _make_data_dir(settings.DATA_DIR)
    if not settings.SECRET_KEY:
        settings.SECRET_KEY = _kept_key(settings.DATA_DIR / "secret_key")
    return settings


def _one_sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    reason = str(first["msg"]).removeprefix("Value error, ")
    name = str(first["loc"][0]) if first["loc"] else ""
    return f"{name} {reason}." if name else f"{reason}."


def _make_data_dir(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ConfigurationError(f"DATA_DIR {folder} cannot be made: {error.strerror}.") from error


def _kept_key(path: Path) -> str:
    """Read the key, or make it where there is none yet."""
    try:
        kept = path.read_text().strip() if path.exists() else _new_key(path)
    except OSError as error:
        raise ConfigurationError(
            f"SECRET_KEY cannot be read from or kept in {path}: {error.strerror}."
        ) from error
    if len(kept) < SHORTEST_SECRET_KEY:
        raise ConfigurationError(f"SECRET_KEY in {path} is too short; remove that file.")
    return kept


def _new_key(path: Path) -> str:
    """Make and keep a key; two processes that start together agree on one."""
    fresh = secrets.token_hex(32)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.touch(mode=0o600)
        draft.write_text(fresh)
        os.link(draft, path)
    except FileExistsError:
        return path.read_text().strip()
    finally:
        draft.unlink(missing_ok=True)
    return fresh
