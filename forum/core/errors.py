"""What people see when something is not possible. Nothing they typed is lost."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError, generate_csrf
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import HTTPException

from forum.core import clock
from forum.core.access import Gate, current_viewer, gate_of
from forum.core.kept import Fields, carried_action, carried_fields, kept_fields
from forum.core.transactions import give_up
from forum.core.verdicts import Refused, Unknown
from forum.core.web_session import SentByAnotherSite
from forum.extensions import limiter

log = logging.getLogger("forum.errors")

# The database is locked by a long write, away, or has no connection left: a matter of time.
PASSING = (OperationalError, NoConnectionFree)
BUSY_WAIT_S = 60

MAY_SEND_AGAIN = frozenset({400, 401, 403, 429, 500, 503})
PAGES = {
    400: ("This could not be read", "Something in the address or the form was not as expected."),
    401: ("Please sign in first", "You are not signed in, or your visit has ended."),
    403: ("Not now", "This is not open to you at the moment."),
    404: ("Nothing here", "There is no page at this address, or it is not open to you."),
    405: ("This could not be read", "This address does not take what was sent."),
    413: ("That is too large", "What was sent is larger than this site can take."),
    429: ("One moment, please", "That was a lot at once."),
    500: ("Something broke on our side", "It is not your fault, and we have made a note of it."),
    503: ("Back in a moment", "The forum is catching its breath. Please try again in a minute."),
}


def init_app(app: Flask) -> None:
    app.register_error_handler(Unknown, lambda error: error_page(404))
    app.register_error_handler(Refused, lambda error: error_page(403, str(error)))
    app.register_error_handler(CSRFError, _broken_form)
    app.register_error_handler(SentByAnotherSite, _foreign_form)
    app.register_error_handler(RateLimitExceeded, _too_fast)
    app.register_error_handler(HTTPException, _http_error)


def error_page(status: int, sentence: str = "", *, keeps_text: bool = True) -> Response:
    """A page for `status`; text that was typed comes back with it, where it was typed here."""
    title, usual = PAGES.get(status, PAGES[500 if status >= 500 else 400])
    ended_visit = _ended_visit(status)
    if ended_visit:
        title = PAGES[401][0]
    carried = carried_action() if keeps_text else ""
    kept = _kept(carried) if keeps_text else []
    about: dict[str, Any] = {
        "title": title,
        "sentence": sentence or usual,
        "status": status,
        "kept": kept,
        "action": carried or request.full_path.rstrip("?"),
        "sign_in_first": bool(carried) or ended_visit,
        "may_send_again": status in MAY_SEND_AGAIN,
        "request_id": g.get("request_id", ""),
    }
    name = "errors/kept.html" if any(value for _, value in kept) else "errors/page.html"
    return make_response(_drawn(name, about), status)


def _kept(carried: str) -> Fields:
    return carried_fields() if carried else kept_fields()


def _drawn(name: str, about: dict[str, Any]) -> str:
    """The page in our layout; when the database is what broke, one that needs none."""
    try:
        return render_template(name, **about)
    except SQLAlchemyError:
        log.exception("error page without the database")
        bare = current_app.jinja_env.get_template("errors/bare.html")
        return bare.render(csrf_token=generate_csrf(), **about)


def _ended_visit(status: int) -> bool:
    """Whether this came of a form for members, sent by somebody who is signed out by now."""
    if status not in (400, 401):
        return False
    view = current_app.view_functions.get(request.endpoint or "")
    return view is not None and gate_of(view) is not Gate.PUBLIC and not current_viewer().is_member


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    status = error.code or 500
    if status >= 500:
        give_up()
    if isinstance(getattr(error, "original_exception", None), PASSING):
        return _busy()
    page = error_page(status)
    page.headers.extend((k, v) for k, v in error.get_headers() if k in ("Allow", "Retry-After"))
    return page


def _busy() -> ResponseReturnValue:
    page = error_page(503)
    page.headers["Retry-After"] = str(BUSY_WAIT_S)
    return page


def _broken_form(error: CSRFError) -> ResponseReturnValue:
    if request.method == "POST" and not current_viewer().is_member:
        return error_page(400, "This page was open for a long time, or you were signed out.")
    return error_page(400, "This page was open for a long time. Please send it once more.")


def _foreign_form(error: SentByAnotherSite) -> ResponseReturnValue:
    """Its words are another site's: given back, one press would send them in the reader's name."""
    return error_page(400, "Another site sent this, so nothing was done.", keeps_text=False)


def _too_fast(_error: RateLimitExceeded) -> ResponseReturnValue:
    seconds = _seconds_to_wait()
    page = error_page(429, f"That was a lot at once. Please wait {waiting_words(seconds)}.")
    page.headers["Retry-After"] = str(seconds)
    return page


def _seconds_to_wait() -> int:
    """Until the next one is free, not until the whole window is over."""
    broken = limiter.current_limit
    return max(1, broken.reset_at - int(clock.now().timestamp())) if broken else 60


def waiting_words(seconds: int) -> str:
    """`seconds` rounded up, in words a person uses: "40 seconds", "5 minutes", "2 hours"."""
    for size, name in ((3600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= size:
            count = -(-seconds // size)
            return f"{count} {name}{'s' if count > 1 else ''}"
    return "a second"
