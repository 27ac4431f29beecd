"""The worker as a process: it is woken, and a stop lets the present piece of work finish."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from threading import Event

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import select

from forum.accounts.models import JoinRequest
from forum.core import clock
from forum.extensions import db
from forum.jobs.models import OutboxRow
from forum.mail.jobs import send_later
from tests.cast import settle
from tests.servers.processes import PATIENCE_S, Command, running, until
from tests.servers.redis import RedisServer
from tests.servers.smtp import MailServer

WORKER = (sys.executable, "-m", "flask", "--app", "forum", "worker")


class SlowMailServer(MailServer):
    """Takes a letter's text and thinks about it until told to answer."""

    def __init__(self) -> None:
        super().__init__()
        self.has_it = Event()
        self.may_answer = Event()

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.has_it.set()
        await server.loop.run_in_executor(None, self.may_answer.wait, PATIENCE_S)
        return await super().handle_DATA(server, session, envelope)


def environment(app: Flask, **more: str) -> dict[str, str]:
    return {
        "DATABASE_URL": app.config["SETTINGS"].DATABASE_URL,
        "DATA_DIR": str(app.config["DATA_DIR"]),
        "SECRET_KEY": str(app.secret_key),
        "SITE_URL": app.config["SITE_URL"],
        "MAIL_URL": "",
        "REDIS_URL": "",
        **more,
    }


def ask_for_a_letter() -> None:
    now = clock.now()
    request = JoinRequest(
        username="Sparrow",
        username_key="sparrow",
        email="sparrow@mail.example",
        email_key="sparrow@mail.example",
        password_hash="none",
        relations=frozenset(),
        adult_wording="",
        consent_wording="",
        page_key_hash="k" * 64,
        created_at=now,
        expires_at=now + timedelta(days=1),
    )
    db.session.add(request)
    db.session.flush()
    send_later("accounts.join", request_id=request.id)
    settle()


def is_done() -> bool:
    settle()
    return db.session.scalars(select(OutboxRow)).one().done_at is not None


def started(command: Command) -> None:
    command.wait_for("worker started")


def test_a_letter_that_was_asked_for_wakes_the_worker(app: Flask) -> None:
    with running(WORKER, environment(app)) as worker:
        started(worker)
        ask_for_a_letter()
        worker.wait_for("letter kept in the mail folder")
        until(is_done)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_lets_the_present_letter_go_out_and_then_ends_cleanly(
    app: Flask, sign: signal.Signals
) -> None:
    server = SlowMailServer()
    server.start()
    with running(WORKER, environment(app, MAIL_URL=server.address)) as worker:
        started(worker)
        ask_for_a_letter()
        assert server.has_it.wait(PATIENCE_S)
        worker.process.send_signal(sign)
        server.may_answer.set()
        assert worker.process.wait(PATIENCE_S) == 0
        worker.wait_for("worker stopped")
    server.stop()
    assert [letter["To"] for letter in server.letters] == ["sparrow@mail.example"]
    assert is_done()


def test_a_worker_killed_in_the_middle_loses_nothing(
    app: Flask, make_another_hour: Callable[[], None]
) -> None:
    server = SlowMailServer()
    server.start()
    with running(WORKER, environment(app, MAIL_URL=server.address)) as worker:
        started(worker)
        ask_for_a_letter()
        assert server.has_it.wait(PATIENCE_S)
        worker.process.kill()
        worker.process.wait()
    server.letters.clear()
    server.may_answer.set()
    assert not is_done()
    make_another_hour()
    with running(WORKER, environment(app, MAIL_URL=server.address)) as worker:
        until(is_done)
    server.stop()
    assert server.letters[-1]["To"] == "sparrow@mail.example"


@pytest.fixture
def make_another_hour(app: Flask) -> Callable[[], None]:
    """The lease of the killed worker runs out."""

    def let_leases_run_out() -> None:
        row = db.session.scalars(select(OutboxRow)).one()
        row.locked_until = clock.now() - timedelta(seconds=1)
        settle()

    return let_leases_run_out


def test_redis_wakes_the_worker_too(app: Flask, redis: RedisServer) -> None:
    settings = environment(app, REDIS_URL=redis.address)
    ask = "from forum import create_app; from tests.jobs.test_worker import ask_for_a_letter\n"
    ask += "with create_app().app_context(): ask_for_a_letter()"
    with running(WORKER, settings) as worker:
        started(worker)
        with running((sys.executable, "-c", ask), settings) as asking:
            assert asking.process.wait(PATIENCE_S) == 0
        worker.wait_for("letter kept in the mail folder")
        until(is_done)
