"""Taking one's data along, and leaving."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import inspect, select, text

from forum.accounts.models import Member, SignIn
from forum.core.database import Base
from forum.extensions import db
from forum.privacy.rooms import ROOMS
from forum.schema import import_models
from forum.threads.models import Draft, Post, Thread
from tests import cast

SignInAs = Callable[[Member], cast.Browser]
WORDS = "My own words about the marrow test"


def leave(client: cast.Browser, words: str = "keep", password: str = cast.PASSWORD) -> Any:
    return cast.form_post(
        client, "/settings/data/leave", {"words": words, "current_password": password}
    )


def test_the_download_holds_what_a_member_wrote(patient: Member, sign_in: SignInAs) -> None:
    cast.make_thread("after-cart", patient, body=WORDS)
    answer = sign_in(patient).get("/settings/data/download")
    kept = json.loads(answer.get_data(as_text=True))
    assert WORDS in {post["body"] for post in kept["posts"]}
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_visitor_is_asked_to_sign_in(client: cast.Browser) -> None:
    assert client.get("/settings/data/download").status_code == 302


def test_leaving_takes_the_person_out_and_leaves_the_words(
    app: Flask, patient: Member, caregiver: Member, sign_in: SignInAs
) -> None:
    thread = cast.make_thread("after-cart", patient, body=WORDS)
    name, email = patient.username, patient.email
    client = sign_in(patient)
    answer = leave(client)
    assert answer.headers["Location"] == "/goodbye"
    page = sign_in(caregiver).get(f"/threads/{thread.id}-{thread.slug}").get_data(as_text=True)
    assert WORDS in page
    assert "Former member" in page
    assert name not in page
    assert db.session.scalars(select(SignIn).where(SignIn.member_id == patient.id)).all() == []
    assert client.get("/settings").status_code == 302
    _assert_gone_everywhere(str(name), str(email))


def test_words_can_go_along(patient: Member, caregiver: Member, sign_in: SignInAs) -> None:
    thread = cast.make_thread("after-cart", patient, body=WORDS)
    cast.make_post(thread, caregiver)
    leave(sign_in(patient), words="take")
    page = sign_in(caregiver).get(f"/threads/{thread.id}-{thread.slug}").get_data(as_text=True)
    assert WORDS not in page
    assert "deleted by its author" in page


def test_the_password_is_asked_for(patient: Member, sign_in: SignInAs) -> None:
    answer = leave(sign_in(patient), password="not my password")
    assert answer.status_code == 422
    assert "This is not your password" in answer.get_data(as_text=True)
    db.session.refresh(patient)
    assert patient.erased_at is None


def test_an_administrator_hands_over_first(administrator: Member, sign_in: SignInAs) -> None:
    assert leave(sign_in(administrator)).status_code == 403


def test_a_suspended_member_can_leave(suspended: Member, sign_in: SignInAs) -> None:
    assert leave(sign_in(suspended)).status_code == 303


def test_every_table_with_a_key_to_members_is_claimed_once() -> None:
    import_models()
    claimed = [table.__tablename__ for room in ROOMS for table in room.CLAIMS]
    keyed = {
        table.name
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == Member.__tablename__
    }
    assert keyed <= set(claimed) | {Member.__tablename__}
    assert len(claimed) == len(set(claimed))


def _assert_gone_everywhere(*traces: str) -> None:
    """No column of no table holds any of these words any more."""
    db.session.expire_all()
    for table in inspect(db.engine).get_table_names():
        for row in db.session.execute(text(f"SELECT * FROM {table}")):
            for trace in traces:
                assert trace not in " ".join(str(value) for value in row), (table, trace)


def test_drafts_go_with_their_writer(patient: Member, sign_in: SignInAs) -> None:
    client = sign_in(patient)
    cast.form_post(client, "/drafts", {"place": "topic:after-cart", "title": "x", "body": WORDS})
    assert db.session.scalars(select(Draft)).all() != []
    leave(client)
    db.session.expire_all()
    assert db.session.scalars(select(Draft)).all() == []
    assert db.session.scalars(select(Post)).all() == []
    assert db.session.scalars(select(Thread)).all() == []
