"""The sign-in cookie, and the viewer it stands for."""

from __future__ import annotations

from flask import Flask, Request, Response, current_app, g, request

from forum.accounts import sessions
from forum.core.viewer import ANONYMOUS, Viewer
from forum.core.web_session import session_cookie
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


def _load(request: Request) -> Viewer | None:
    token = present_token()
    viewer = sessions.viewer_of_session(token) if token else ANONYMOUS
    g.session_token = token if viewer.is_member else ""
    return viewer
