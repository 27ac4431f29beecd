"""The first content: topics, the guide, the house rules and a welcome."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import func, inspect, select

from forum.cli.first_threads import seed_threads
from forum.core.front_matter import FrontMatterError
from forum.extensions import db
from forum.guide import seeding as guide
from forum.safety.call_box import call_box
from forum.safety.help_lines import countries
from forum.topics import seeding as topics

ROOMS = Path(__file__).parents[1]
# Any number will do, as long as every seed waits for the same one.
LOCK = 20_261_122


@dataclass(frozen=True, slots=True)
class Content:
    """The folders that the content is read from."""

    topics: Path = topics.CONTENT
    guide: Path = guide.CONTENT
    threads: Path = ROOMS / "threads" / "content"


@click.command("seed")
@with_appcontext
def seed() -> None:
    """Put in the guide, the topics and the first conversations; safe to run again."""
    if not inspect(db.engine).has_table("topics"):
        raise click.ClickException("The tables are not there yet. Run `forum db upgrade` first.")
    try:
        lines = seed_content()
    except FrontMatterError as error:
        raise click.ClickException(str(error)) from error
    for line in lines:
        click.echo(line)


def seed_content(content: Content | None = None) -> list[str]:
    """Bring the tables up to the content, in one transaction; returns what was done, in lines.

    What people have changed since stays as it is. Raises `FrontMatterError`.
    """
    folders = content or Content()
    _wait_for_other_seeds()
    lines = [
        *topics.seed_topics(folders.topics),
        *guide.seed_guide(folders.guide),
        *seed_threads(folders.threads),
    ]
    db.session.commit()
    return [*lines, _help_lines()]


def _wait_for_other_seeds() -> None:
    """Several machines may start at once. On SQLite the transaction itself is enough."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(LOCK)))


def _help_lines() -> str:
    """Read, so that a broken file is found now and not by somebody in need."""
    checked = call_box().checked_on
    return f"Help lines: {len(countries())} countries, call box checked on {checked:%-d %B %Y}."
