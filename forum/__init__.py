"""Next Chapter: a support community. `create_app` puts the house together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask

from config import Settings, load_settings
from forum import blueprints, cli, extensions, panels, subscriptions
from forum.core import access, settings_of_flask
from forum.parts import PARTS

MIGRATIONS = Path(__file__).parents[1] / "migrations"


def create_app(settings: Settings | None = None, **given: Any) -> Flask:
    """The forum, ready to serve. Raises `ConfigurationError` for a setting that does not fit."""
    app = Flask(__name__, static_folder=None, template_folder="../templates")
    settings_of_flask.apply(app, settings or load_settings(**given))
    for part in PARTS:
        part.init_app(app)
    _bind_migrations(app)
    blueprints.register(app)
    subscriptions.install()
    panels.install()
    cli.register(app)
    access.refuse_undeclared_views(app)
    return app


def _bind_migrations(app: Flask) -> None:
    extensions.migrate.init_app(
        app, extensions.db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True
    )
