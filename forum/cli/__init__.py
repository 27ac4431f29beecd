"""The commands: `bin/forum COMMAND`."""

from __future__ import annotations

from flask import Flask

from forum.cli.check import check
from forum.cli.rerender import rerender
from forum.cli.worker import worker

COMMANDS = (check, rerender, worker)


def register(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
