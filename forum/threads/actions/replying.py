"""Answering in a thread."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import update

from forum.core import clock
from forum.core.events import publish
from forum.core.markup import RENDERER_VERSION, render
from forum.core.verdicts import require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.threads.actions.aliases import give_alias
from forum.threads.actions.counting import count_reply
from forum.threads.actions.drafts import place_of_thread, remove_draft
from forum.threads.actions.once import insert_once, just_said, published_before
from forum.threads.actions.references import fresh_references
from forum.threads.actions.subjects import hold_thread
from forum.threads.actions.texts import add_references
from forum.threads.events import ReplyPosted
from forum.threads.models import Post, Thread, ThreadRead
from forum.threads.policy import may_reply
from forum.topics.models import Audience


def post_reply(
    actor: Viewer,
    thread: Thread,
    *,
    body: str,
    withhold_name: bool = False,
    notes: Collection[str] = (),
    form_key: str | None = None,
) -> Post:
    """Add the next post; a form sent again gives the post it made before.

    Raises `Refused` when the thread was closed, also while the reply waited for its turn.
    """
    require(may_reply(actor, thread))
    audience = Audience(thread.audience)
    references = fresh_references(actor, thread.id, audience, withheld=withhold_name)
    rendered = render(body, references=references)
    hold_thread(thread)
    require(may_reply(actor, thread))
    before = _sent_before(actor, thread, body, form_key)
    if before is not None:
        return before
    post = Post(
        thread_id=thread.id,
        number=thread.last_number + 1,
        author_id=actor.member_id,
        withheld=withhold_name,
        notes=frozenset(notes),
        body=body,
        html=rendered.html,
        markup_version=RENDERER_VERSION,
        created_at=clock.now(),
        form_key=form_key or None,
    )
    made = insert_once(post)
    if made is not post:
        return made
    add_references(post, rendered)
    if withhold_name:
        give_alias(thread, actor.member_id)
    remove_draft(actor, place_of_thread(thread.id))
    _read_own(post)
    publish(ReplyPosted(post.id, thread.id))
    count_reply(thread, post)
    return post


def _sent_before(actor: Viewer, thread: Thread, body: str, form_key: str | None) -> Post | None:
    if form_key is None:
        return None
    same_form = published_before(actor.member_id, form_key)
    return same_form or just_said(thread, actor.member_id, body)


def _read_own(post: Post) -> None:
    """Nobody is told that their own reply is new, unless there is more before it to read."""
    own_place = (ThreadRead.member_id == post.author_id, ThreadRead.thread_id == post.thread_id)
    db.session.execute(
        update(ThreadRead)
        .where(*own_place, ThreadRead.last_number == post.number - 1)
        .values(last_number=post.number, read_at=post.created_at)
    )
