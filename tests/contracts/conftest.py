"""Databases of their own for the tests of the schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from forum import create_app
from forum.extensions import db, limiter


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_app(request: pytest.FixtureRequest, whole_app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """An app upon an empty database, once of each kind, in a context of its own."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        address = request.getfixturevalue("postgresql").create("empty")
    limited = limiter.enabled
    app = create_app(
        DATABASE_URL=address,
        DATA_DIR=whole_app.config["DATA_DIR"],
        SECRET_KEY=whole_app.secret_key,
        SITE_URL=whole_app.config["SITE_URL"],
    )
    limiter.enabled = limited
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
