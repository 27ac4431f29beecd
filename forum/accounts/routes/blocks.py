"""Blocking a member, and taking it back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forum.accounts import queries
from forum.accounts.actions import blocking
from forum.accounts.routes.blueprint import accounts
from forum.accounts.routes.profiles import profile_path
from forum.core.access import current_viewer, member, safe_next


@accounts.post("/members/<username>/block")
@member
def block(username: str) -> ResponseReturnValue:
    subject = queries.member_named(current_viewer(), username)
    blocking.block_member(current_viewer(), subject)
    flash(f"{subject.username} is blocked, and is not told.", "success")
    return redirect(_back(subject.username), 303)


@accounts.post("/members/<username>/unblock")
@member
def unblock(username: str) -> ResponseReturnValue:
    subject = queries.member_named(current_viewer(), username)
    blocking.unblock_member(current_viewer(), subject)
    flash(f"{subject.username} is no longer blocked.", "success")
    return redirect(_back(subject.username), 303)


@accounts.get("/settings/blocks")
@member
def blocks() -> ResponseReturnValue:
    rows = queries.blocked_by(current_viewer())
    return render_template("accounts/settings_blocks.html", rows=rows)


def _back(username: str) -> str:
    return safe_next(request.form.get("next") or profile_path(username))
