"""Joining, from the form to the first sign-in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from forum.accounts.models import Member
from forum.extensions import db
from tests import cast

GOOD = {
    "username": "quiet_river",
    "email": "river@mail.example",
    "password": "seven grey geese on a gate",
    "relation": ["patient", "family"],
    "adult": "y",
    "consent": "y",
}


def test_a_newcomer_joins_confirms_and_signs_in(client: cast.Browser, letters: Any) -> None:
    answer = cast.form_post(client, "/join", GOOD, follow_redirects=True)
    assert answer.status_code == 200
    assert "Look at your mail" in answer.text
    letter = letters("river@mail.example")[0]
    link = cast.link_in(letter)
    assert "quiet_river" in client.get(link).text
    answer = cast.form_post(client, link, follow_redirects=True)
    assert "Your address is confirmed" in answer.text
    sent = {"login": "quiet_river", "password": GOOD["password"], "next": "/settings/display"}
    answer = cast.form_post(client, "/sign-in", sent)
    assert (answer.status_code, answer.location) == (303, "/settings/display")
    member = db.session.scalars(select(Member)).one()
    assert member.relations == {"patient", "family"}
