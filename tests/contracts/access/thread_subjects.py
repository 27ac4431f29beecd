"""Topics, the author's conversations and posts in them, and what became of those."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from forum.accounts.models import Member
from forum.core import clock
from forum.extensions import db
from forum.threads.models import Post, PostRevision, Thread
from tests import cast
from tests.contracts.access.people import (
    AUTHOR,
    CARING,
    EVERYBODY,
    IN_GOOD_STANDING,
    MODERATORS,
    People,
    Person,
)
from tests.contracts.access.subjects import NEVER_GIVEN, Rows, Subject, Values, never_there, states

LONG_AGO = timedelta(days=2)


@dataclass(frozen=True)
class TopicSubject(Subject):
    """A topic; `widest` is the widest audience that a conversation in it may have."""

    slug: str = ""
    widest: str = "everyone"


@dataclass(frozen=True)
class ThreadSubject(Subject):
    """A conversation by the author; `marks` are the columns that say what became of it."""

    own_of: People = AUTHOR
    audience: str = "members"
    withheld: bool = False
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class PostSubject(Subject):
    """A post by the author, or by a member, in the conversation `within`."""

    own_of: People = AUTHOR
    within: str = "a members-only conversation"
    opening: bool = False
    withheld: bool = False
    marks: tuple[str, ...] = ()
    age: timedelta = timedelta()


TOPICS: tuple[Subject, ...] = (
    TopicSubject("a topic for everyone", EVERYBODY, slug="welcome"),
    TopicSubject("a topic of the guide", EVERYBODY, slug="upset"),
    TopicSubject("a coverage topic", EVERYBODY, slug="myeloma-cure"),
    TopicSubject(
        "a topic for members",
        IN_GOOD_STANDING,
        slug="after-a-loss",
        widest="members",
        states=states("narrow"),
    ),
    TopicSubject(
        "the caregivers' room",
        CARING,
        slug="caregivers",
        widest="caregivers",
        states=states("narrow"),
    ),
    never_there("a topic that never was"),
)

PUBLIC = ThreadSubject("a public conversation", audience="everyone")
MEMBERS_ONLY = ThreadSubject("a members-only conversation", IN_GOOD_STANDING)
CAREGIVERS_ONLY = ThreadSubject(
    "a caregivers-only conversation", CARING, audience="caregivers", states=states("narrowest")
)
WITHHELD = ThreadSubject(
    "a conversation without its author's name", IN_GOOD_STANDING, withheld=True
)
CLOSED = ThreadSubject(
    "a closed conversation", audience="everyone", marks=("locked_at",), states=states("closed")
)
HIDDEN = ThreadSubject(
    "a hidden conversation",
    AUTHOR | MODERATORS,
    audience="everyone",
    marks=("hidden_at",),
    states=states("hidden"),
)
REMOVED = ThreadSubject(
    "a conversation taken down",
    MODERATORS,
    audience="everyone",
    marks=("removed_at",),
    states=states("removed"),
)
DELETED = ThreadSubject(
    "a conversation deleted with its only post",
    MODERATORS,
    audience="everyone",
    marks=("removed_at",),
    states=states("removed"),
)
NO_THREAD = never_there("a conversation that never was")
THREADS: tuple[Subject, ...] = (
    PUBLIC,
    MEMBERS_ONLY,
    CAREGIVERS_ONLY,
    WITHHELD,
    CLOSED,
    HIDDEN,
    REMOVED,
    DELETED,
    NO_THREAD,
)

WENT_ALONG = PostSubject(
    "an opening deleted with its conversation",
    MODERATORS,
    within=DELETED.name,
    opening=True,
    marks=("deleted_at",),
    states=states("deleted", "within removed"),
)
NO_POST = never_there("a post that never was")
POSTS: tuple[Subject, ...] = (
    PostSubject("a public post", within=PUBLIC.name),
    PostSubject("a members-only post", IN_GOOD_STANDING),
    PostSubject("a caregivers-only post", CARING, within=CAREGIVERS_ONLY.name),
    PostSubject("a post without its author's name", IN_GOOD_STANDING, withheld=True),
    PostSubject("an opening with answers", IN_GOOD_STANDING, opening=True),
    PostSubject("a post in a closed conversation", within=CLOSED.name),
    PostSubject("a hidden post", within=PUBLIC.name, marks=("hidden_at",), states=states("hidden")),
    PostSubject(
        "a post just deleted", within=PUBLIC.name, marks=("deleted_at",), states=states("deleted")
    ),
    PostSubject(
        "a post deleted two days ago",
        within=PUBLIC.name,
        marks=("deleted_at",),
        age=LONG_AGO,
        states=states("deleted", "past undoing"),
    ),
    PostSubject(
        "a post taken down", within=PUBLIC.name, marks=("removed_at",), states=states("removed")
    ),
    PostSubject(
        "a post just changed",
        within=PUBLIC.name,
        marks=("edited_at",),
        states=states("just changed"),
    ),
    PostSubject(
        "a post changed two days ago", within=PUBLIC.name, marks=("edited_at",), age=LONG_AGO
    ),
    PostSubject(
        "a post in a hidden conversation",
        AUTHOR | MODERATORS,
        within=HIDDEN.name,
        states=states("within hidden"),
    ),
    PostSubject(
        "a post in a conversation taken down",
        MODERATORS,
        within=REMOVED.name,
        states=states("within removed"),
    ),
    WENT_ALONG,
    PostSubject("an answer by a member", own_of=frozenset({Person.MEMBER}), within=PUBLIC.name),
    NO_POST,
)


def _as_subject(kind: str, number: int) -> Values:
    """How a draft and a case name it."""
    return {"place": f"{kind}:{number}", "kind": kind, "subject": number}


NOT_THERE: Rows = {
    (NO_THREAD.name, None): _as_subject("thread", NEVER_GIVEN),
    (NO_POST.name, None): _as_subject("post", NEVER_GIVEN),
}


def thread_rows(people: Mapping[Person, Member]) -> Rows:
    author = people[Person.AUTHOR]
    threads = {
        subject.name: _thread(author, subject)
        for subject in THREADS
        if isinstance(subject, ThreadSubject)
    }
    posts = {
        subject.name: _post(threads[subject.within], people, subject)
        for subject in POSTS
        if isinstance(subject, PostSubject)
    }
    threads[DELETED.name].removed_at = posts[WENT_ALONG.name].deleted_at
    rows: Rows = {(name, None): _names_of_thread(row) for name, row in threads.items()}
    rows |= {(name, None): _names_of_post(row) for name, row in posts.items()}
    rows |= {(topic.name, None): _names_of_topic(topic) for topic in TOPICS}
    return rows | NOT_THERE


def _thread(author: Member, subject: ThreadSubject) -> Thread:
    return cast.make_thread(
        "caregivers" if subject is CAREGIVERS_ONLY else "welcome",
        author,
        title=f"About {subject.name}",
        audience=subject.audience,
        withheld=subject.withheld,
        **_marks(subject.marks, timedelta()),
    )


def _post(thread: Thread, people: Mapping[Person, Member], subject: PostSubject) -> Post:
    marks = _marks(subject.marks, subject.age)
    if subject.opening:
        post = cast.first_post(thread)
        for column, moment in marks.items():
            setattr(post, column, moment)
    else:
        (writer,) = subject.own_of
        post = cast.make_post(thread, people[writer], withheld=subject.withheld, **marks)
    if post.edited_at is not None:
        _keep_revision(post)
    return post


def _marks(columns: tuple[str, ...], age: timedelta) -> dict[str, Any]:
    return dict.fromkeys(columns, clock.now() - age)


def _keep_revision(post: Post) -> None:
    revision = PostRevision(
        post_id=post.id,
        editor_id=post.author_id,
        replaced_at=post.edited_at,
        body="What it said before.",
    )
    db.session.add(revision)


def _names_of_thread(thread: Thread) -> Values:
    return {
        "thread_id": thread.id,
        "slug": thread.slug,
        "opening_id": cast.first_post(thread).id,
        **_as_subject("thread", thread.id),
    }


def _names_of_post(post: Post) -> Values:
    return {
        "post_id": post.id,
        "thread_id": post.thread_id,
        **_as_subject("post", post.id),
    }


def _names_of_topic(topic: Subject) -> Values:
    if not isinstance(topic, TopicSubject):
        return {"slug": "no-such-topic", "place": "topic:no-such-topic", "widest": "everyone"}
    return {"slug": topic.slug, "place": f"topic:{topic.slug}", "widest": topic.widest}
