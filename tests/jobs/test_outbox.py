"""Work for later is lost by no kill, and done again only when nobody can know that it was done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from forum.accounts.models import Member
from forum.extensions import db
from forum.jobs import outbox as work
from forum.jobs.models import OutboxRow
from tests.cast import elsewhere, make_member, settle

START = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


class Killed(BaseException):
    """The machine goes dark: nothing that catches exceptions gets to act."""


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(START, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the work of the kind "note" was called with."""
    calls: list[int] = []
    monkeypatch.setitem(work._work, "note", _noting(calls))
    return calls


def _noting(calls: list[int]) -> Callable[..., None]:
    return lambda number: calls.append(number)


def rows() -> list[OutboxRow]:
    settle()
    return list(db.session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


def drain(app: Flask) -> int:
    return elsewhere(app, work.drain)


def test_work_is_done_once_and_its_ids_are_forgotten(app: Flask, done: list[int]) -> None:
    work.enqueue("note", number=7)
    assert drain(app) == 1
    assert drain(app) == 0
    assert done == [7]
    assert [(row.payload, row.done_at is not None) for row in rows()] == [({}, True)]


def test_work_that_was_not_committed_does_not_exist(app: Flask, done: list[int]) -> None:
    work.enqueue("note", number=7)
    db.session.rollback()
    assert drain(app) == 0
    assert done == []


def test_a_key_that_was_used_before_asks_for_nothing_more(app: Flask, done: list[int]) -> None:
    for _ in range(2):
        work.enqueue("note", dedupe_key="once", number=7)
    drain(app)
    work.enqueue("note", dedupe_key="once", number=7)
    drain(app)
    assert done == [7]


def test_work_waits_for_its_time(
    app: Flask, done: list[int], clock: time_machine.Coordinates
) -> None:
    work.enqueue("note", after=timedelta(minutes=10), number=7)
    drain(app)
    assert done == []
    clock.shift(timedelta(minutes=10))
    drain(app)
    assert done == [7]


def test_work_is_done_in_the_order_in_which_it_was_asked_for(app: Flask, done: list[int]) -> None:
    for number in (1, 2, 3):
        work.enqueue("note", number=number)
    drain(app)
    assert done == [1, 2, 3]


def test_a_kill_between_lease_and_work_delays_it_and_loses_nothing(
    app: Flask, done: list[int], clock: time_machine.Coordinates
) -> None:
    work.enqueue("note", number=7)
    elsewhere(app, work._lease)
    assert drain(app) == 0
    clock.shift(work.LEASE + timedelta(seconds=1))
    assert drain(app) == 1
    assert drain(app) == 0
    assert done == [7]


def test_a_kill_in_the_middle_of_work_undoes_what_it_wrote_and_does_it_again(
    app: Flask, clock: time_machine.Coordinates, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def write_a_member(number: int) -> None:
        tries.append(number)
        db.session.add(Member(username="Half", username_key="half", joined_at=START))
        db.session.flush()
        if len(tries) == 1:
            raise Killed

    monkeypatch.setitem(work._work, "write", write_a_member)
    work.enqueue("write", number=7)
    with pytest.raises(Killed):
        drain(app)
    assert db.session.scalar(select(func.count(Member.id))) == 0
    clock.shift(work.LEASE + timedelta(seconds=1))
    drain(app)
    assert tries == [7, 7]
    assert db.session.scalar(select(func.count(Member.id))) == 1
    assert rows()[0].done_at is not None


def test_work_that_fails_is_tried_later_and_later_and_at_last_given_up(
    app: Flask,
    clock: time_machine.Coordinates,
    monkeypatch: pytest.MonkeyPatch,
    log_lines: list[dict[str, Any]],
) -> None:
    def refuse() -> None:
        raise OSError("the text of an error may hold an address")

    monkeypatch.setitem(work._work, "refuse", refuse)
    work.enqueue("refuse")
    waits: list[timedelta] = []
    while rows()[0].given_up_at is None:
        before = rows()[0].next_at
        clock.move_to(before)
        drain(app)
        waits.append(rows()[0].next_at - before)
    assert rows()[0].attempts == work.MOST_ATTEMPTS
    assert waits[0] < timedelta(seconds=15) < waits[3] < waits[6]
    assert sum(waits, timedelta()) > timedelta(days=2)
    assert max(waits) <= timedelta(seconds=work.LONGEST_WAIT_S * 1.2)
    assert rows()[0].error == "OSError"
    assert log_lines[-1]["says"] == "job given up"
    assert "address" not in str(log_lines)


def test_one_piece_that_fails_does_not_hold_up_the_others(
    app: Flask, done: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(work._work, "unknown", lambda: {}["nothing"])
    work.enqueue("unknown")
    work.enqueue("note", number=7)
    assert drain(app) == 2
    assert done == [7]


def test_two_workers_never_take_the_same_piece(app: Flask, done: list[int]) -> None:
    for number in range(40):
        work.enqueue("note", number=number)
    start = Barrier(2)

    def run() -> None:
        start.wait()
        with app.app_context():
            work.drain()

    db.session.commit()
    workers = [Thread(target=run) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    drain(app)
    assert sorted(done) == list(range(40))


def test_old_work_is_forgotten_and_pending_work_is_kept(
    app: Flask, done: list[int], clock: time_machine.Coordinates
) -> None:
    work.enqueue("note", number=1)
    drain(app)
    clock.shift(work.KEPT_AFTER_DONE + timedelta(days=1))
    work.enqueue("note", number=2)
    db.session.commit()
    assert elsewhere(app, work.forget_done) == 1
    assert [row.done_at for row in rows()] == [None]


def test_slow_work_keeps_nobody_from_writing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter on its way to a slow mail server holds no lock: somebody else joins meanwhile."""
    from forum.mail import jobs
    from forum.mail.letters import Letter

    def somebody_joins(message: object) -> None:
        def join() -> None:
            with app.app_context():
                make_member("Meanwhile")

        other = Thread(target=join)
        other.start()
        other.join(timeout=3)
        assert not other.is_alive()

    letter = Letter(to="a@mail.example", subject="Hello", paragraphs=("Hello",))
    monkeypatch.setitem(jobs._writers, "slow", lambda: letter)
    monkeypatch.setattr(jobs, "hand_over", somebody_joins)
    jobs.send_later("slow")
    drain(app)
    assert [row.error for row in rows()] == [None]
    assert db.session.scalar(select(func.count(Member.id))) == 1
