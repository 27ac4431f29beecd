"""What pages cost: queries, bytes, and time as a ratio to a bare Flask page, in one run.

    .venv/bin/python -m bench.pages [--posts 200000]

Builds a generated community in a folder of its own, then asks for each page as a visitor and as
a member, in this process. Times are medians of interleaved rounds and only mean something as
ratios to the bare page of the same run.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from forum import create_app
from forum.accounts.models import Member
from forum.accounts.sessions import open_session
from forum.core.web_session import session_cookie
from forum.extensions import db, limiter
from forum.threads.models import Thread
from forum.topics.models import Topic

ROUNDS = 25
NO_STATEMENTS = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")
ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')


@dataclass
class Cost:
    page: str
    who: str
    status: int
    queries: int
    html_bytes: int
    sent_bytes: int
    ms: float
    times_bare: float


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--threads", type=int, default=2_000)
    options.add_argument("--posts", type=int, default=20_000)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = _community(Path(folder), given.threads, given.posts)
        costs = list(_measure(app))
        weight = _first_visit(app)
    print(json.dumps({"pages": [asdict(cost) for cost in costs], "first_visit": weight}, indent=1))
    for cost in costs:
        print(
            f"{cost.page:<28}{cost.who:<9}{cost.queries:>3} queries"
            f"{cost.html_bytes / 1000:>8.1f} KB{cost.sent_bytes / 1000:>7.1f} KB sent"
            f"{cost.times_bare:>7.1f} x bare"
        )
    for page, (requests, size) in weight.items():
        print(f"first visit to {page}: {requests} requests, {size / 1000:.1f} KB")


def _community(folder: Path, threads: int, posts: int) -> Flask:
    app = create_app(DATA_DIR=folder, LOG_LEVEL="ERROR")
    limiter.enabled = False
    run = app.test_cli_runner().invoke
    for command in (
        ["db", "upgrade"],
        ["seed"],
        ["demo", "--threads", str(threads), "--posts", str(posts)],
    ):
        result = run(args=command)
        if result.exit_code:
            raise SystemExit(f"{command}: {result.output}")
    return app


def _addresses() -> dict[str, str]:
    longest = db.session.execute(
        select(Thread.id, Thread.slug, Thread.last_number).order_by(Thread.last_number.desc())
    ).first()
    twenty = db.session.execute(
        select(Thread.id, Thread.slug)
        .where(Thread.last_number >= 20, Thread.audience == "everyone")
        .order_by(Thread.last_number)
    ).first()
    busiest = db.session.scalar(select(Topic.slug).where(Topic.slug == "after-cart"))
    if longest is None or twenty is None:
        raise SystemExit("too few posts to measure")
    last = -(-longest.last_number // 20)
    return {
        "home": "/",
        "guide": "/guide",
        "guide part": "/guide/bispecifics",
        "topic": f"/topics/{busiest}",
        "conversations": "/threads",
        "thread of 20": f"/threads/{twenty.id}-{twenty.slug}",
        "long thread, first page": f"/threads/{longest.id}-{longest.slug}",
        "long thread, last page": f"/threads/{longest.id}-{longest.slug}?page={last}",
        "help": "/help",
    }


def _measure(app: Flask) -> Iterator[Cost]:
    bare = Flask("bare")
    bare.add_url_rule("/", "hello", lambda: "hello")
    with app.app_context():
        addresses = _addresses()
        # The longest generated thread may be for members; a visitor needs one they may read.
        db.session.execute(
            Thread.__table__.update()
            .where(Thread.id == int(re.findall(r"\d+", addresses["long thread, first page"])[0]))
            .values(audience="everyone")
        )
        member = db.session.scalars(select(Member).where(Member.is_demo.is_(True))).first()
        assert member is not None
        token = open_session(member.id)
        db.session.commit()
    for who, client in (("visitor", app.test_client()), ("member", app.test_client())):
        if who == "member":
            client.set_cookie(session_cookie(app), token)
        for page, address in addresses.items():
            yield _cost(app, client, bare.test_client(), page, who, address)


def _cost(
    app: Flask, client: FlaskClient, bare: FlaskClient, page: str, who: str, address: str
) -> Cost:
    plain = _get(client, address)
    with _statements(app) as statements:
        _get(client, address)
    packed = _get(client, address, {"Accept-Encoding": "br"})
    times, bare_times = [], []
    for _ in range(ROUNDS):
        times.append(_timed(client, address))
        bare_times.append(_timed(bare, "/"))
    ms = statistics.median(times) * 1000
    return Cost(
        page,
        who,
        plain.status_code,
        len(statements),
        len(plain.data),
        len(packed.data),
        round(ms, 3),
        round(ms / (statistics.median(bare_times) * 1000), 1),
    )


def _first_visit(app: Flask) -> dict[str, tuple[int, int]]:
    """Requests and bytes (brotli) of a first visit: the page and what it names."""
    client, found = app.test_client(), {}
    for page in ("/", "/guide/bispecifics", "/topics/talvey-side-effects", "/help", "/join"):
        html = _get(client, page).get_data(as_text=True)
        wanted = [page, *dict.fromkeys(ASSET.findall(html))]
        sizes = [len(_get(client, each, {"Accept-Encoding": "br"}).data) for each in wanted]
        found[page] = (len(wanted), sum(sizes))
    return found


def _get(client: FlaskClient, address: str, headers: dict[str, str] | None = None) -> Any:
    return Context().run(client.get, address, headers=headers or {})


def _timed(client: FlaskClient, address: str) -> float:
    begun = time.perf_counter()
    _get(client, address)
    return time.perf_counter() - begun


@contextmanager
def _statements(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.lstrip().upper().startswith(NO_STATEMENTS):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


if __name__ == "__main__":
    main()
