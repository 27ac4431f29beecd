"""Colors and text size, for everybody; time zone and content notes, for members."""

from __future__ import annotations

from flask import (
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from forum.accounts.actions import profiles
from forum.accounts.forms import DisplayForm, MemberDisplayForm
from forum.accounts.routes.blueprint import accounts
from forum.core.access import current_viewer, public
from forum.core.content_notes import USUAL_CHOICE, ContentNote
from forum.core.rendering import READING_COOKIE, reading
from forum.core.viewer import Viewer

A_YEAR_S = 365 * 24 * 3600


@accounts.get("/settings/display")
@public
def display() -> ResponseReturnValue:
    return _page(_form(current_viewer(), formdata=None))


@accounts.post("/settings/display")
@public
def choose_display() -> ResponseReturnValue:
    viewer = current_viewer()
    form = _form(viewer)
    if not form.validate():
        return _page(form), 422
    if isinstance(form, MemberDisplayForm):
        _keep_on_account(viewer, form)
        return redirect(url_for("accounts.display"), 303)
    return _keep_in_cookie(make_response(redirect(url_for("accounts.display", kept=1), 303)), form)


def _form(viewer: Viewer, **how: None) -> DisplayForm:
    now = reading()
    choices: dict[str, str] = {"theme": now.theme, "text_size": str(now.text_size)}
    if not viewer.is_member:
        return DisplayForm(data=choices, **how)
    choices["time_zone"] = viewer.time_zone
    for note in ContentNote:
        choices[f"note_{note.value}"] = viewer.note_choices.get(note.value, USUAL_CHOICE)
    return MemberDisplayForm(data=choices, **how)


def _page(form: DisplayForm) -> str:
    return render_template("accounts/settings_display.html", form=form, kept="kept" in request.args)


def _keep_on_account(viewer: Viewer, form: MemberDisplayForm) -> None:
    profiles.choose_display(
        viewer,
        theme=form.theme.data,
        text_size=int(form.text_size.data),
        time_zone=form.time_zone.data,
    )
    profiles.choose_notes(viewer, form.note_choices)
    flash("Kept, for every device you sign in on.", "success")


def _keep_in_cookie(answer: Response, form: DisplayForm) -> Response:
    """The only cookie a visitor gets, and only by asking for it."""
    answer.set_cookie(
        READING_COOKIE,
        f"{form.theme.data}-{form.text_size.data}",
        max_age=A_YEAR_S,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return answer
