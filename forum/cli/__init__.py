"""The commands: `bin/forum COMMAND`."""

from __future__ import annotations

from flask import Flask

from forum.cli.check import check
from forum.cli.demo.command import demo
from forum.cli.members import members
from forum.cli.rerender import rerender
from forum.cli.seed import seed
from forum.cli.worker import worker

COMMANDS = (check, demo, members, rerender, seed, worker)


def register(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
