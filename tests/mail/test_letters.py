"""Letters: what is in one, and that each arrives though the mail server was away."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask

from forum.core import clock
from forum.extensions import db
from forum.jobs.models import OutboxRow
from forum.mail import jobs
from forum.mail.letters import Letter, compose
from tests.cast import MailFolder, html_of, text_of
from tests.servers.smtp import MailServer

TO = "maple@mail.example"


@pytest.fixture(autouse=True)
def hello(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter by the name of "hello" that anybody may have sent."""
    letter = Letter(
        to=TO,
        subject="A word from us",
        paragraphs=("Hello,", "5 < 6 & <b>bold</b> is not markup."),
        button=("Open it", "http://localhost/somewhere?a=1&b=2"),
        closing=("You may put this away.",),
    )
    monkeypatch.setitem(jobs._writers, "hello", lambda: letter)


@pytest.fixture
def moment() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(clock.now(), tick=False) as coordinates:
        yield coordinates


def test_a_letter_is_text_and_html_that_say_the_same(app: Flask, letters: MailFolder) -> None:
    jobs.send_later("hello")
    [letter] = letters()
    assert (letter["To"], letter["Subject"]) == (TO, "A word from us")
    assert "5 < 6 & <b>bold</b> is not markup." in text_of(letter)
    assert "5 &lt; 6 &amp; &lt;b&gt;bold&lt;/b&gt; is not markup." in html_of(letter)
    assert "http://localhost/somewhere?a=1&b=2" in text_of(letter)
    assert 'href="http://localhost/somewhere?a=1&amp;b=2"' in html_of(letter)
    for text in (text_of(letter), html_of(letter)):
        assert "You may put this away." in text


def test_a_letter_loads_nothing_from_anywhere(app: Flask, letters: MailFolder) -> None:
    jobs.send_later("hello")
    [letter] = letters()
    assert not any(name in html_of(letter) for name in ("<img", "<script", "<link", "url("))


def test_a_letter_asks_for_no_answer_from_machines(app: Flask, letters: MailFolder) -> None:
    jobs.send_later("hello")
    [letter] = letters()
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["From"] == "Next Chapter <no-reply@localhost>"


@pytest.mark.parametrize("ending", ["\nBcc: all@mail.example", "\r\nX-Header: 1", "\n\nA body"])
@pytest.mark.parametrize("field", ["to", "subject"])
def test_a_line_break_in_a_header_is_refused(app: Flask, field: str, ending: str) -> None:
    parts: dict[str, Any] = {"to": TO, "subject": "Hello", "paragraphs": ("Hello",)}
    parts[field] += ending
    with pytest.raises(ValueError, match=r"(?i)linefeed|newline|carriage"):
        compose(Letter(**parts), piece_of_work=1)


def test_a_letter_sent_once_more_is_known_by_its_message_id(app: Flask) -> None:
    letter = Letter(to=TO, subject="Hello", paragraphs=("Hello",))
    ids = [compose(letter, piece_of_work=number)["Message-ID"] for number in (1, 1, 2)]
    assert ids[0] == ids[1] != ids[2]


def test_without_a_mail_server_letters_lie_where_only_the_owner_reads_and_the_log_says_so(
    app: Flask, letters: MailFolder, log_lines: list[dict[str, Any]]
) -> None:
    jobs.send_later("hello")
    letters()
    folder = Path(app.config["DATA_DIR"]) / "mail"
    [letter] = folder.glob("*.eml")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(letter.stat().st_mode) == 0o600
    [line] = log_lines
    assert line["says"] == "letter kept in the mail folder, because MAIL_URL is not set"
    assert TO not in str(line)


def test_a_mail_server_gets_the_letter(
    app: Flask, mail_server: MailServer, letters: MailFolder
) -> None:
    jobs.send_later("hello")
    assert letters() == []
    [letter] = mail_server.letters
    assert letter["To"] == TO


def test_a_writer_with_nothing_to_say_any_more_sends_nothing(
    app: Flask, letters: MailFolder, monkeypatch: pytest.MonkeyPatch, outbox: Callable[[], Any]
) -> None:
    monkeypatch.setitem(jobs._writers, "silent", lambda: None)
    jobs.send_later("silent")
    assert letters() == []
    assert outbox() == []


@pytest.mark.parametrize("trouble", ["away", "451 Try again later", "554 No thank you"])
def test_a_letter_waits_for_a_mail_server_in_trouble_and_arrives_once(
    app: Flask,
    mail_server: MailServer,
    letters: MailFolder,
    moment: time_machine.Coordinates,
    trouble: str,
) -> None:
    if trouble == "away":
        mail_server.stop()
    else:
        mail_server.answer = trouble
    jobs.send_later("hello")
    letters()
    assert mail_server.letters == []
    if trouble == "away":
        mail_server.start()
    mail_server.answer = "250 Message accepted"
    moment.shift(timedelta(minutes=1))
    for _ in range(2):
        letters()
    assert [letter["To"] for letter in mail_server.letters] == [TO]


def test_an_error_of_the_mail_server_is_kept_by_its_kind_without_the_address(
    app: Flask, mail_server: MailServer, letters: MailFolder, log_lines: list[dict[str, Any]]
) -> None:
    mail_server.answer = f"550 <{TO}> is unknown here"
    jobs.send_later("hello")
    letters()
    [row] = db.session.scalars(db.select(OutboxRow))
    assert row.error == "SMTPDataError"
    assert TO not in str(log_lines)
