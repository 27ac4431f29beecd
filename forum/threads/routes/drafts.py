"""What a form being written asks of the server: to keep the text, and to show it."""

from __future__ import annotations

from flask import redirect, request
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from forum.core.access import current_viewer, member
from forum.core.content_notes import ContentNote
from forum.core.markup import MAX_LENGTH
from forum.core.transactions import release_lock
from forum.threads.actions.drafts import (
    LONGEST_DRAFT,
    DraftText,
    remove_draft,
    save_draft,
    split_place,
)
from forum.threads.addresses import post_path, topic_path
from forum.threads.forms import LONGEST_TITLE, LONGEST_WHY, too_long
from forum.threads.routes.blueprint import threads
from forum.threads.routes.composing import preview_at
from forum.threads.routes.limits import drafts_limit, previews_limit
from forum.topics.models import Audience

# A line that is too long to be published is kept up to here, as a text is.
SLACK = 5
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@threads.post("/preview")
@previews_limit
@member
def preview() -> ResponseReturnValue:
    """The HTML of a text as it will look at its place."""
    viewer = current_viewer()
    body = _text("body")
    if len(body) > MAX_LENGTH:
        return too_long(len(body), MAX_LENGTH), 422, PLAIN
    # Drawing takes a while, and nothing is written here: others need not wait for it.
    release_lock()
    return str(preview_at(viewer, request.values.get("place", ""), body))


@threads.post("/drafts")
@drafts_limit
@member
def keep() -> ResponseReturnValue:
    body = _text("body")
    if len(body) > LONGEST_DRAFT:
        return too_long(len(body), LONGEST_DRAFT), 422, PLAIN
    place, form_key = request.form.get("place", ""), _text("form_key")
    save_draft(current_viewer(), place, _draft(body), form_key=form_key)
    return "", 204


@threads.post("/drafts/delete")
@drafts_limit
@member
def forget() -> ResponseReturnValue:
    """Start afresh."""
    place = request.form.get("place", "")
    kind, key = split_place(place)
    remove_draft(current_viewer(), place)
    if kind == "topic":
        return redirect(f"{topic_path(key)}/new", 303)
    if kind == "thread":
        return redirect(f"/threads/{key}/reply", 303)
    return redirect(f"{post_path(int(key))}/edit", 303)


def _draft(body: str) -> DraftText:
    """What the form held, finished or not; words that it cannot hold are left out."""
    audience = request.form.get("audience", "")
    notes = request.form.getlist("notes")
    return DraftText(
        body=body,
        title=_text("title")[: LONGEST_TITLE * SLACK],
        why=_text("why")[: LONGEST_WHY * SLACK],
        audience=audience if audience in list(Audience) else "",
        withhold_name=request.form.get("withhold_name", "") not in BooleanField.false_values,
        notes=[note.value for note in ContentNote if note.value in notes],
    )


def _text(name: str) -> str:
    return request.form.get(name, "").replace("\r\n", "\n").replace("\x00", "")
