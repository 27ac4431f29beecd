"""One case: read it, take it, say something, decide."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from forum.accounts.models import Member
from forum.core.access import current_viewer, moderator
from forum.core.verdicts import Unknown
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.moderation import queries
from forum.moderation.actions import claiming
from forum.moderation.actions.deciding import Measure, OvertakenError, decide
from forum.moderation.decisions import DecisionKind
from forum.moderation.forms import DecisionForm, check_needs
from forum.moderation.models import Case
from forum.moderation.policy import may_decide, open_decisions
from forum.moderation.routes import moderation
from forum.moderation.subjects import Subject, subject_of
from forum.threads.addresses import ID
from forum.topics.models import Audience, Topic


@moderation.route(f"/moderation/cases/<{ID}:case_id>", methods=["GET", "POST"])
@moderator
def case(case_id: int) -> ResponseReturnValue:
    viewer, found = current_viewer(), _case(case_id)
    subject = subject_of(found)
    form = _form(found, subject)
    if request.method == "GET" or not _is_valid(form):
        return _page(found, subject, form), 422 if form.errors else 200
    if form.kind is None:
        claiming.add_note(viewer, found, body=form.note.data.strip())
        flash("Your note is kept.", "success")
        return redirect(f"/moderation/cases/{case_id}", 303)
    try:
        _decide(viewer, found, subject, form)
    except OvertakenError as overtaken:
        return _overtaken(case_id, overtaken), 422
    flash("Decided. The person concerned is told.", "success")
    return redirect("/moderation", 303)


@moderation.post(f"/moderation/cases/<{ID}:case_id>/claim")
@moderator
def claim_case(case_id: int) -> ResponseReturnValue:
    if not claiming.claim(current_viewer(), _case(case_id)):
        flash("Another moderator took this case a moment before.", "warning")
    return redirect(f"/moderation/cases/{case_id}", 303)


@moderation.post(f"/moderation/cases/<{ID}:case_id>/release")
@moderator
def release_case(case_id: int) -> ResponseReturnValue:
    claiming.release(current_viewer(), _case(case_id))
    return redirect("/moderation", 303)


def _case(case_id: int) -> Case:
    found = db.session.get(Case, case_id)
    if found is None:
        raise Unknown
    return found


def _form(case: Case, subject: Subject) -> DecisionForm:
    form = DecisionForm()
    form.offer(open_decisions(subject), _topics())
    if request.method == "GET":
        form.version.data = str(case.version)
        form.body.data = subject.post.body if subject.post else ""
    return form


def _topics() -> list[tuple[str, str]]:
    rows = db.session.execute(select(Topic.slug, Topic.title).order_by(Topic.kind, Topic.position))
    return [(slug, title) for slug, title in rows]


def _is_valid(form: DecisionForm) -> bool:
    valid = bool(form.validate())
    return check_needs(form) and valid


def _decide(viewer: Viewer, case: Case, subject: Subject, form: DecisionForm) -> None:
    version = form.version.data or ""
    decide(
        viewer,
        case,
        subject,
        measure=_measure(viewer, form),
        reason=form.reason.data.strip(),
        version=int(version) if version.isascii() and version.isdigit() else 0,
        note=(form.note.data or "").strip(),
    )


def _measure(viewer: Viewer, form: DecisionForm) -> Measure:
    kind = form.kind or DecisionKind.NO_ACTION
    if kind is DecisionKind.SUSPEND:
        return Measure(kind, until=form.end_of_pause(viewer))
    if kind is DecisionKind.MOVE:
        wanted = select(Topic).where(Topic.slug == form.topic.data)
        return Measure(kind, topic=db.session.scalars(wanted).one())
    if kind is DecisionKind.NARROW:
        return Measure(kind, audience=Audience(form.audience.data))
    return Measure(kind, body=form.body.data if kind is DecisionKind.EDIT_OUT else "")


def _overtaken(case_id: int, overtaken: OvertakenError) -> str:
    """The case as it is now, with the words of the slower moderator still in the form."""
    found = _case(case_id)
    subject = subject_of(found)
    form = _form(found, subject)
    form.version.data = str(found.version)
    faster = overtaken.decision
    by = db.session.get(Member, faster.moderator_id) if faster else None
    return _page(found, subject, form, faster=faster, faster_name=by.username if by else "")


def _page(case: Case, subject: Subject, form: DecisionForm, **about: object) -> str:
    return render_template(
        "moderation/case.html",
        case=case,
        row=queries.case_row(case.id),
        subject=subject,
        name=queries.author_name(subject),
        form=form,
        verdict=may_decide(current_viewer(), subject),
        posts=queries.near_posts(subject),
        reports=queries.reports_of(case),
        notes=queries.notes_of(case),
        decisions=queries.decisions_of(case),
        earlier=queries.earlier_decisions(subject, case),
        hints={kind.value: kind.hint for kind in DecisionKind},
        **about,
    )
