"""The outbox: rows are the truth, and whoever drains them may be killed at any moment.

A worker leases a row, works, and marks it done in the transaction of the work itself. After a
kill the lease runs out and the row is taken again: at least once, never lost.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forum.core import clock
from forum.extensions import db
from forum.jobs.models import OutboxRow

log = logging.getLogger("forum.jobs")

LEASE = timedelta(minutes=2)
# With the waits between them, about two and a half days: a mail server that is away from Friday
# evening to Sunday loses no letter.
MOST_ATTEMPTS = 30
LONGEST_WAIT_S = 3 * 3600
KEPT_AFTER_DONE = timedelta(days=7)
FILLED = "outbox_filled"

# The id of the row whose work is being done: the same again when it is done once more.
present_row: ContextVar[int] = ContextVar("present_row", default=0)

Work = Callable[..., object]
_work: dict[str, Work] = {}


def install(table: Mapping[str, Work]) -> None:
    """Put the table kind -> function in force; it stands in `forum/subscriptions.py`."""
    _work.clear()
    _work.update(table)


def enqueue(
    kind: str, *, dedupe_key: str | None = None, after: timedelta = timedelta(0), **payload: Any
) -> None:
    """Write work for later into the present transaction; `payload` holds ids, never text.

    A `dedupe_key` that was used before makes this call do nothing.
    """
    if dedupe_key is not None and _known(dedupe_key):
        return
    moment = clock.now()
    row = OutboxRow(
        kind=kind,
        payload=payload,
        dedupe_key=dedupe_key,
        created_at=moment,
        next_at=moment + after,
    )
    if not _added(row):
        return
    db.session.info[FILLED] = db.session.info.get(FILLED, False) or not after


def drain(most: int = 100) -> int:
    """Do the work that is due, at most `most` pieces; returns how many were tried."""
    tried = 0
    while tried < most and (row_id := _lease()) is not None:
        _do(row_id)
        tried += 1
    return tried


def forget_done() -> int:
    """Delete rows that were done a while ago; returns how many."""
    session: Session = db.session()
    rows = session.scalars(
        select(OutboxRow.id).where(OutboxRow.done_at < clock.now() - KEPT_AFTER_DONE).limit(5000)
    ).all()
    for row_id in rows:
        session.delete(session.get_one(OutboxRow, row_id))
    session.commit()
    return len(rows)


def _added(row: OutboxRow) -> bool:
    """Whether the row was new; of two with one key at the same instant, the second is not."""
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        if row.dedupe_key is None:
            raise
        return False
    return True


def _known(dedupe_key: str) -> bool:
    found = select(OutboxRow.id).where(OutboxRow.dedupe_key == dedupe_key)
    return db.session.scalar(found) is not None


def _lease() -> int | None:
    moment = clock.now()
    due = (
        select(OutboxRow.id)
        .where(
            OutboxRow.done_at.is_(None),
            OutboxRow.given_up_at.is_(None),
            OutboxRow.next_at <= moment,
            or_(OutboxRow.locked_until.is_(None), OutboxRow.locked_until < moment),
        )
        .order_by(OutboxRow.next_at, OutboxRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row_id = db.session.scalar(due)
    if row_id is not None:
        leased = {"locked_until": moment + LEASE, "attempts": OutboxRow.attempts + 1}
        db.session.execute(update(OutboxRow).where(OutboxRow.id == row_id).values(leased))
    db.session.commit()
    return row_id


def _do(row_id: int) -> None:
    row = db.session.get_one(OutboxRow, row_id)
    kind, payload = row.kind, dict(row.payload)
    present_row.set(row_id)
    try:
        _work[kind](**payload)
        row = db.session.get_one(OutboxRow, row_id)
        row.done_at, row.error, row.payload = clock.now(), None, {}
        db.session.commit()
    except Exception as error:  # noqa: BLE001 - whatever a piece of work raises, the others must go on
        db.session.rollback()
        log.warning(
            "job failed", extra={"job": row_id, "kind": kind, "error": type(error).__name__}
        )
        _try_later(row_id, error)


def _try_later(row_id: int, error: Exception) -> None:
    row = db.session.get_one(OutboxRow, row_id)
    row.error = type(error).__name__
    row.locked_until = None
    if row.attempts >= MOST_ATTEMPTS:
        row.given_up_at = clock.now()
        log.error("job given up", extra={"job": row_id, "kind": row.kind})
    else:
        row.next_at = clock.now() + timedelta(seconds=_wait_s(row.attempts))
    db.session.commit()


def _wait_s(attempts: int) -> float:
    doubled = min(2.0**attempts * 5, LONGEST_WAIT_S)
    return doubled * random.uniform(0.8, 1.2)  # noqa: S311 - spreads retries, no secret
