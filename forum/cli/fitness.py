"""What makes an installation fit to serve, a finding for each setting. Secrets are never shown."""

from __future__ import annotations

import shutil
import smtplib
import stat
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from config import Settings
from forum.core import clock
from forum.extensions import db
from forum.jobs.models import OutboxRow

PATIENCE_S = 5
OLDEST_DUE = timedelta(minutes=10)
LEAST_FREE_BYTES = 200 * 2**20


class State(Enum):
    FIT = "fit"
    ADVICE = "advice"
    UNFIT = "UNFIT"


class Finding(NamedTuple):
    """What one setting is like; `sentence` says what to do where something is to be done."""

    about: str
    state: State
    sentence: str


def findings() -> Iterator[Finding]:
    settings: Settings = current_app.config["SETTINGS"]
    for name, look in LOOKS.items():
        yield Finding(name, *look(settings))
    yield Finding("Work for later", *_work_for_later())


Look = tuple[State, str]


def fit(sentence: str) -> Look:
    return State.FIT, sentence


def advice(sentence: str) -> Look:
    return State.ADVICE, sentence


def unfit(sentence: str) -> Look:
    return State.UNFIT, sentence


def _data_dir(settings: Settings) -> Look:
    try:
        tempfile.TemporaryFile(dir=settings.DATA_DIR).close()
        free = shutil.disk_usage(settings.DATA_DIR).free
    except OSError as error:
        return unfit(f"{settings.DATA_DIR} cannot be written to: {error.strerror}.")
    if free < LEAST_FREE_BYTES:
        return unfit(f"the disk of {settings.DATA_DIR} is nearly full ({free >> 20} MB are left).")
    if _open_to_others(settings.DATA_DIR, stat.S_IRWXO):
        return unfit(
            f"others on this machine can look into {settings.DATA_DIR}. "
            f"Run `chmod 700 {settings.DATA_DIR}`."
        )
    return fit(f"{settings.DATA_DIR} can be written to, and others cannot look into it.")


def _open_to_others(path: Path, bits: int) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & bits)


def _database(settings: Settings) -> Look:
    try:
        behind = _steps_behind()
    except SQLAlchemyError as error:
        return unfit(f"the database cannot be reached ({type(error).__name__}).")
    if behind:
        return unfit("the tables are not those of this version. Run `forum db upgrade`.")
    kind = "PostgreSQL" if settings.uses_postgresql else "SQLite"
    return fit(f"{kind} answers, and its tables are up to date.")


def _steps_behind() -> bool:
    scripts = ScriptDirectory(current_app.extensions["migrate"].directory)
    with db.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_heads()
    return set(present) != set(scripts.get_heads())


def _redis(settings: Settings) -> Look:
    if not settings.REDIS_URL:
        return fit("not set; limits are counted in each process, which suits one machine.")
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE_S) as connection:
            connection.ping()
    except RedisError as error:
        return unfit(f"Redis cannot be reached ({type(error).__name__}).")
    return fit("Redis answers.")


def _secret_key(settings: Settings) -> Look:
    kept = settings.DATA_DIR / "secret_key"
    if not kept.exists():
        return fit("given in the environment.")
    if _open_to_others(kept, stat.S_IRWXG | stat.S_IRWXO):
        return unfit(f"others can read {kept}. Run `chmod 600 {kept}`.")
    return fit(f"kept in {kept}, which nobody else can read.")


def _site_url(settings: Settings) -> Look:
    if settings.on_loopback:
        return fit(f"{settings.SITE_URL}, for this machine only.")
    if not settings.on_https:
        return unfit("people are reached over http. Put https in front, and say so here.")
    return fit(f"{settings.SITE_URL}, over https.")


def _site_name(settings: Settings) -> Look:
    return fit(f"{settings.SITE_NAME}.")


def _mail_url(settings: Settings) -> Look:
    if not settings.MAIL_URL:
        if settings.on_loopback:
            return fit(f"not set; letters go to {settings.DATA_DIR / 'mail'}.")
        return unfit("not set, so nobody can confirm their address. Give a mail server.")
    parts = urlsplit(settings.MAIL_URL)
    secure = parts.scheme == "smtps"
    server = smtplib.SMTP_SSL if secure else smtplib.SMTP
    try:
        with server(parts.hostname or "", parts.port or 0, timeout=PATIENCE_S) as connection:
            connection.noop()
    except (OSError, smtplib.SMTPException) as error:
        return unfit(f"the mail server cannot be reached ({type(error).__name__}).")
    return fit("the mail server answers.")


def _mail_from(settings: Settings) -> Look:
    return fit(f"letters come from {settings.mail_sender}.")


def _storage(settings: Settings) -> Look:
    if settings.STORAGE_URL:
        return fit("set.")
    return fit(f"not set; files are kept in {settings.DATA_DIR}.")


def _trusted_proxies(settings: Settings) -> Look:
    if settings.on_https and not settings.TRUSTED_PROXIES:
        return advice("0, but https usually means a proxy: all people then share its limits.")
    return fit(f"{settings.TRUSTED_PROXIES}.")


def _rate_limits(settings: Settings) -> Look:
    if settings.RATELIMIT_ENABLED:
        return fit("on.")
    return fit("off.") if settings.on_loopback else unfit("off. Guessing passwords is then easy.")


def _log_level(settings: Settings) -> Look:
    return fit(f"{settings.LOG_LEVEL}.")


def _staffed_hours(settings: Settings) -> Look:
    return fit(settings.STAFFED_HOURS or "not set; pages promise no fixed hours.")


def _work_for_later() -> Look:
    due = OutboxRow.done_at.is_(None) & OutboxRow.given_up_at.is_(None)
    try:
        oldest = db.session.scalar(select(func.min(OutboxRow.next_at)).where(due))
        given_up = db.session.scalar(select(func.count()).where(OutboxRow.given_up_at.is_not(None)))
    except SQLAlchemyError:
        return unfit("cannot be read.")
    if oldest is not None and clock.now() - oldest > OLDEST_DUE:
        return unfit("something has been due for long. Is the worker running?")
    if given_up:
        return advice(f"{given_up} pieces were given up; the log says why.")
    return fit("nothing waits longer than it should.")


LOOKS: dict[str, Callable[[Settings], Look]] = {
    "DATA_DIR": _data_dir,
    "DATABASE_URL": _database,
    "REDIS_URL": _redis,
    "SECRET_KEY": _secret_key,
    "SITE_URL": _site_url,
    "SITE_NAME": _site_name,
    "MAIL_URL": _mail_url,
    "MAIL_FROM": _mail_from,
    "STORAGE_URL": _storage,
    "TRUSTED_PROXIES": _trusted_proxies,
    "RATELIMIT_ENABLED": _rate_limits,
    "LOG_LEVEL": _log_level,
    "STAFFED_HOURS": _staffed_hours,
}
