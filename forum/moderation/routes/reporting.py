"""Telling the moderators about a post, a conversation or a member."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from forum.core.access import current_viewer, member, safe_next
from forum.core.verdicts import require
from forum.extensions import limiter
from forum.moderation.actions.reporting import report
from forum.moderation.forms import ReportForm
from forum.moderation.models import ReportReason, SubjectKind
from forum.moderation.policy import may_report
from forum.moderation.queries.case import author_name
from forum.moderation.routes.blueprint import moderation
from forum.moderation.subjects import Subject, find_subject, member_subject
from forum.threads.addresses import ID, member_path, post_path, thread_path

REPORTS = "20 per hour"


@moderation.route(f"/posts/<{ID}:post_id>/report", methods=["GET", "POST"])
@limiter.limit(REPORTS, methods=["POST"])
@member
def report_post(post_id: int) -> ResponseReturnValue:
    return _report(find_subject(SubjectKind.POST, post_id), post_path(post_id))


@moderation.route(f"/threads/<{ID}:thread_id>/report", methods=["GET", "POST"])
@limiter.limit(REPORTS, methods=["POST"])
@member
def report_thread(thread_id: int) -> ResponseReturnValue:
    subject = find_subject(SubjectKind.THREAD, thread_id)
    slug = subject.thread.slug if subject.thread else ""
    return _report(subject, thread_path(thread_id, slug))


@moderation.route("/members/<username>/report", methods=["GET", "POST"])
@limiter.limit(REPORTS, methods=["POST"])
@member
def report_member(username: str) -> ResponseReturnValue:
    subject = member_subject(username)
    return _report(subject, member_path(subject.member.username))


@moderation.get("/reported")
@member
def reported() -> ResponseReturnValue:
    worried = request.args.get("about") == ReportReason.WORRIED
    back = safe_next(request.args.get("next"))
    return render_template("moderation/reported.html", worried=worried, back=back)


def _report(subject: Subject, back: str) -> ResponseReturnValue:
    viewer = current_viewer()
    require(may_report(viewer, subject))
    form = ReportForm()
    if form.validate_on_submit():
        reason = ReportReason(form.reason.data)
        report(viewer, subject, reason=reason, details=(form.details.data or "").strip())
        return redirect(f"/reported?{urlencode({'about': reason.value, 'next': back})}", 303)
    page = render_template(
        "moderation/report.html", form=form, subject=subject, back=back, name=author_name(subject)
    )
    return page, 422 if form.errors else 200
