"""Letters: what one says, and the two forms in which it travels."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate

from flask import current_app, render_template

from forum.core.rendering import site


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one person. Subject and text name neither the illness nor a conversation."""

    to: str
    subject: str
    paragraphs: tuple[str, ...]
    button: tuple[str, str] | None = None
    closing: tuple[str, ...] = ()


def compose(letter: Letter, *, piece_of_work: int) -> EmailMessage:
    """The letter as text and HTML. Raises `ValueError` for a line break in a header.

    `piece_of_work` is the row of the outbox that has it sent: a letter sent once more, after a
    kill between sending and noting so, has the same Message-ID, and a mailbox shows one.
    """
    sender = current_app.config["MAIL_SENDER"]
    message = EmailMessage()
    message["From"] = f"{site().name} <{sender}>"
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = _message_id(piece_of_work, sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(render_template("mail/letter.txt", letter=letter, site=site()))
    html = render_template("mail/letter.html", letter=letter, site=site())
    message.add_alternative(html, subtype="html")
    return message


def _message_id(piece_of_work: int, domain: str) -> str:
    key = str(current_app.secret_key).encode()
    digest = hmac.new(key, f"letter:{piece_of_work}".encode(), hashlib.sha256).hexdigest()
    return f"<{digest[:32]}@{domain}>"
