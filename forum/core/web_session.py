"""Forms are bound to the signed-in session by a derived secret, so that reading sets no cookie.

Flask-WTF keeps its secret in Flask's session. Ours is derived: from the member's session token
when there is one, from the site's key for visitors. A cookie of Flask's own is written only to
carry a message over a redirect. A visitor's forms are further held by `same_site_only`.
"""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import urlsplit

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFError

from forum.core.transactions import SAFE_METHODS

CSRF_KEY = "csrf_token"
NOTE_COOKIE = "note"


class DerivedSessions(SecureCookieSessionInterface):
    """Flask's signed cookie for messages, with a CSRF secret that is never stored in it."""

    def open_session(self, app: Flask, request: Request) -> SessionMixin | None:  # type: ignore[override]
        session = super().open_session(app, request)
        if session is not None:
            session[CSRF_KEY] = derived_secret(app, request.cookies.get(session_cookie(app), ""))
            session.modified = False
        return session

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not session.modified:
            return
        session.pop(CSRF_KEY, None)
        super().save_session(app, session, response)


class SentByAnotherSite(CSRFError):  # type: ignore[misc]
    """Not a form of ours: what it holds was not typed here, and nobody shall be led to send it."""


def session_cookie(app: Flask) -> str:
    """The name of the sign-in cookie; on https the browser itself binds it to the host."""
    return "__Host-session" if app.config["SESSION_COOKIE_SECURE"] else "session"


def derived_secret(app: Flask, token: str) -> str:
    key = str(app.secret_key).encode()
    return hmac.new(key, f"csrf:{token or 'visitor'}".encode(), hashlib.sha256).hexdigest()


def init_app(app: Flask) -> None:
    app.session_interface = DerivedSessions()
    app.before_request(same_site_only)


def same_site_only() -> None:
    """Refuse an unsafe request that another site's page has sent."""
    if request.method in SAFE_METHODS:
        return
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        if fetch_site not in ("same-origin", "none"):
            raise SentByAnotherSite("another site sent this form")
        return
    origin = request.headers.get("Origin")
    if origin not in (None, "null") and urlsplit(origin).netloc != request.host:
        raise SentByAnotherSite("another site sent this form")
