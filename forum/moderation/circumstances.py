"""What the rules of a decision ask beside the subject: who answered what, and who is there."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from forum.accounts.models import Member
from forum.core import clock
from forum.core.viewer import Rank
from forum.extensions import db
from forum.moderation.decisions import DecisionKind
from forum.moderation.models import Case, Decision, Report, SubjectKind
from forum.moderation.policy import Circumstances
from forum.moderation.subjects import Subject
from forum.threads.models import Post, Thread


def circumstances_of(case: Case, subject: Subject) -> Circumstances:
    answered = _answered(case)
    return Circumstances(
        answered_ids=answered,
        others_can=bool(answered) and _others_can(subject, answered),
        pause_known=_is_pause_known(case, subject),
    )


def named_cases() -> ColumnElement[bool]:
    """The cases in which the author is known by name: only these may be told of together.

    Without this, what somebody wrote without their name would be found through what else was
    decided about them.
    """
    post = exists().where(Post.id == Case.subject_id, Post.withheld.is_(False))
    thread = exists().where(Thread.id == Case.subject_id, Thread.withheld.is_(False))
    return or_(
        Case.subject_kind == SubjectKind.MEMBER,
        and_(Case.subject_kind == SubjectKind.POST, post),
        and_(Case.subject_kind == SubjectKind.THREAD, thread),
    )


def _answered(case: Case) -> frozenset[int]:
    """Who made the decisions that the person concerned asks to look at again."""
    if case.settled_at is not None:
        return frozenset()
    wanted = (
        select(Decision.moderator_id)
        .join(Report, Report.answers_id == Decision.id)
        .where(Report.case_id == case.id, Report.created_at >= case.opened_at)
    )
    return frozenset(db.session.scalars(wanted))


def _others_can(subject: Subject, answered: frozenset[int]) -> bool:
    """Whether a moderator who had no part in it is there to decide.

    Of an author without a name it is not asked whether they are one of the moderators: among a
    few, the answer would say who it is.
    """
    wanted = select(func.count(Member.id)).where(
        Member.rank.in_(_ranks_for(subject)),
        Member.erased_at.is_(None),
        Member.is_system.is_(False),
        or_(Member.suspended_until.is_(None), Member.suspended_until <= clock.now()),
        Member.id.not_in(answered if subject.withheld else answered | {subject.member.id}),
    )
    return bool(db.session.scalar(wanted))


def _ranks_for(subject: Subject) -> list[str]:
    """The ranks that may decide, as far as that may be known."""
    about_administrator = subject.member.rank == Rank.ADMINISTRATOR and not subject.withheld
    all_of_them = [Rank.ADMINISTRATOR.value, Rank.MODERATOR.value]
    return all_of_them[:1] if about_administrator else all_of_them


def _is_pause_known(case: Case, subject: Subject) -> bool:
    """Whether the pause of the account may be spoken of here.

    One that was decided about words without a name is known on that case alone, and that case
    knows of no other: the log says of both until when they last.
    """
    here = Case.id == case.id
    known = here if subject.withheld else or_(here, named_cases())
    wanted = (
        select(known)
        .select_from(Decision)
        .join(Case, Case.id == Decision.case_id)
        .where(Decision.member_id == subject.member.id, Decision.kind == DecisionKind.SUSPEND)
        .order_by(Decision.id.desc())
        .limit(1)
    )
    newest = db.session.scalar(wanted)
    return not subject.withheld if newest is None else bool(newest)
