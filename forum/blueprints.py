"""The rooms with a door to the web."""

from __future__ import annotations

from flask import Flask

from forum.home.routes import home

DOORS = (home,)


def register(app: Flask) -> None:
    for door in DOORS:
        app.register_blueprint(door)
