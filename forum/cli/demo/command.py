"""The command: thirty written conversations, or any number of generated ones, or none again."""

from __future__ import annotations

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from forum.accounts.models import Member
from forum.cli.demo import generated, invented, removal
from forum.core.marks import DEMO, set_mark
from forum.extensions import db
from forum.threads.models import Thread


@click.command("demo")
@click.option("--threads", type=click.IntRange(1, 5_000_000), help="Generate this many.")
@click.option("--posts", type=click.IntRange(1, 50_000_000), help="Posts over all of them.")
@click.option("--remove", is_flag=True, help="Remove every invented member and conversation.")
@with_appcontext
def demo(threads: int | None, posts: int | None, *, remove: bool) -> None:
    """Fill the forum with invented people and conversations."""
    if remove:
        click.echo(removal.remove_all())
        return
    _refuse_among_real_people()
    _refuse_without_topics()
    set_mark(DEMO)
    if threads or posts:
        wanted_threads = threads or max(1, (posts or 0) // 10)
        wanted_posts = max(posts or wanted_threads * 10, wanted_threads)
        click.echo(generated.generate(wanted_threads, wanted_posts))
    else:
        click.echo(invented.write_all())


def _refuse_among_real_people() -> None:
    real = (
        select(Thread.id)
        .join(Member, Member.id == Thread.author_id)
        .where(Member.is_demo.is_(False), Member.is_system.is_(False))
        .limit(1)
    )
    if db.session.scalar(real) is not None:
        raise click.ClickException(
            "Real people have written here; invented ones do not belong among them."
        )


def _refuse_without_topics() -> None:
    if not invented.topic_ids():
        raise click.ClickException("There are no topics yet. Run `forum seed` first.")
