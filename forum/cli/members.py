"""Members from the command line: how the first administrator comes to be."""

from __future__ import annotations

import sys

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from forum.accounts.actions.joining import add_member
from forum.accounts.actions.ranks import give_rank
from forum.accounts.addresses import Address, read_address
from forum.accounts.models import Member
from forum.accounts.names import username_key
from forum.accounts.passwords import hash_password, weakness
from forum.core.verdicts import Refused
from forum.core.viewer import Rank, Relation
from forum.extensions import db

members = AppGroup("members", help="Add members, and say who belongs to the staff.")

RANK = click.Choice([rank.value for rank in Rank])
REASON = "Given on the command line"
RELATION = click.Choice([relation.value for relation in Relation])


@members.command("add")
@click.argument("name")
@click.option("--email", required=True, help="Where letters go.")
@click.option("--relation", multiple=True, type=RELATION, help="May be given several times.")
@click.option("--rank", type=RANK, default=Rank.MEMBER.value, show_default=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(
    name: str, email: str, relation: tuple[str, ...], rank: str, *, password_stdin: bool
) -> None:
    """Add NAME as a confirmed member."""
    address = _address(email)
    password = _password(name, email, from_stdin=password_stdin)
    try:
        member = add_member(
            None,
            username=name,
            address=address,
            password_hash=hash_password(password),
            relations=frozenset(relation),
        )
        if rank != Rank.MEMBER:
            give_rank(None, member, Rank(rank), reason=REASON)
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    click.echo(f"{member.username} is a member now{_as_rank(Rank(rank))}.")


@members.command("rank")
@click.argument("name")
@click.argument("rank", type=RANK)
def change_rank(name: str, rank: str) -> None:
    """Give NAME the rank RANK; `member` takes a rank away."""
    member = _member(name)
    try:
        give_rank(None, member, Rank(rank), reason=REASON)
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    db.session.commit()
    click.echo(f"{member.username} has the rank {rank} now.")


@members.command("list")
@click.option("--rank", type=RANK, help="Only this rank; without it, all staff.")
def list_members(rank: str | None) -> None:
    """List the staff, or the members of one rank."""
    wanted = [rank] if rank else [each.value for each in Rank if each is not Rank.MEMBER]
    rows = db.session.execute(
        select(Member.username, Member.rank)
        .where(Member.rank.in_(wanted), Member.erased_at.is_(None))
        .order_by(Member.username_key)
    )
    for row in rows:
        click.echo(f"{row.rank:<14} {row.username}")


def _member(name: str) -> Member:
    found = select(Member).where(
        Member.username_key == username_key(name), Member.erased_at.is_(None)
    )
    member = db.session.scalar(found)
    if member is None:
        raise click.ClickException(f"There is no member with the name {name}.")
    return member


def _address(email: str) -> Address:
    address = read_address(email, on_loopback=current_app.config["SETTINGS"].on_loopback)
    if address is None:
        raise click.ClickException(f"{email} is not an e-mail address that letters can reach.")
    return address


def _password(name: str, email: str, *, from_stdin: bool) -> str:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    weak = weakness(password, (name, email))
    if weak:
        raise click.ClickException(weak)
    return password


def _as_rank(rank: Rank) -> str:
    return "" if rank is Rank.MEMBER else f", with the rank {rank.value}"
