"""On a computer that sends no letters: showing a newcomer the one that was written for them.

Only where the site is on loopback, has no mail server, and is asked from the same computer.
"""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes, policy
from ipaddress import ip_address
from typing import NamedTuple

from flask import current_app, request

from forum.accounts.mail import CONFIRM_SUBJECT
from forum.mail.post import mail_folder

MOST_LOOKED_AT = 50
SIGNS_OF_A_PROXY = ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via")


class Line(NamedTuple):
    """A line of a letter; `path` is where it leads, when it is an address of this site."""

    text: str
    path: str


def are_shown_here() -> bool:
    settings = current_app.config["SETTINGS"]
    if current_app.config["MAIL_URL"] or not settings.on_loopback:
        return False
    if any(name in request.headers for name in SIGNS_OF_A_PROXY):
        return False
    return _is_loopback(request.remote_addr or "")


def join_letter_to(email: str, since: datetime) -> list[Line]:
    """The newest letter about joining to this address, or nothing while it is being written."""
    earliest = f"{since:%Y%m%dT%H%M%S%f}"
    newest_first = sorted(mail_folder().glob("*.eml"), reverse=True)[:MOST_LOOKED_AT]
    for path in newest_first:
        if path.name < earliest:
            return []
        letter = message_from_bytes(path.read_bytes(), policy=policy.default)
        if letter["To"] == email and letter["Subject"] == CONFIRM_SUBJECT:
            body = letter.get_body(("plain",))
            return _lines(str(body.get_content())) if body else []
    return []


def _lines(text: str) -> list[Line]:
    site = f"{current_app.config['SITE_URL']}/"
    return [
        Line(line, "/" + line.removeprefix(site) if line.startswith(site) else "")
        for line in text.splitlines()
    ]


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
