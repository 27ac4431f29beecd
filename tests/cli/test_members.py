"""Members from the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.accounts.passwords import matches
from forum.audit.models import AuditEntry
from forum.extensions import db
from tests import cast

PASSWORD = "eleven slow rivers at noon"

Run = Callable[..., Any]


@pytest.fixture
def run(app: Flask) -> Run:
    """`run("add", ...)` is `forum members add ...`."""

    def invoke(*arguments: str, typed: str = "") -> Any:
        cast.settle()
        runner = app.test_cli_runner()
        result = runner.invoke(args=["members", *arguments], input=typed)
        db.session.rollback()
        return result

    return invoke


def add(run: Run, name: str, *more: str, password: str = PASSWORD) -> Any:
    email = f"{name.casefold()}@mail.example"
    return run("add", name, "--email", email, "--password-stdin", *more, typed=f"{password}\n")


def member(name: str) -> Member:
    return db.session.scalars(select(Member).where(Member.username == name)).one()


def test_the_first_administrator_is_made_and_can_sign_in(run: Run, client: cast.Browser) -> None:
    result = add(run, "Keeper", "--rank", "administrator", "--relation", "patient")
    assert result.exit_code == 0, result.output
    keeper = member("Keeper")
    assert (keeper.rank, keeper.relations) == ("administrator", frozenset({"patient"}))
    assert keeper.password_hash is not None
    assert keeper.password_hash.startswith("$argon2id$")
    assert matches(keeper.password_hash, PASSWORD)
    answer = cast.form_post(client, "/sign-in", {"login": "Keeper", "password": PASSWORD})
    assert answer.status_code == 303
    assert PASSWORD not in result.output


def test_a_rank_is_given_told_and_written_down(
    run: Run, patient: Member, letters: cast.MailFolder
) -> None:
    assert run("rank", patient.username, "moderator").exit_code == 0
    db.session.refresh(patient)
    assert patient.rank == "moderator"
    [entry] = db.session.scalars(select(AuditEntry))
    assert (entry.actor_id, entry.subject_id) == (0, patient.id)
    assert entry.details["rank"] == "moderator"
    assert letters(to=str(patient.email)) != []


def test_a_rank_can_be_taken_away(run: Run, moderator: Member) -> None:
    assert run("rank", moderator.username.upper(), "member").exit_code == 0
    db.session.refresh(moderator)
    assert moderator.rank == "member"


def test_the_staff_is_listed(run: Run, patient: Member, moderator: Member, editor: Member) -> None:
    listed = run("list").output.split()
    assert listed == ["moderator", "Beacon", "editor", "Quill"]
    assert run("list", "--rank", "member").output.split() == ["member", "Maple"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("rank", "Nobody", "editor"), "There is no member with the name Nobody."),
        (("rank", "Maple", "king"), "'king' is not one of"),
        (("add", "Ash", "--email", "no address"), "is not an e-mail address"),
        (("add", "Maple", "--email", "other@mail.example"), "Somebody has this name already."),
        (("add", "Ash", "--email", "maple@mail.example"), "has an account already"),
        (("add", "A", "--email", "a@mail.example"), "A username has 3 to 30 letters"),
        (("add", "Ash"), "Missing option '--email'"),
        (("add", "Ash", "--email", "a@mail.example", "--relation", "boss"), "'boss' is not one"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    run: Run, patient: Member, arguments: tuple[str, ...], sentence: str
) -> None:
    more = ("--password-stdin",) if arguments[0] == "add" else ()
    result = run(*arguments, *more, typed=f"{PASSWORD}\n")
    assert result.exit_code != 0
    assert sentence in result.output
    assert "Traceback" not in result.output
    assert {found.username for found in db.session.scalars(select(Member))} == {"Maple"}


@pytest.mark.parametrize("password", ["", "short", "password1", "keeper12"])
def test_a_password_that_is_easy_to_guess_is_refused(run: Run, password: str) -> None:
    result = add(run, "Keeper", password=password)
    assert result.exit_code == 1
    assert db.session.scalars(select(Member)).all() == []


def test_without_a_pipe_the_password_is_asked_for_twice(run: Run) -> None:
    typed = f"{PASSWORD}\n{PASSWORD}\n"
    result = run("add", "Keeper", "--email", "keeper@mail.example", typed=typed)
    assert result.exit_code == 0, result.output
    assert member("Keeper").rank == "member"
