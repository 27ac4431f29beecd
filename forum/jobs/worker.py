"""The worker: huey wakes it and keeps the timetable; the work itself stands in the outbox.

Huey forgets the task that was running when it is killed, so that nothing but wake-ups are
entrusted to it: a lost one costs at most the minute until the timetable's next.
"""

from __future__ import annotations

import logging
import signal
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from flask import Flask, current_app
from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from huey.serializer import SignedSerializer
from redis.exceptions import RedisError
from sqlalchemy import event
from sqlalchemy.orm import Session

from forum.extensions import db
from forum.jobs import outbox

log = logging.getLogger("forum.jobs")

# How long a wake-up may lie in the file of SQLite unnoticed: somebody waits for a letter.
LONGEST_NAP_S = 1.0


class Appointment(NamedTuple):
    """A piece of work that the timetable repeats: a crontab's minute and hour, in UTC."""

    work: Callable[[], object]
    minute: str
    hour: str = "*"


class PatientConsumer(Consumer):  # type: ignore[misc]
    """Huey's consumer; to it a SIGTERM, too, means to finish the present piece of work."""

    def _set_signal_handlers(self) -> None:
        finish_then_stop = (False, True)
        self._signal_actions = dict.fromkeys((signal.SIGINT, signal.SIGTERM), finish_then_stop)
        super()._set_signal_handlers()


class Wakeups:
    """The wake-up queue of this installation: Redis when it is set, else a file of its own."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.huey = _make_huey(app)
        self.drain = self.huey.task(name="drain")(self._within(outbox.drain))

    def send(self) -> None:
        """Wake the worker. A queue that is away costs a minute, so it is logged and no more."""
        try:
            self.drain()
        except (OSError, RedisError, sqlite3.Error) as error:
            log.warning("worker not woken", extra={"error": type(error).__name__})

    def run(self, timetable: Iterable[Appointment]) -> None:
        """Work until told to stop; a stop lets the present piece finish."""
        for appointment in (Appointment(outbox.drain, "*"), *timetable):
            self._appoint(appointment)
        log.info("worker started")
        PatientConsumer(
            self.huey, worker_type="thread", scheduler_interval=5, max_delay=LONGEST_NAP_S
        ).run()
        log.info("worker stopped")

    def _appoint(self, appointment: Appointment) -> None:
        when = crontab(minute=appointment.minute, hour=appointment.hour)
        work = appointment.work
        name = f"{work.__module__}.{work.__name__}"
        self.huey.periodic_task(when, name=name)(self._within(work))

    def _within(self, work: Callable[[], object]) -> Callable[[], None]:
        def in_context() -> None:
            with self.app.app_context():
                work()
                db.session.commit()

        return in_context


def init_app(app: Flask) -> None:
    app.extensions["wakeups"] = Wakeups(app)


@event.listens_for(db.session, "after_commit")
def _wake(session: Session) -> None:
    """Wake the worker after a commit that left it something to do."""
    if session.info.pop(outbox.FILLED, False):
        current_app.extensions["wakeups"].send()


def _make_huey(app: Flask) -> Huey:
    serializer = SignedSerializer(secret=str(app.secret_key), salt="huey")
    if app.config["REDIS_URL"]:
        return RedisHuey("forum", url=app.config["REDIS_URL"], serializer=serializer)
    path = Path(app.config["DATA_DIR"]) / "wakeups.db"
    # Huey opens it with Python's own SQLite, whose WAL may be faulty: a plain journal will do.
    return SqliteHuey(
        "forum", filename=str(path), fsync=False, journal_mode="truncate", serializer=serializer
    )
