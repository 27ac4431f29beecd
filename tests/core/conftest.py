"""An app with a few views of its own, to see what the core does to any view."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from forum import create_app
from forum.extensions import db, limiter
from tests import cast
from tests.core.probing import probing_views
from tests.databases import Database

MakeProbe = Callable[..., Flask]


@pytest.fixture
def make_probe(app: Flask, database: Database) -> Iterator[MakeProbe]:
    """`make_probe(SETTING=value)` is an app like the one under test, with `probing_views`."""
    made: list[Flask] = []

    def make(**settings: Any) -> Flask:
        usual = {
            "DATABASE_URL": database.address,
            "DATA_DIR": app.config["DATA_DIR"],
            "SECRET_KEY": app.secret_key,
            "SITE_URL": cast.SITE_URL,
        }
        limited = limiter.enabled
        probe = create_app(**{**usual, **settings})
        limiter.enabled = limited
        probe.register_blueprint(probing_views())
        probe.test_client_class = cast.Browser
        made.append(probe)
        return probe

    # There is one limiter for all apps, and it counts where the newest of them says.
    before = dict(vars(limiter))
    limiter.reset()
    yield make
    vars(limiter).update(before)
    for probe in made:
        with probe.app_context():
            db.engine.dispose()


@pytest.fixture
def probe(make_probe: MakeProbe) -> cast.Browser:
    """A visitor of the probing app."""
    client = make_probe().test_client()
    assert isinstance(client, cast.Browser)
    return client
