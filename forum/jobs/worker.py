"""The worker: huey wakes it and keeps the timetable; the work itself stands in the outbox.

Huey forgets the task that was running when it is killed, so that nothing but wake-ups are
entrusted to it: a lost one costs at most the minute until the timetable's next.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer
from redis.exceptions import RedisError
from sqlalchemy import event
from sqlalchemy.orm import Session

from forum.extensions import db
from forum.jobs import outbox

log = logging.getLogger("forum.jobs")


class Appointment(NamedTuple):
    """A piece of work that the timetable repeats: a crontab's minute and hour, in UTC."""

    work: Callable[[], object]
    minute: str
    hour: str = "*"


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
        self.huey.create_consumer(workers=1, worker_type="thread", scheduler_interval=5).run()

    def _appoint(self, appointment: Appointment) -> None:
        when = crontab(minute=appointment.minute, hour=appointment.hour)
        work = appointment.work
        name = f"{work.__module__}.{work.__name__}"
        self.huey.periodic_task(when, name=name)(self._within(work))

    def _within(self, work: Callable[[], object]) -> Callable[[], None]:
        def in_context() -> None:
            with self.app.app_context():
                work()

        return in_context


def init_app(app: Flask) -> None:
    """Wake the worker after each commit that left it something to do."""
    app.extensions["wakeups"] = wakeups = Wakeups(app)

    @event.listens_for(db.session, "after_commit")
    def wake(session: Session) -> None:
        if session.info.pop(outbox.FILLED, False):
            wakeups.send()


def _make_huey(app: Flask) -> Huey:
    serializer = SignedSerializer(secret=str(app.secret_key), salt="huey")
    if app.config["REDIS_URL"]:
        return RedisHuey("forum", url=app.config["REDIS_URL"], serializer=serializer)
    path = Path(app.config["DATA_DIR"]) / "wakeups.db"
    return SqliteHuey("forum", filename=str(path), fsync=False, serializer=serializer)
