"""A guide of three parts, seeded from files of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from forum.extensions import db
from forum.guide.seeding import seed_guide
from tests.guide.parts import write_part


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The folder of the guide's files."""
    folder = tmp_path / "guide"
    folder.mkdir()
    write_part(folder, "start", 1, title="Start here", short_title="Start", questions=[])
    write_part(folder, "fade", 2, unconfirmed=["That it is the same everywhere"])
    write_part(folder, "disclaimer", 3, title="What this is", body="Not advice.\n\n## Next\n\nAsk.")
    return folder


@pytest.fixture
def guide(app: Flask, content: Path) -> Path:
    """The seeded guide; returns the folder of its files."""
    seed_guide(content)
    db.session.commit()
    return content
