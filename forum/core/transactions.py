"""One transaction a request: an answer under 400 to an unsafe method commits, all else rolls back.

Verbs flush and never commit. What must outlive a refusal (a failed sign-in, say) goes through
`survive`, and gets a short transaction of its own once the request's has ended.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response, g, request

from forum.core.database import prepare_engine, writing
from forum.extensions import db

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask) -> None:
    with app.app_context():
        prepare_engine(db.engine)
    app.before_request(_begin)
    app.after_request(_end)


def survive(record: Callable[[], object]) -> None:
    """Run `record` in a transaction of its own after the request's, whichever way that ended."""
    g.setdefault("survivors", []).append(record)


def release_lock() -> None:
    """Let other writers on before slow work such as hashing a password.

    Only before the first change: it ends the transaction, and a later statement begins anew.
    """
    db.session.rollback()


def give_up() -> None:
    """Undo what the request began, so that the page which tells of its end only reads.

    Otherwise that page would wait for the same lock again, or find the session unusable.
    """
    writing.set(False)
    db.session.rollback()


def _begin() -> None:
    writing.set(request.method not in SAFE_METHODS)


def _end(response: Response) -> Response:
    if writing.get() and response.status_code < 400:
        db.session.commit()
    else:
        db.session.rollback()
    for record in g.pop("survivors", ()):
        record()
        db.session.commit()
    return response
