"""What a report or a case is about: a conversation, a post or a member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TypeVar

from sqlalchemy import select

from forum.accounts.models import Member
from forum.accounts.names import username_key
from forum.core.verdicts import Unknown
from forum.extensions import db
from forum.moderation.models import Case, SubjectKind
from forum.threads.actions.subjects import hold_post, hold_thread
from forum.threads.models import Post, Thread
from forum.threads.policy import went_with_opening

Row = TypeVar("Row", Member, Thread, Post)


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject with the rows it stands on.

    `post` is the reported one, `opening` the first post of a reported conversation; a member has
    neither, and no thread.
    """

    kind: SubjectKind
    id: int
    member: Member
    thread: Thread | None = None
    post: Post | None = None
    opening: Post | None = None

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

    @property
    def words(self) -> Post | None:
        """The post whose words the case is about."""
        return self.post or self.opening

    @property
    def deleted_at(self) -> datetime | None:
        """When its author deleted it: the post, or the conversation with its only post."""
        if self.post is not None:
            return self.post.deleted_at
        if self.thread is None or self.opening is None:
            return None
        went_along = went_with_opening(self.thread, self.opening)
        return self.opening.deleted_at if went_along else None

    @property
    def hidden_at(self) -> datetime | None:
        """When a moderator hid it, if it still is."""
        row = self.post or self.thread
        return row.hidden_at if row else None

    @property
    def taken_down_at(self) -> datetime | None:
        """When a moderator took it down."""
        if self.post is None and self.deleted_at is not None:
            return None
        row = self.post or self.thread
        return row.removed_at if row else None

    @property
    def print_of_words(self) -> str:
        """Tells whether the text is still the one that a moderator has read."""
        body = self.words.body if self.words else ""
        return sha256(body.encode()).hexdigest()[:16]


def find_subject(kind: SubjectKind, subject_id: int) -> Subject:
    """The subject, whoever may see it. Raises `Unknown` when there is none."""
    if kind is SubjectKind.MEMBER:
        return Subject(kind, subject_id, _one(Member, subject_id))
    if kind is SubjectKind.THREAD:
        thread = _one(Thread, subject_id)
        member = _one(Member, thread.author_id)
        return Subject(kind, subject_id, member, thread, opening=_opening(thread))
    post = _one(Post, subject_id)
    thread = _one(Thread, post.thread_id)
    return Subject(kind, subject_id, _one(Member, post.author_id), thread, post)


def member_subject(username: str) -> Subject:
    """The member of that name. Raises `Unknown`."""
    wanted = select(Member).where(
        Member.username_key == username_key(username), Member.erased_at.is_(None)
    )
    member = db.session.scalars(wanted).one_or_none()
    if member is None:
        raise Unknown
    return Subject(SubjectKind.MEMBER, member.id, member)


def subject_of(case: Case) -> Subject:
    return find_subject(SubjectKind(case.subject_kind), case.subject_id)


def hold_subject(subject: Subject) -> None:
    """Let nobody else change it until this transaction ends, and read it anew."""
    db.session.refresh(subject.member)
    if subject.post is not None:
        hold_post(subject.post)
    elif subject.thread is not None:
        hold_thread(subject.thread)
        if subject.opening is not None:
            db.session.refresh(subject.opening)


def _opening(thread: Thread) -> Post | None:
    wanted = select(Post).where(Post.thread_id == thread.id, Post.number == 1)
    return db.session.scalars(wanted).one_or_none()


def _one(table: type[Row], row_id: int) -> Row:
    row = db.session.get(table, row_id)
    if row is None:
        raise Unknown
    return row
