"""The sign-in cookie, and the viewer it stands for."""

from __future__ import annotations

from flask import Flask, Request, Response, current_app, g, request, session

from forum.accounts import sessions
from forum.accounts.tokens import keyed_hash
from forum.core import clock
from forum.core.network import network_of
from forum.core.transactions import SAFE_METHODS, survive
from forum.core.viewer import ANONYMOUS, Viewer
from forum.core.web_session import CSRF_KEY, derived_secret, session_cookie
from forum.extensions import login


def init_app(app: Flask) -> None:
    login.init_app(app)
    login.anonymous_user = lambda: ANONYMOUS
    # Our sessions are rows; its own protection would write a cookie on a visitor's first page.
    login.session_protection = None
    login.request_loader(_load)


def give_cookie(response: Response, token: str) -> Response:
    """Sign the browser in with this session's token."""
    response.set_cookie(
        session_cookie(current_app),
        token,
        max_age=int(sessions.LONGEST.total_seconds()),
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def take_cookie(response: Response) -> Response:
    response.delete_cookie(
        session_cookie(current_app),
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response


def present_token() -> str:
    return request.cookies.get(session_cookie(current_app), "")


def continue_as(token: str) -> None:
    """Draw the rest of this answer for the session just begun, with forms that are bound to it."""
    g._login_user = sessions.viewer_of_session(token)  # noqa: SLF001 - where Flask-Login keeps it
    g.session_token = token
    g.pop("csrf_token", None)
    changed = session.modified
    session[CSRF_KEY] = derived_secret(current_app, token)
    session.modified = changed


def network_hash() -> str:
    """The network of this request, in a form that only this forum can compare."""
    return keyed_hash(str(current_app.secret_key), f"network:{network_of(request.remote_addr)}")


def login_hash(login_key: str) -> str:
    return keyed_hash(str(current_app.secret_key), f"login:{login_key}")


def _load(request: Request) -> Viewer | None:
    token = present_token()
    found = sessions.session_of(token) if token else sessions.NO_SESSION
    g.session_token = token if found.viewer.is_member else ""
    _note_visit(found)
    return found.viewer


def _note_visit(found: sessions.Session) -> None:
    """Once a day, and never by reading: the list of devices shows days."""
    if request.method in SAFE_METHODS or found.last_seen_at is None:
        return
    if found.last_seen_at.date() < clock.now().date():
        survive(lambda: sessions.note_visit(found.viewer.session_id))
