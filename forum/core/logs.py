"""Structured logs: one JSON line a request, and nothing in it that a member typed.

Never text, e-mail addresses, query strings or a full network address.
"""

from __future__ import annotations

import json
import logging
import secrets
import sys
import time
import traceback
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, g, request

from forum.core.network import network_of

requests_log = logging.getLogger("forum.requests")
_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """One JSON object a line, with the fields given as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
            "says": record.getMessage(),
        }
        line |= {key: value for key, value in record.__dict__.items() if key not in _STANDARD}
        if record.exc_info and record.exc_info[1]:
            line["error"] = _without_message(record.exc_info[1])
        return json.dumps(line, default=str)


def _without_message(error: BaseException) -> str:
    """Where an error came from and of what kind: its message may hold what somebody typed."""
    cause = error.__cause__ or error.__context__
    before = f"{_without_message(cause)}\n" if cause else ""
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"{before}{frames}{type(error).__module__}.{type(error).__qualname__}"


def init_app(app: Flask) -> None:
    _configure(app.config["LOG_LEVEL"])
    app.log_exception = _log_unhandled  # type: ignore[method-assign, assignment]
    app.before_request(_start)
    app.after_request(_write_line)


def _configure(level: str) -> None:
    root = logging.getLogger("forum")
    if not any(isinstance(handler.formatter, JsonLines) for handler in root.handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        root.addHandler(handler)
    root.propagate = False
    root.setLevel(level)


def _start() -> None:
    g.started = time.perf_counter()
    g.request_id = secrets.token_hex(8)


def _log_unhandled(error: Any) -> None:
    """In place of Flask's own, which writes the address down: it may hold a token or a name."""
    requests_log.error(
        "unhandled",
        exc_info=error,
        extra={"request_id": g.get("request_id"), "route": _route(), "method": request.method},
    )


def _route() -> str | None:
    return request.url_rule.rule if request.url_rule else None


def _write_line(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.request_id
    requests_log.info(
        "request",
        extra={
            "request_id": g.request_id,
            "method": request.method,
            "route": _route(),
            "status": response.status_code,
            "ms": round((time.perf_counter() - g.started) * 1000, 1),
            "network": network_of(request.remote_addr),
        },
    )
    return response
