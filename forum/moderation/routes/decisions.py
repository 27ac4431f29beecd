"""The words of the moderators to the person concerned, and the way to answer."""

from __future__ import annotations

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from forum.core.access import current_viewer, member, open_while_suspended
from forum.core.verdicts import Unknown
from forum.extensions import db, limiter
from forum.moderation import queries
from forum.moderation.actions.deciding import mark_seen
from forum.moderation.actions.reporting import answer_decision
from forum.moderation.decisions import DecisionKind
from forum.moderation.forms import AnswerForm
from forum.moderation.models import Case, Decision
from forum.moderation.routes import moderation
from forum.moderation.subjects import subject_of
from forum.threads.addresses import ID


@moderation.get("/settings/decisions")
@member
@open_while_suspended
def decisions() -> ResponseReturnValue:
    return _page(AnswerForm(formdata=None))


@moderation.post("/settings/decisions/seen")
@member
@open_while_suspended
def decisions_seen() -> ResponseReturnValue:
    viewer = current_viewer()
    mark_seen(viewer, viewer.member_id)
    return redirect("/settings/decisions", 303)


@moderation.post(f"/settings/decisions/<{ID}:decision_id>/answer")
@limiter.limit("5 per hour")
@member
@open_while_suspended
def answer(decision_id: int) -> ResponseReturnValue:
    viewer = current_viewer()
    decision = db.session.get(Decision, decision_id)
    if decision is None or decision.member_id != viewer.member_id:
        raise Unknown
    form = AnswerForm()
    if not form.validate_on_submit():
        return _page(form, answering=decision_id), 422
    case = db.session.get_one(Case, decision.case_id)
    answer_decision(viewer, case, subject_of(case), details=form.details.data)
    mark_seen(viewer, viewer.member_id)
    flash("Thank you. A second person will look at this again.", "success")
    return redirect("/settings/decisions", 303)


def _page(form: AnswerForm, answering: int = 0) -> str:
    viewer = current_viewer()
    return render_template(
        "moderation/decisions.html",
        decisions=queries.decisions_about(viewer),
        reports=queries.reports_by(viewer),
        kinds=DecisionKind,
        form=form,
        answering=answering,
    )
