"""The house rules and the welcome, written by the forum itself."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import exists, select

from forum.accounts.models import Member
from forum.accounts.names import username_key
from forum.accounts.sessions import viewer_of_member
from forum.core import clock
from forum.core.front_matter import Document, FrontMatterError, read_all
from forum.core.seeded import Step, report
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.threads.actions.editing import edit_post
from forum.threads.actions.starting import start_thread
from forum.threads.models import Post, PostRevision, Thread
from forum.threads.policy import may_edit_post
from forum.topics.models import Audience, Topic

SYSTEM_NAME = "NextChapter"
RENEWED = "Updated from the project"


def seed_threads(folder: Path) -> list[str]:
    """Start the threads in `folder`, renew those nobody changed; returns what was done."""
    account = viewer_of_member(_system_account().id)
    steps = {document["title"]: _seed_thread(account, document) for document in read_all(folder)}
    return report("First conversations", steps)


def _system_account() -> Member:
    """The account of the forum itself: no address, no password, nobody can sign in with it."""
    found = db.session.scalars(select(Member).where(Member.is_system)).one_or_none()
    if found is not None:
        return found
    account = Member(
        username=SYSTEM_NAME,
        username_key=username_key(SYSTEM_NAME),
        joined_at=clock.now(),
        is_system=True,
    )
    db.session.add(account)
    db.session.flush()
    return account


def _seed_thread(account: Viewer, document: Document) -> Step:
    key = f"seed-{Path(document.name).stem}"
    wanted = select(Post).where(Post.author_id == account.member_id, Post.form_key == key)
    post = db.session.scalars(wanted).one_or_none()
    if post is None:
        _start(account, document, key)
        return Step.ADDED
    if post.body == document.body:
        return Step.UNCHANGED
    return _renew(account, post, document.body)


def _start(account: Viewer, document: Document, key: str) -> None:
    post = start_thread(
        account,
        _topic(document),
        title=document["title"],
        body=document.body,
        audience=Audience.EVERYONE,
        form_key=key,
    )
    thread = db.session.get_one(Thread, post.thread_id)
    thread.pinned_at = clock.now() if document["pinned"] else None
    # Nobody wrote it who could wait for an answer.
    thread.waiting = False


def _topic(document: Document) -> Topic:
    topic = db.session.scalars(select(Topic).where(Topic.slug == document["topic"])).one_or_none()
    if topic is None:
        raise FrontMatterError(f"{document.name}: there is no topic {document['topic']}")
    return topic


def _renew(account: Viewer, post: Post, body: str) -> Step:
    thread = db.session.get_one(Thread, post.thread_id)
    if _changed_by_people(post) or not may_edit_post(account, thread, post):
        return Step.KEPT
    edit_post(account, post, body=body, why=RENEWED)
    return Step.UPDATED


def _changed_by_people(post: Post) -> bool:
    by_others = PostRevision.editor_id != post.author_id
    found = select(exists().where(PostRevision.post_id == post.id, by_others))
    return bool(db.session.scalar(found))
