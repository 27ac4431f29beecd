"""Where I am signed in."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum.accounts import queries, web
from forum.accounts.actions import signing_in
from forum.accounts.routes.blueprint import accounts
from forum.core.access import current_viewer, member, open_while_suspended

# An id that any database can be asked for.
ID = f"int(max={2**63 - 1})"


@accounts.get("/settings")
@member
@open_while_suspended
def settings() -> ResponseReturnValue:
    return render_template("accounts/settings.html")


@accounts.get("/settings/sessions")
@member
@open_while_suspended
def sessions() -> ResponseReturnValue:
    rows = queries.devices_of(current_viewer())
    return render_template("accounts/settings_sessions.html", rows=rows)


@accounts.post(f"/settings/sessions/<{ID}:session_id>/end")
@member
@open_while_suspended
def end_one(session_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    signing_in.end_session(viewer, session_id)
    if session_id == viewer.session_id:
        return web.take_cookie(make_response(redirect(url_for("accounts.sign_in"), 303)))
    flash("That device is signed out.", "success")
    return redirect(url_for("accounts.sessions"), 303)


@accounts.post("/settings/sessions/end-others")
@member
@open_while_suspended
def end_others() -> ResponseReturnValue:
    signing_in.end_other_sessions(current_viewer())
    flash("You are signed out everywhere but here.", "success")
    return redirect(url_for("accounts.sessions"), 303)
