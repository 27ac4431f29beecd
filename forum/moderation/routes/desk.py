"""The desk, the record, and opening a case by hand."""

from __future__ import annotations

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from forum.core.access import current_viewer, moderator
from forum.core.verdicts import Unknown
from forum.moderation import queries
from forum.moderation.actions.reporting import open_case as begin_case
from forum.moderation.models import SubjectKind
from forum.moderation.routes import moderation
from forum.moderation.subjects import find_subject, member_subject



@moderation.get("/moderation")
@moderator
def desk() -> ResponseReturnValue:
    settled = request.args.get("state") == "settled"
    cases = queries.case_page(settled=settled, page=request.args.get("page"))
    return render_template(
        "moderation/desk.html", cases=cases, settled=settled, figures=queries.figures()
    )


@moderation.get("/moderation/log")
@moderator
def log() -> ResponseReturnValue:
    filters = {
        name: request.args.get(name, "").strip()[:60] for name in ("actor", "action", "subject_kind")
    }
    entries = queries.log_page(**filters, page=request.args.get("page"))
    return render_template(
        "moderation/log.html",
        entries=entries,
        filters=filters,
        actions=queries.logged_actions(),
    )


@moderation.route("/moderation/open/<kind>/<subject>", methods=["GET", "POST"])
@moderator
def open_case(kind: str, subject: str) -> ResponseReturnValue:
    """A page with one button, so that following a link changes nothing."""
    if kind not in SubjectKind.__members__.values():
        raise Unknown
    found = (
        member_subject(subject)
        if kind == SubjectKind.MEMBER
        else find_subject(SubjectKind(kind), _number(subject))
    )
    if request.method == "POST":
        case = begin_case(current_viewer(), found)
        return redirect(f"/moderation/cases/{case.id}", 303)
    return render_template(
        "moderation/open.html", subject=found, name=queries.author_name(found)
    )


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Unknown
    return int(text)


