"""Taking the invented community away again, and nothing else."""

from __future__ import annotations

from sqlalchemy import ScalarSelect, delete, func, or_, select
from tqdm import tqdm

from forum.accounts.models import Member
from forum.core.marks import DEMO, clear_mark
from forum.extensions import db
from forum.guide.models import GuidePlace
from forum.moderation.models import Case, CaseNote, Decision, Report
from forum.threads.models import Post, PostRevision, Thread, ThreadAlias

BATCH = 500


def remove_all() -> str:
    """Remove invented conversations and people; returns what to tell the person.

    The record of what moderators did stays: it holds ids only.
    """
    people = select(Member.id).where(Member.is_demo.is_(True)).scalar_subquery()
    threads = _remove_threads()
    _remove_cases(people)
    written = _remove_strays(people)
    removed = db.session.scalar(
        select(func.count()).select_from(Member).where(Member.is_demo.is_(True))
    )
    db.session.execute(delete(Member).where(Member.is_demo.is_(True)))
    clear_mark(DEMO)
    db.session.commit()
    rest = f" {written} posts of theirs in real conversations went as well." if written else ""
    return f"{threads} invented conversations and {removed} invented people are gone.{rest}"


def _remove_threads() -> int:
    total = db.session.scalar(
        select(func.count()).select_from(Thread).where(Thread.is_demo.is_(True))
    )
    with tqdm(total=total, desc="Removing", unit="", leave=False) as progress:
        while some := db.session.scalars(
            select(Thread.id).where(Thread.is_demo.is_(True)).limit(BATCH)
        ).all():
            db.session.execute(delete(Thread).where(Thread.id.in_(some)))
            db.session.commit()
            progress.update(len(some))
    return total or 0


def _remove_cases(people: ScalarSelect[int]) -> None:
    orphaned = Case.thread_id.is_(None) & (Case.subject_kind != "member")
    cases = select(Case.id).where(or_(Case.member_id.in_(people), orphaned))
    for table in (Decision, CaseNote, Report):
        db.session.execute(delete(table).where(table.case_id.in_(cases)))
    db.session.execute(delete(Case).where(Case.id.in_(cases)))
    db.session.execute(delete(CaseNote).where(CaseNote.author_id.in_(people)))
    db.session.execute(delete(Decision).where(Decision.moderator_id.in_(people)))


def _remove_strays(people: ScalarSelect[int]) -> int:
    """Delete what invented people left elsewhere; returns how many posts that were."""
    db.session.execute(delete(GuidePlace).where(GuidePlace.member_id.in_(people)))
    db.session.execute(delete(PostRevision).where(PostRevision.editor_id.in_(people)))
    db.session.execute(delete(ThreadAlias).where(ThreadAlias.member_id.in_(people)))
    written = Post.author_id.in_(people)
    count = db.session.scalar(select(func.count()).select_from(Post).where(written)) or 0
    db.session.execute(delete(Post).where(written))
    return count
