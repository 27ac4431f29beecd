"""One transaction a request: it stays when an unsafe request succeeded, and else is as if never."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from flask import Flask

from forum.extensions import db
from tests.cast import Browser, elsewhere, form_post
from tests.core import probing
from tests.core.conftest import MakeProbe
from tests.core.probing import add_member, names


@pytest.mark.parametrize("status", [200, 201, 204, 303])
def test_what_a_successful_post_wrote_stays(probe: Browser, status: int) -> None:
    form_post(probe, f"/probe/answer/{status}")
    assert names() == {"Written"}


@pytest.mark.parametrize("status", [400, 403, 404, 409, 422, 429, 500, 503])
def test_what_a_refused_post_wrote_is_gone(probe: Browser, status: int) -> None:
    answer = form_post(probe, f"/probe/answer/{status}")
    assert answer.status_code == status
    assert names() == set()


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_what_a_reading_request_wrote_is_gone(probe: Browser, method: str) -> None:
    assert getattr(probe, method)("/probe/answer/200").status_code == 200
    assert names() == set()


@pytest.mark.parametrize(("path", "status"), [("refuse", 403), ("hide", 404), ("break", 500)])
def test_an_exception_leaves_nothing(probe: Browser, path: str, status: int) -> None:
    answer = form_post(probe, f"/probe/{path}")
    assert answer.status_code == status
    assert "Written" not in names()


@pytest.mark.parametrize("path", ["refuse", "break-and-survive"])
def test_what_must_survive_a_refusal_survives_it(probe: Browser, path: str) -> None:
    form_post(probe, f"/probe/{path}")
    assert names() == {"Survivor"}


def test_a_survivor_is_written_once_and_not_by_the_next_request(probe: Browser) -> None:
    form_post(probe, "/probe/refuse")
    form_post(probe, "/probe/answer/200")
    assert names() == {"Survivor", "Written"}


def test_eight_people_who_read_and_then_write_at_once_are_all_served(
    app: Flask, make_probe: MakeProbe
) -> None:
    probe = make_probe()
    start = Barrier(8)
    answers: list[int] = []

    def write(number: int) -> None:
        client = probe.test_client()
        start.wait()
        for turn in range(10):
            answer = form_post(client, "/probe/read-then-write", {"name": f"m{number}_{turn}"})
            answers.append(answer.status_code)

    people = [Thread(target=write, args=(number,)) for number in range(8)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert answers == [200] * 80
    assert len(names()) == 80


def test_slow_work_before_the_first_change_lets_others_write(
    app: Flask, probe: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def somebody_writes() -> None:
        other = Thread(target=lambda: elsewhere(app, write))
        other.start()
        other.join(timeout=3)
        assert not other.is_alive()

    def write() -> None:
        add_member("Other")
        db.session.commit()

    monkeypatch.setattr(probing, "in_between", somebody_writes)
    assert form_post(probe, "/probe/slow").status_code == 200
    assert names() == {"Other", "Slow"}
