"""Slowing down those who guess passwords.

Failures are counted for a login from one network, for a network, and for a login from everywhere.
The last count only holds up networks that the member never signed in from: whoever guesses from
elsewhere cannot keep the owner out.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, delete, func, or_, select

from forum.accounts.models import FailedSignIn
from forum.core import clock
from forum.extensions import db

COUNTED_FOR = timedelta(hours=1)
FREE_TRIES = 5
FREE_TRIES_OF_NETWORK = 30
MOST_TRIES_OF_LOGIN = 50
FIRST_WAIT_S = 30
LONGEST_WAIT_S = 900


def wait_s(login_hash: str, network_hash: str, *, knows_network: bool) -> int:
    """Seconds to wait before the next try may be made; 0 for none."""
    moment = clock.now()
    row = _recent_failures(login_hash, network_hash, moment - COUNTED_FOR)
    waits = [
        _left(row.here, FREE_TRIES, row.here_last, moment),
        _left(row.network, FREE_TRIES_OF_NETWORK, row.network_last, moment),
    ]
    if not knows_network:
        waits.append(_left(row.login, MOST_TRIES_OF_LOGIN, row.login_last, moment))
    return max(waits)


def note_failure(login_hash: str, network_hash: str) -> None:
    db.session.add(FailedSignIn(at=clock.now(), login_hash=login_hash, network_hash=network_hash))
    db.session.flush()


def forgive(login_hash: str, network_hash: str) -> None:
    """Forget the failures of a login from a network, once it was right."""
    db.session.execute(
        delete(FailedSignIn).where(
            FailedSignIn.login_hash == login_hash, FailedSignIn.network_hash == network_hash
        )
    )


def _recent_failures(login_hash: str, network_hash: str, since: datetime) -> Row[Any]:
    by_login = FailedSignIn.login_hash == login_hash
    by_network = FailedSignIn.network_hash == network_hash
    counts: list[Any] = []
    for name, which in (
        ("here", and_(by_login, by_network)),
        ("network", by_network),
        ("login", by_login),
    ):
        counts.append(func.count().filter(which).label(name))
        counts.append(func.max(FailedSignIn.at).filter(which).label(f"{name}_last"))
    row: Row[Any] = db.session.execute(
        select(*counts).where(or_(by_login, by_network), FailedSignIn.at > since)
    ).one()
    return row


def _left(failures: int, free: int, last: datetime | None, moment: datetime) -> int:
    """The wait doubles with every failure past the free ones, counted from the last."""
    if failures < free or last is None:
        return 0
    wait = min(FIRST_WAIT_S * 2 ** min(failures - free, 10), LONGEST_WAIT_S)
    return max(0, int((last + timedelta(seconds=wait) - moment).total_seconds() + 0.999))
