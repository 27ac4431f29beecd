"""Pages that only a letter leads to: the tests walk there as people do."""

from __future__ import annotations

from flask import Flask

from forum.accounts.models import Member
from tests import cast

NEWCOMER = {
    "username": "quiet_river",
    "email": "river@mail.example",
    "password": "four slow boats at dawn",
    "relation": ["patient"],
    "adult": "y",
    "consent": "y",
}


def doors(app: Flask, member: Member) -> dict[str, str]:
    """Endpoint -> path of a page that is open once, for a newcomer and for `member`."""
    letters = cast.MailFolder(app)
    visitor, signed_in = app.test_client(), cast.signed_in(app, member)
    sent = cast.form_post(visitor, "/join", NEWCOMER).location
    cast.form_post(visitor, "/forgot-password", {"email": member.email})
    new = {"email": "new@mail.example", "current_password": cast.PASSWORD}
    cast.form_post(signed_in, "/settings/account/email", new)
    return {
        "accounts.join_sent": sent,
        "accounts.join_letter": sent.replace("/sent/", "/letter/"),
        "accounts.confirm": cast.link_in(letters(NEWCOMER["email"])[-1]),
        "accounts.reset_password": _link(letters, str(member.email), "/reset-password/"),
        "accounts.confirm_address": cast.link_in(letters("new@mail.example")[-1]),
    }


def _link(letters: cast.MailFolder, address: str, path: str) -> str:
    links = (cast.link_in(letter) for letter in letters(address) if path in cast.text_of(letter))
    return next(links)
