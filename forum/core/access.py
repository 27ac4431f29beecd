"""The gate of every view: who may knock at all. Rows have rules of their own, in `policy.py`."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, has_request_context, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from forum.core import moments
from forum.core.forms import NUL
from forum.core.verdicts import Refused, Unknown
from forum.core.viewer import ANONYMOUS, Rank, Viewer

View = TypeVar("View", bound=Callable[..., Any])


class Gate(Enum):
    """Who may call a view, and what others are told."""

    PUBLIC = "anyone"
    MEMBER = "members"
    WELCOMER = "welcomers"
    EDITOR = "editors of the guide"
    MODERATOR = "moderators"
    ADMIN = "administrators"


RANKS = {
    Gate.WELCOMER: Rank.WELCOMER,
    Gate.EDITOR: Rank.EDITOR,
    Gate.MODERATOR: Rank.MODERATOR,
    Gate.ADMIN: Rank.ADMINISTRATOR,
}


class UndeclaredView(RuntimeError):
    """A view without a gate: the application does not start."""


def _declare(gate: Gate) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.gate = gate  # type: ignore[attr-defined]
        return view

    return mark


public = _declare(Gate.PUBLIC)
member = _declare(Gate.MEMBER)
welcomer = _declare(Gate.WELCOMER)
editor = _declare(Gate.EDITOR)
moderator = _declare(Gate.MODERATOR)
admin = _declare(Gate.ADMIN)


def open_while_suspended(view: View) -> View:
    """Mark a `@member` view that a suspended member keeps: their settings, their decisions."""
    view.open_while_suspended = True  # type: ignore[attr-defined]
    return view


def current_viewer() -> Viewer:
    """The person of this request; for views and templates only, rooms get it passed."""
    if not has_request_context():
        return ANONYMOUS
    viewer: Viewer = current_user._get_current_object()  # noqa: SLF001 - the proxy's own way out
    return viewer


def gate_of(view: Callable[..., Any]) -> Gate | None:
    return getattr(view, "gate", None)


def init_app(app: Flask) -> None:
    app.before_request(_check_gate)


def refuse_undeclared_views(app: Flask) -> None:
    """Raise `UndeclaredView` naming every view that has no gate."""
    undeclared = sorted(name for name, view in app.view_functions.items() if gate_of(view) is None)
    if undeclared:
        raise UndeclaredView(f"views without a gate: {', '.join(undeclared)}")


def _check_gate() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    if NUL in request.path:
        # No name of anything holds it, and no database can be asked for it.
        raise Unknown
    view = current_app.view_functions[request.endpoint]
    gate = gate_of(view)
    if gate is Gate.PUBLIC:
        return None
    viewer = current_viewer()
    if not viewer.is_member:
        return _ask_to_sign_in()
    if viewer.is_suspended and not getattr(view, "open_while_suspended", False):
        raise Refused(suspension_sentence(viewer))
    if gate in RANKS and not viewer.has_rank(RANKS[gate]):
        raise Refused(f"This page is for {gate.value}.")
    return None


def suspension_sentence(viewer: Viewer) -> str:
    until = moments.day(viewer.suspended_until, viewer.time_zone) if viewer.suspended_until else ""
    return (
        f"Your account is paused until {until}. You can still read the public pages, "
        "and the words from the moderators that say why."
    )


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    return abort(401)


def safe_next(address: str | None) -> str:
    """`address` if it is a path of this site, otherwise the front page: no open redirect."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return "/"
    if any(ord(character) < 33 for character in address) or "\\" in address:
        return "/"
    parts = urlsplit(address)
    return address if not parts.netloc and not parts.scheme else "/"
