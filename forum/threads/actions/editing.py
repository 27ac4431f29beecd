"""Changing one's own post. What it said before stays as a revision."""

from __future__ import annotations

from collections.abc import Collection

from forum.core import clock
from forum.core.events import publish
from forum.core.markup import render
from forum.core.verdicts import require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.threads.actions.counting import touch
from forum.threads.actions.drafts import place_of_post, remove_draft
from forum.threads.actions.references import ThreadReferences, fresh_references
from forum.threads.actions.subjects import hold_post, thread_of
from forum.threads.actions.texts import keep_references, put_text
from forum.threads.events import PostEdited
from forum.threads.models import Post, PostRevision, Thread
from forum.threads.policy import may_edit_post
from forum.topics.models import Audience


def edit_post(
    actor: Viewer, post: Post, *, body: str, why: str = "", notes: Collection[str] | None = None
) -> bool:
    """Change the text and, unless None, the notes; returns whether anything is different now."""
    require(may_edit_post(actor, thread_of(post), post))
    thread = hold_post(post)
    require(may_edit_post(actor, thread, post))
    remove_draft(actor, place_of_post(post.id))
    references = fresh_references(
        actor, thread.id, Audience(thread.audience), withheld=post.withheld
    )
    noted = notes is not None and put_notes(thread, post, notes)
    written = replace_text(post, body, why, editor_id=actor.member_id, references=references)
    return tell_if_changed(thread, post, noted or written)


def replace_text(
    post: Post, body: str, why: str, *, editor_id: int, references: ThreadReferences
) -> bool:
    """Put the new text in place of the old one, which becomes a revision."""
    if body == post.body:
        return False
    moment = clock.now()
    db.session.add(
        PostRevision(
            post_id=post.id, editor_id=editor_id, replaced_at=moment, why=why, body=post.body
        )
    )
    rendered = render(body, references=references)
    put_text(post, body, rendered)
    post.edited_at = moment
    keep_references(post, rendered)
    return True


def put_notes(thread: Thread, post: Post, notes: Collection[str]) -> bool:
    """Give the post these notes; those of an opening are its thread's as well."""
    wanted = frozenset(notes)
    subjects: list[Post | Thread] = [post, thread] if post.number == 1 else [post]
    changed = any(subject.notes != wanted for subject in subjects)
    for subject in subjects:
        subject.notes = wanted
    return changed


def tell_if_changed(thread: Thread, post: Post, changed: bool) -> bool:
    if changed:
        touch(thread)
        publish(PostEdited(post.id, thread.id))
    return changed
