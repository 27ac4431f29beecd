"""Handing letters over: to a mail server, or to a folder on a machine without one."""

from __future__ import annotations

import logging
import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import current_app

from forum.core import clock

log = logging.getLogger("forum.mail")

PATIENCE_S = 20


def hand_over(message: EmailMessage) -> None:
    """Deliver to MAIL_URL, or to DATA_DIR/mail when there is none.

    Raises `OSError` or `smtplib.SMTPException` when the server does not take it.
    """
    if current_app.config["MAIL_URL"]:
        _to_server(message, current_app.config["MAIL_URL"])
    else:
        _to_folder(message, mail_folder())


def mail_folder() -> Path:
    return Path(current_app.config["DATA_DIR"]) / "mail"


def _to_server(message: EmailMessage, address: str) -> None:
    parts = urlsplit(address)
    host, secure = parts.hostname or "", parts.scheme == "smtps"
    port = parts.port or (465 if secure else 25)
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if secure:
        server = smtplib.SMTP_SSL(host, port, timeout=PATIENCE_S, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=PATIENCE_S)
    with server:
        server.ehlo()
        if not secure and server.has_extn("starttls"):
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def _to_folder(message: EmailMessage, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{clock.now():%Y%m%dT%H%M%S%f}-{message['Message-ID'].strip('<>').split('@')[0]}.eml"
    path = folder / name
    path.touch(mode=0o600)
    path.write_bytes(bytes(message))
    log.warning("letter kept in the mail folder, because MAIL_URL is not set")
