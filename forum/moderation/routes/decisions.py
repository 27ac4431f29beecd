"""The words of the moderators to the person concerned, and the way to answer."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forum.core.access import current_viewer, member, open_while_suspended
from forum.core.verdicts import Unknown
from forum.extensions import db, limiter
from forum.moderation.actions.answering import answer_decision, mark_seen
from forum.moderation.forms import AnswerForm
from forum.moderation.models import Decision
from forum.moderation.policy import may_read_decision
from forum.moderation.queries.words import decisions_about, reports_by
from forum.moderation.routes.blueprint import moderation
from forum.threads.addresses import ID, LARGEST_ID


@moderation.get("/settings/decisions")
@member
@open_while_suspended
def decisions() -> ResponseReturnValue:
    return _page(AnswerForm(formdata=None))


@moderation.post("/settings/decisions/seen")
@member
@open_while_suspended
def decisions_seen() -> ResponseReturnValue:
    """What came after the page was opened stays new."""
    newest = request.form.get("up_to", type=int) or 0
    mark_seen(current_viewer(), up_to=min(newest, LARGEST_ID))
    return redirect("/settings/decisions", 303)


@moderation.post(f"/settings/decisions/<{ID}:decision_id>/answer")
@limiter.limit("5 per hour")
@member
@open_while_suspended
def answer(decision_id: int) -> ResponseReturnValue:
    viewer, decision = current_viewer(), db.session.get(Decision, decision_id)
    if decision is None or not may_read_decision(viewer, decision):
        raise Unknown
    form = AnswerForm()
    if not form.validate_on_submit():
        return _page(form, answering=decision_id), 422
    answer_decision(viewer, decision, details=form.words)
    flash("Thank you. A second person will look at this again.", "success")
    return redirect(f"/settings/decisions#decision-{decision_id}", 303)


def _page(form: AnswerForm, answering: int = 0) -> str:
    viewer = current_viewer()
    return render_template(
        "moderation/decisions.html",
        decisions=decisions_about(viewer),
        reports=reports_by(viewer),
        form=form,
        answering=answering,
    )
