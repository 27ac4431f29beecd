"""What accounts give out on request, what they forget when somebody leaves, and by the clock."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from flask import Flask
from sqlalchemy import select, text

from forum.accounts import jobs, privacy
from forum.accounts.models import (
    Block,
    Consent,
    FailedSignIn,
    JoinRequest,
    KnownNetwork,
    MailedToken,
    Member,
    SignIn,
)
from forum.core import clock
from forum.core.database import Base
from forum.extensions import db
from tests import cast
from tests.accounts.stage import NEW_PASSWORD, ask_to_join, count, joined, sign_in

Letters = cast.MailFolder


def _a_life_here(client: cast.Browser, letters: Letters) -> Member:
    """A member who has used everything an account offers."""
    joined(client, letters, username="marker_river", email="marker@mail.example")
    sign_in(client, "marker_river")
    cast.form_post(client, "/settings/profile", {"about": "marker words", "relation": "family"})
    sent = {"username": "marker_brook", "current_password": cast.PASSWORD}
    assert cast.form_post(client, "/settings/account/username", sent).status_code == 303
    cast.form_post(client, "/settings/display", {"note_death": "hide"})
    cast.form_post(client, "/members/Maple/block")
    sent = {"email": "marker2@mail.example", "current_password": cast.PASSWORD}
    cast.form_post(client, "/settings/account/email", sent)
    ask_to_join(client.application.test_client(), username="aa_b", email="marker@mail.example")
    letters()
    return db.session.scalars(select(Member).where(Member.username == "marker_brook")).one()


def _whole_database() -> str:
    tables = [table.name for table in Base.metadata.sorted_tables]
    rows = [db.session.execute(text(f'SELECT * FROM "{name}"')).all() for name in tables]
    return str(rows)


def test_the_export_holds_what_the_account_holds_and_no_secret(
    client: cast.Browser, patient: Member, letters: Letters
) -> None:
    member = _a_life_here(client, letters)
    exported = privacy.export_for(member.id)
    assert exported["username"] == "marker_brook"
    assert exported["about"] == "marker words"
    assert exported["relations"] == ["family"]
    assert [row["username_key"] for row in exported["former_usernames"]] == ["marker_river"]
    assert [row["username"] for row in exported["blocked_members"]] == ["Maple"]
    assert {row["purpose"] for row in exported["consents"]} == {"adult", "health"}
    assert len(exported["signed_in_on"]) == 1
    words = json.dumps(exported, default=str)
    assert "argon2" not in words
    assert db.session.scalars(select(SignIn.token_hash)).one() not in words


def test_who_leaves_leaves_nothing_behind(
    client: cast.Browser, patient: Member, letters: Letters
) -> None:
    member = _a_life_here(client, letters)
    db.session.add(Block(blocker_id=patient.id, blocked_id=member.id, created_at=clock.now()))
    privacy.erase_for(member.id)
    db.session.commit()
    assert "marker" not in _whole_database()
    db.session.refresh(member)
    assert member.erased_at is not None
    assert member.username.startswith("former_")
    assert (member.password_hash, member.relations, member.rank) == (None, frozenset(), "member")
    assert [count(table) for table in (SignIn, MailedToken, Block, JoinRequest)] == [0, 0, 0, 0]
    assert client.get("/settings").status_code == 302
    assert all(row.withdrawn_at for row in db.session.scalars(select(Consent)))
    assert sign_in(client, "marker_brook").status_code == 422


def test_the_address_and_the_name_of_who_left_can_be_used_again(
    client: cast.Browser, patient: Member, letters: Letters
) -> None:
    privacy.erase_for(_a_life_here(client, letters).id)
    fresh = client.application.test_client()
    joined(fresh, letters, username="marker_river", email="marker@mail.example")
    assert sign_in(fresh, "marker_river").status_code == 303


def test_every_table_of_accounts_with_a_key_to_members_is_claimed() -> None:
    with_key = {
        mapper.class_
        for mapper in Base.registry.mappers
        if mapper.class_.__module__ == "forum.accounts.models"
        and any(key.column.table.name == "members" for key in mapper.local_table.foreign_keys)
    }
    assert with_key == set(privacy.CLAIMS)


def _rows_that_run_out(client: cast.Browser, letters: Letters) -> None:
    sign_in(client, "Maple")
    cast.form_post(client, "/forgot-password", {"email": "maple@mail.example"})
    ask_to_join(client.application.test_client())
    letters()
    sign_in(client.application.test_client(), "Maple", "a wrong one")


def _by_the_clock(app: Flask) -> None:
    def work() -> None:
        jobs.forget_what_ran_out()
        db.session.commit()

    cast.elsewhere(app, work)


def test_what_has_run_out_is_forgotten_by_the_clock(
    app: Flask, client: cast.Browser, patient: Member, letters: Letters
) -> None:
    tables: tuple[type[Any], ...] = (JoinRequest, MailedToken, SignIn, FailedSignIn, KnownNetwork)
    _rows_that_run_out(client, letters)
    assert [count(table) for table in tables] == [1, 1, 1, 1, 1]
    _by_the_clock(app)
    assert [count(table) for table in tables] == [1, 1, 1, 1, 1]
    later = ((timedelta(days=4), [0, 0, 1, 0, 1]), (timedelta(days=181), [0, 0, 0, 0, 0]))
    for passed, left in later:
        with time_machine.travel(clock.now() + passed):
            _by_the_clock(app)
            assert [count(table) for table in tables] == left


def test_a_password_set_by_letter_is_not_known_to_the_one_before(
    client: cast.Browser, patient: Member, letters: Letters, make_member: Callable[..., Member]
) -> None:
    make_member("Birch")
    cast.form_post(client, "/forgot-password", {"email": "birch@mail.example"})
    link = cast.link_in(letters("birch@mail.example")[0])
    cast.form_post(client, link, {"password": NEW_PASSWORD})
    assert sign_in(client, "Maple", NEW_PASSWORD).status_code == 422
    assert sign_in(client, "Birch", NEW_PASSWORD).status_code == 303
