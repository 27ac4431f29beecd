"""The rooms with a door to the web."""

from __future__ import annotations

from flask import Flask

from forum.accounts.routes import accounts
from forum.guide.routes import guide
from forum.home.routes import home
from forum.moderation.routes import moderation
from forum.privacy.routes import privacy
from forum.safety.routes import safety
from forum.threads.routes import threads

DOORS = (
    accounts,
    guide,
    home,
    privacy,
    moderation,
    safety,
    threads,
)


def register(app: Flask) -> None:
    for door in DOORS:
        app.register_blueprint(door)
