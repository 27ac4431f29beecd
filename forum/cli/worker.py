"""The worker: letters and everything else that is done later."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from forum.subscriptions import TIMETABLE


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Do what is due, until stopped; a stop lets the present piece of work finish."""
    current_app.extensions["wakeups"].run(TIMETABLE)
