"""Reports about invented conversations, filed as people file them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import update

from forum.extensions import db
from forum.moderation.actions.reporting import file_report
from forum.moderation.models import Case, Report, ReportReason, SubjectKind
from forum.moderation.subjects import find_subject
from forum.threads.models import Post


def write_reports(
    posts: Sequence[Post],
    reports: Sequence[Mapping[str, Any]],
    member_ids: Mapping[str, int],
    moment: Callable[[Mapping[str, Any]], datetime],
) -> None:
    """File each report, at the moment that its source names."""
    for source in reports:
        subject = find_subject(SubjectKind.POST, posts[source["post"] - 1].id)
        reason = ReportReason(source["reason"])
        case = file_report(member_ids[source["reporter"]], subject, reason, source["details"])
        _set_back(case, member_ids[source["reporter"]], moment(source))


def _set_back(case: Case, reporter_id: int, at: datetime) -> None:
    """Let the case be as old as its first report."""
    case.opened_at = min(case.opened_at, at)
    db.session.execute(
        update(Report)
        .where(Report.case_id == case.id, Report.reporter_id == reporter_id)
        .values(created_at=at)
    )
