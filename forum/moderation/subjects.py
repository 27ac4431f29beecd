"""What a report or a case is about: a conversation, a post or a member."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select

from forum.accounts.models import Member
from forum.core.verdicts import Unknown
from forum.extensions import db
from forum.moderation.models import Case, SubjectKind
from forum.threads.models import Post, Thread


Row = TypeVar("Row", Member, Thread, Post)


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject with the rows it stands on; a member has neither thread nor post."""

    kind: SubjectKind
    id: int
    member: Member
    thread: Thread | None = None
    post: Post | None = None

    @property
    def thread_id(self) -> int | None:
        return self.thread.id if self.thread else None

    @property
    def opens_thread(self) -> bool:
        """Whether what is decided here may concern the whole conversation."""
        return self.thread is not None and (self.post is None or self.post.number == 1)

    @property
    def withheld(self) -> bool:
        """Whether its author wrote without their name, which no page of the desk may link."""
        if self.post is not None:
            return self.post.withheld
        return self.thread is not None and self.thread.withheld


def find_subject(kind: SubjectKind, subject_id: int) -> Subject:
    """The subject, whoever may see it. Raises `Unknown` when there is none."""
    if kind is SubjectKind.MEMBER:
        return Subject(kind, subject_id, _one(Member, subject_id))
    if kind is SubjectKind.THREAD:
        thread = _one(Thread, subject_id)
        return Subject(kind, subject_id, _one(Member, thread.author_id), thread)
    post = _one(Post, subject_id)
    thread = _one(Thread, post.thread_id)
    return Subject(kind, subject_id, _one(Member, post.author_id), thread, post)


def member_subject(username: str) -> Subject:
    """The member of that name. Raises `Unknown`."""
    wanted = select(Member).where(
        Member.username_key == username.casefold(), Member.erased_at.is_(None)
    )
    member = db.session.scalars(wanted).one_or_none()
    if member is None:
        raise Unknown
    return Subject(SubjectKind.MEMBER, member.id, member)


def subject_of(case: Case) -> Subject:
    return find_subject(SubjectKind(case.subject_kind), case.subject_id)


def _one(table: type[Row], row_id: int) -> Row:
    row = db.session.get(table, row_id)
    if row is None:
        raise Unknown
    return row
