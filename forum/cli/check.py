"""Whether this installation is fit to serve."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from forum.cli.fitness import State, findings


@click.command("check")
@click.pass_context
@with_appcontext
def check(context: click.Context) -> None:
    """Say of every setting whether it is fit to serve people with."""
    found = list(findings())
    for finding in found:
        click.echo(f"{finding.state.value:<6} {finding.about}: {finding.sentence}")
    unfit = sum(finding.state is State.UNFIT for finding in found)
    click.echo(f"\n{_verdict(unfit)}")
    context.exit(1 if unfit else 0)


def _verdict(unfit: int) -> str:
    if not unfit:
        return "Fit to serve."
    return f"Not fit to serve: {unfit} thing{'s' if unfit > 1 else ''} to mend."
