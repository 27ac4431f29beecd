"""One case: read it, take it, say something, decide."""

from __future__ import annotations

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from forum.core.access import current_viewer, moderator
from forum.core.verdicts import Unknown, require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.moderation.actions import claiming
from forum.moderation.actions.deciding import OvertakenError, decide, refuse_overtaken
from forum.moderation.actions.measures import Measure
from forum.moderation.circumstances import circumstances_of
from forum.moderation.decisions import DecisionKind
from forum.moderation.forms import DecisionForm
from forum.moderation.models import Case, Decision
from forum.moderation.policy import Circumstances, may_handle, narrower_audiences, open_decisions
from forum.moderation.queries.queue import case_path
from forum.moderation.queries.topics import topics_to_move_to
from forum.moderation.routes.blueprint import moderation
from forum.moderation.routes.case_page import case_page
from forum.moderation.subjects import Subject, subject_of
from forum.threads.addresses import ID
from forum.threads.quoting import text_to_change
from forum.topics.models import Audience, Topic


@moderation.route(f"/moderation/cases/<{ID}:case_id>", methods=["GET", "POST"])
@moderator
def case(case_id: int) -> ResponseReturnValue:
    found = _case(case_id)
    subject = subject_of(found)
    require(may_handle(current_viewer(), subject))
    about = circumstances_of(found, subject)
    form = _form(found, subject, about)
    if request.method != "POST":
        return case_page(found, subject, about, form)
    try:
        return _take(found, subject, about, form)
    except OvertakenError as overtaken:
        return _overtaken(case_id, overtaken), 422


@moderation.post(f"/moderation/cases/<{ID}:case_id>/claim")
@moderator
def claim_case(case_id: int) -> ResponseReturnValue:
    found = _case(case_id)
    if not claiming.claim(current_viewer(), found, subject_of(found)):
        flash("Another moderator took this case a moment before.", "warning")
    return redirect(case_path(case_id), 303)


@moderation.post(f"/moderation/cases/<{ID}:case_id>/release")
@moderator
def release_case(case_id: int) -> ResponseReturnValue:
    found = _case(case_id)
    claiming.release(current_viewer(), found, subject_of(found))
    flash("The case waits for somebody else now.", "success")
    return redirect("/moderation", 303)


def _case(case_id: int) -> Case:
    found = db.session.get(Case, case_id)
    if found is None:
        raise Unknown
    return found


def _form(case: Case, subject: Subject, about: Circumstances) -> DecisionForm:
    form = DecisionForm()
    form.offer(
        open_decisions(subject, about),
        topics_to_move_to(subject),
        narrower_audiences(subject),
        body := text_to_change(subject.post) if subject.post else "",
    )
    if request.method != "POST":
        _describe(form, case, subject)
        form.body.data = body
    return form


def _describe(form: DecisionForm, case: Case, subject: Subject) -> None:
    """Let the form say which case and which text its reader has before them."""
    form.version.data, form.seen.data = str(case.version), subject.print_of_words


def _take(
    case: Case, subject: Subject, about: Circumstances, form: DecisionForm
) -> ResponseReturnValue:
    """Do what the form says. That somebody was faster comes before anything else wrong with it."""
    viewer = current_viewer()
    if form.chosen:
        refuse_overtaken(case, form.read_version)
    if not form.validate():
        return case_page(case, subject, about, form), 422
    if form.kind is None:
        claiming.add_note(viewer, case, subject, body=form.private_note)
        flash("Your note is kept.", "success")
        return redirect(case_path(case.id), 303)
    decision = decide(
        viewer,
        case,
        subject,
        measure=_measure(viewer, form, form.kind),
        reason=form.reason_given,
        version=form.read_version,
        note=form.private_note,
    )
    flash(_done(decision), "success")
    return redirect("/moderation", 303)


def _measure(viewer: Viewer, form: DecisionForm, kind: DecisionKind) -> Measure:
    if kind is DecisionKind.SUSPEND:
        return Measure(kind, until=form.end_of_pause(viewer))
    if kind is DecisionKind.MOVE:
        wanted = select(Topic).where(Topic.slug == form.topic.data)
        return Measure(kind, topic=db.session.scalars(wanted).one())
    if kind is DecisionKind.NARROW:
        return Measure(kind, audience=Audience(form.audience.data))
    if kind is DecisionKind.EDIT_OUT:
        return Measure(kind, body=form.body.data or "", seen=form.seen.data or "")
    return Measure(kind)


def _done(decision: Decision) -> str:
    if decision.told:
        return "Decided. The person concerned is told."
    return "Decided. Those who reported it can see that somebody has looked."


def _overtaken(case_id: int, overtaken: OvertakenError) -> str:
    """The case as it is now, with the words of the slower moderator still in the form."""
    found = _case(case_id)
    subject = subject_of(found)
    about = circumstances_of(found, subject)
    form = _form(found, subject, about)
    _describe(form, found, subject)
    return case_page(found, subject, about, form, overtaken=overtaken.by)
