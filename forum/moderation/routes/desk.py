"""The desk, the record, and taking up a subject without a report."""

from __future__ import annotations

import re

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from forum.core.access import current_viewer, moderator
from forum.core.verdicts import Unknown, require
from forum.moderation.actions.reporting import open_case as begin_case
from forum.moderation.models import SubjectKind
from forum.moderation.policy import may_handle
from forum.moderation.queries.case import author_name
from forum.moderation.queries.log import LogFilter, log_page
from forum.moderation.queries.queue import case_page, case_path, figures
from forum.moderation.record import ACTIONS, KINDS
from forum.moderation.routes.blueprint import moderation
from forum.moderation.subjects import Subject, find_subject, member_subject
from forum.threads.addresses import LARGEST_ID

LONGEST_FILTER = 60
NUMBER = re.compile(r"[0-9]{1,19}")


@moderation.get("/moderation")
@moderator
def desk() -> ResponseReturnValue:
    viewer, settled = current_viewer(), request.args.get("state") == "settled"
    cases = case_page(viewer, settled=settled, page=request.args.get("page"))
    return render_template(
        "moderation/desk.html", cases=cases, settled=settled, figures=figures(viewer)
    )


@moderation.get("/moderation/log")
@moderator
def log() -> ResponseReturnValue:
    asked = LogFilter(*map(_asked, ("actor", "action", "subject_kind")))
    return render_template(
        "moderation/log.html",
        entries=log_page(current_viewer(), asked, request.args.get("page")),
        asked=asked,
        actions=ACTIONS,
        kinds=KINDS,
    )


@moderation.route("/moderation/open/<kind>/<subject>", methods=["GET", "POST"])
@moderator
def open_case(kind: str, subject: str) -> ResponseReturnValue:
    """A page with one button, so that following a link changes nothing."""
    viewer, found = current_viewer(), _subject(kind, subject)
    if request.method == "POST":
        return redirect(case_path(begin_case(viewer, found).id), 303)
    require(may_handle(viewer, found))
    return render_template("moderation/open.html", subject=found, name=author_name(found))


def _asked(name: str) -> str:
    return request.args.get(name, "").strip()[:LONGEST_FILTER]


def _subject(kind: str, given: str) -> Subject:
    if kind == SubjectKind.MEMBER:
        return member_subject(given)
    if kind not in SubjectKind.__members__.values():
        raise Unknown
    if not NUMBER.fullmatch(given) or int(given) > LARGEST_ID:
        raise Unknown
    return find_subject(SubjectKind(kind), int(given))
