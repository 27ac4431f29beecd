"""Pages that belong to no single room: the front page, and whether we are alive."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from forum.core.access import public
from forum.extensions import db, limiter

home = Blueprint("home", __name__)


@home.get("/healthz")
@limiter.exempt
@public
def alive() -> ResponseReturnValue:
    return "alive\n", {"Content-Type": "text/plain; charset=utf-8"}


@home.get("/readyz")
@limiter.exempt
@public
def ready() -> ResponseReturnValue:
    db.session.execute(text("SELECT 1"))
    return "ready\n", {"Content-Type": "text/plain; charset=utf-8"}
