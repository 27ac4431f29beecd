"""The cases that wait, and how the desk stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, select
from sqlalchemy.orm import aliased

from forum.accounts.models import Member
from forum.core.pages import Page, last_page, page_number
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.moderation.decisions import DecisionKind
from forum.moderation.models import Case, Decision, Report, ReportReason, SubjectKind
from forum.moderation.policy import open_to
from forum.threads.models import Post, Thread
from forum.threads.policy import listed_threads
from forum.threads.presentation.names import FORMER_MEMBER

CASES_A_PAGE = 30
CASES_BESIDE = 12

Claimer = aliased(Member)
Concerned = aliased(Member)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as the queue shows it. `answered`: the person concerned asks for a second look."""

    id: int
    url: str
    reason: str
    subject: str
    reports: int
    opened_at: datetime
    settled_at: datetime | None
    claimed_by: str
    claimed_by_you: bool
    urgent: bool
    answered: bool
    outcome: str


@dataclass(frozen=True, slots=True)
class DeskFigures:
    """How the desk stands: never about a person, never shown to members."""

    open_cases: int
    oldest_at: datetime | None
    worried: int
    worried_unclaimed: int
    waiting_threads: int
    waiting_since: datetime | None


def case_page(viewer: Viewer, *, settled: bool, page: str | None) -> Page[CaseRow]:
    """Open cases by urgency and age, or settled ones, newest first."""
    state = and_(_settled() if settled else _open(), open_to(viewer))
    total = db.session.scalar(select(func.count(Case.id)).where(state)) or 0
    last = last_page(total, CASES_A_PAGE)
    number = page_number(page, last)
    order = (Case.settled_at.desc(), Case.id.desc()) if settled else _BY_URGENCY
    rows = db.session.execute(
        _case_rows()
        .where(state)
        .order_by(*order)
        .limit(CASES_A_PAGE)
        .offset((number - 1) * CASES_A_PAGE)
    )
    return Page([_case_row(viewer, row) for row in rows], number, last, total)


def queue(viewer: Viewer) -> Sequence[CaseRow]:
    """The first of the open cases, to stand beside one of them."""
    wanted = _case_rows().where(_open(), open_to(viewer)).order_by(*_BY_URGENCY)
    return [_case_row(viewer, row) for row in db.session.execute(wanted.limit(CASES_BESIDE))]


def case_row(viewer: Viewer, case_id: int) -> CaseRow:
    """One case. Raises `NoResultFound`."""
    return _case_row(viewer, db.session.execute(_case_rows().where(Case.id == case_id)).one())


def figures(viewer: Viewer) -> DeskFigures:
    worried = Case.reason == ReportReason.WORRIED
    cases = db.session.execute(
        select(
            func.count(Case.id),
            func.min(Case.opened_at),
            func.count(Case.id).filter(worried),
            func.count(Case.id).filter(worried, Case.claimed_by_id.is_(None)),
        ).where(_open(), open_to(viewer))
    ).one()
    threads = db.session.execute(
        select(func.count(Thread.id), func.min(Thread.created_at)).where(
            Thread.waiting.is_(True), listed_threads(viewer)
        )
    ).one()
    return DeskFigures(*cases, *threads)


def _open() -> ColumnElement[bool]:
    return Case.settled_at.is_(None)


def _settled() -> ColumnElement[bool]:
    return Case.settled_at.is_not(None)


_BY_URGENCY = (Case.urgency, Case.opened_at, Case.id)

_answered = (
    select(Report.id)
    .where(
        Report.case_id == Case.id,
        Report.answers_id.is_not(None),
        Report.created_at >= Case.opened_at,
    )
    .exists()
)
_outcome = (
    select(Decision.kind)
    .where(Decision.case_id == Case.id)
    .order_by(Decision.id.desc())
    .limit(1)
    .scalar_subquery()
)


def _case_rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Case.id,
            Case.subject_kind,
            Case.reason,
            Case.reports,
            Case.opened_at,
            Case.settled_at,
            Case.claimed_by_id,
            Claimer.username.label("claimed_by"),
            Concerned.username.label("author"),
            Concerned.erased_at.label("author_left_at"),
            Post.number,
            Post.withheld.label("post_withheld"),
            Thread.title,
            Thread.withheld.label("thread_withheld"),
            _answered.label("answered"),
            _outcome.label("outcome"),
        )
        .join(Concerned, Concerned.id == Case.member_id)
        .outerjoin(Claimer, Claimer.id == Case.claimed_by_id)
        .outerjoin(Post, and_(Case.subject_kind == SubjectKind.POST, Post.id == Case.subject_id))
        .outerjoin(Thread, Thread.id == Case.thread_id)
    )


def _case_row(viewer: Viewer, row: Row[*tuple[Any, ...]]) -> CaseRow:
    is_open = row.settled_at is None
    return CaseRow(
        id=row.id,
        url=case_path(row.id),
        reason=_heading(row),
        subject=_subject_words(row),
        reports=row.reports,
        opened_at=row.opened_at,
        settled_at=row.settled_at,
        claimed_by=row.claimed_by or "",
        claimed_by_you=row.claimed_by_id == viewer.member_id,
        urgent=is_open and row.reason == ReportReason.WORRIED,
        answered=is_open and bool(row.answered),
        outcome=DecisionKind(row.outcome).label if row.outcome else "",
    )


def _heading(row: Row[*tuple[Any, ...]]) -> str:
    """The most urgent reason; where nobody gave one, why the case is there."""
    if row.reason != ReportReason.OTHER:
        return ReportReason(row.reason).label
    if row.answered and row.settled_at is None:
        return "Asked for a second look"
    return ReportReason.OTHER.label if row.reports else "Taken up by a moderator"


def case_path(case_id: int) -> str:
    return f"/moderation/cases/{case_id}"


def _subject_words(row: Row[*tuple[Any, ...]]) -> str:
    """What it is about; of an author without a name, that there is none."""
    author = FORMER_MEMBER if row.author_left_at else row.author
    if row.subject_kind == SubjectKind.MEMBER:
        return f"About {author}"
    of_post = row.subject_kind == SubjectKind.POST
    # A subject that is gone leaves no word on how it was written.
    withheld = (row.post_withheld if of_post else row.thread_withheld) is not False
    by = "name withheld" if withheld else f"by {author}"
    title = f"“{row.title}”" if row.title else "a conversation that is gone"
    if not of_post:
        return f"{title}, {by}"
    what = "Opening" if row.number == 1 else "Reply"
    return f"{what} in {title}, {by}"
