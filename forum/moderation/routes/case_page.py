"""The page of one case."""

from __future__ import annotations

from flask import render_template

from forum.core.access import current_viewer
from forum.moderation import policy
from forum.moderation.actions.deciding import Overtaking
from forum.moderation.decisions import DecisionKind, hint_for
from forum.moderation.forms import DecisionForm
from forum.moderation.models import Case
from forum.moderation.queries import case as queries
from forum.moderation.queries.queue import case_row, queue
from forum.moderation.record import action_words, details_words
from forum.moderation.subjects import Subject


def case_page(
    case: Case,
    subject: Subject,
    about: policy.Circumstances,
    form: DecisionForm,
    overtaken: Overtaking | None = None,
) -> str:
    viewer = current_viewer()
    reports = queries.reports_of(case)
    known_at = min([case.opened_at, *(report.created_at for report in reports)])
    words = policy.may_read_words(viewer, subject, case, known_at)
    return render_template(
        "moderation/case.html",
        row=case_row(viewer, case.id),
        subject=subject,
        name=queries.author_name(subject),
        reports=reports,
        words=words,
        posts=queries.near_posts(viewer, subject, words),
        about=about,
        answered_moderators=queries.answered_moderators(about),
        verdict=policy.may_decide(viewer, subject, about),
        paused_until=policy.known_pause(subject, about),
        form=form,
        hints={kind.value: hint_for(kind, asked_again=about.asked_again) for kind in DecisionKind},
        overtaken=overtaken.value if overtaken else "",
        notes=queries.notes_of(case),
        history=queries.history_of(subject),
        earlier=queries.earlier_cases(subject, case),
        latest=queries.latest_posts(viewer, subject),
        queue=queue(viewer),
        action_words=action_words,
        details_words=details_words,
    )
