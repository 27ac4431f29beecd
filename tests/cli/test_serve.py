"""`bin/serve` as a person runs it: it serves, does the work beside it, and stops as one."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from tests.servers.ports import free_port
from tests.servers.processes import PATIENCE_S, Command, running, until

SERVE = ("bin/serve",)
WHO = {"username": "Sparrow", "email": "sparrow@mail.example", "relation": "patient"}
CONSENT = {"password": "eleven slow rivers at noon", "adult": "y", "consent": "y"}


class Visit:
    """Somebody's browser at the running site."""

    def __init__(self, port: int) -> None:
        self._address = f"http://127.0.0.1:{port}"
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def is_answered(self) -> bool:
        try:
            return self.get("/readyz") == "ready\n"
        except (URLError, ConnectionError):
            return False

    def get(self, path: str) -> str:
        with self._opener.open(self._address + path, timeout=PATIENCE_S) as answer:
            return str(answer.read().decode())

    def post(self, path: str, fields: dict[str, str]) -> str:
        token = self.get(path).split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
        data = urlencode({"csrf_token": token, **fields}).encode()
        with self._opener.open(self._address + path, data, timeout=PATIENCE_S) as answer:
            return str(answer.read().decode())


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    unset = dict.fromkeys(("DATABASE_URL", "REDIS_URL", "MAIL_URL", "SECRET_KEY"), "")
    return {**unset, "DATA_DIR": str(tmp_path / "data"), "PORT": str(free_port())}


@pytest.fixture
def site(environment: dict[str, str]) -> Iterator[tuple[Command, Visit]]:
    visit = Visit(int(environment["PORT"]))
    with running(SERVE, environment) as serving:
        serving.wait_for("Serving on")
        until(visit.is_answered)
        yield serving, visit


@pytest.mark.parametrize(
    ("sign", "whole_group"),
    [(signal.SIGINT, True), (signal.SIGTERM, False)],
    ids=["Ctrl-C", "a service manager"],
)
def test_it_serves_and_sends_letters_and_stops_cleanly(
    site: tuple[Command, Visit],
    environment: dict[str, str],
    sign: signal.Signals,
    whole_group: bool,
) -> None:
    serving, visit = site
    assert not any("Installing" in line for line in serving.lines), "a second start is quick"
    assert "Next Chapter" in visit.get("/")
    assert "CAR T" in visit.get("/guide?q=a-secret-search")
    logged = serving.wait_for('"route": "/guide"')
    assert json.loads(logged)["status"] == 200
    assert "a-secret-search" not in logged
    visit.post("/join", {**WHO, **CONSENT})
    mail = Path(environment["DATA_DIR"]) / "mail"
    until(lambda: any(mail.glob("*.eml")))
    members = serving.session()
    assert len(members) >= 4
    assert serving.stop(sign, whole_group=whole_group) == 0
    assert serving.session() == set()


def test_the_end_of_one_part_is_the_end_of_both(site: tuple[Command, Visit]) -> None:
    serving, _ = site
    os.kill(_find(serving, "worker"), signal.SIGKILL)
    serving.wait_for("A part of the forum has ended by itself")
    assert serving.process.wait(PATIENCE_S) == 1
    assert serving.session() == set()


def test_a_port_that_is_taken_is_told_in_one_sentence(environment: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(environment["PORT"])))
        taken.listen()
        with running(SERVE, environment) as serving:
            line = serving.wait_for("cannot be served on")
            assert serving.process.wait(PATIENCE_S) == 1
    assert line.startswith(f"127.0.0.1:{environment['PORT']} cannot be served on: Address already")


def test_a_setting_that_does_not_fit_is_told_in_one_sentence(environment: dict[str, str]) -> None:
    with running(SERVE, {**environment, "MAIL_URL": "carrier-pigeon"}) as serving:
        line = serving.wait_for("MAIL_URL")
        assert serving.process.wait(PATIENCE_S) == 1
    assert line.startswith("Error: MAIL_URL needs a host")


def _find(serving: Command, word: str) -> int:
    for pid in serving.session():
        if word in Path(f"/proc/{pid}/cmdline").read_text().split("\0"):
            return pid
    raise LookupError(word)
