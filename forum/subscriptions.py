"""Every side effect, in four tables: read them to know what follows from what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from forum.core import events
from forum.jobs import outbox
from forum.jobs.worker import Appointment
from forum.mail import jobs as mail_jobs

# event -> who hears of it, in the same transaction
HANDLERS: Mapping[type, tuple[Callable[[Any], None], ...]] = {}

# kind of outbox row -> the function that does it
JOBS: Mapping[str, Callable[..., object]] = {
    mail_jobs.DELIVER: mail_jobs.deliver,
}

# name of a letter -> who writes it
LETTERS: Mapping[str, mail_jobs.Writer] = {}

# what the worker does by the clock
TIMETABLE: tuple[Appointment, ...] = (Appointment(outbox.forget_done, minute="17", hour="3"),)


def install() -> None:
    events.subscribe(HANDLERS)
    outbox.install(JOBS)
    mail_jobs.install(LETTERS)
