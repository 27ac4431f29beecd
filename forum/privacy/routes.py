"""What the forum keeps about me: read it, take it along, leave."""

from __future__ import annotations

import json

from flask import Blueprint, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from forum.accounts.present_password import password_is_right
from forum.accounts.web import take_cookie
from forum.core.access import current_viewer, member, open_while_suspended, public
from forum.extensions import limiter
from forum.privacy.actions import data_of, leave, plain
from forum.privacy.forms import TAKE, LeaveForm
from forum.privacy.policy import may_leave

privacy = Blueprint("privacy", __name__)


@privacy.get("/settings/data")
@member
@open_while_suspended
def data() -> ResponseReturnValue:
    return _page(LeaveForm(formdata=None))


@privacy.get("/settings/data/download")
@limiter.limit("10 per hour")
@member
@open_while_suspended
def download() -> ResponseReturnValue:
    text = json.dumps(data_of(current_viewer()), default=plain, indent=2, ensure_ascii=False)
    answer = make_response(text)
    answer.headers["Content-Type"] = "application/json; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="what-i-wrote.json"'
    return answer


@privacy.post("/settings/data/leave")
@limiter.limit("10 per hour")
@member
@open_while_suspended
def leave_for_good() -> ResponseReturnValue:
    form = LeaveForm()
    if not form.validate() or not password_is_right(form):
        return _page(form), 422
    leave(current_viewer(), take_words_along=form.words.data == TAKE)
    return take_cookie(make_response(redirect("/goodbye", 303)))


@privacy.get("/goodbye")
@public
def goodbye() -> ResponseReturnValue:
    return render_template("privacy/goodbye.html")


def _page(form: LeaveForm) -> str:
    return render_template("privacy/data.html", form=form, may_leave=may_leave(current_viewer()))
