"""Starting a thread."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from forum.core import clock
from forum.core.events import publish
from forum.core.markup import RENDERER_VERSION, render
from forum.core.verdicts import require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.threads.actions.aliases import give_alias
from forum.threads.actions.drafts import place_of_topic, remove_draft
from forum.threads.actions.once import insert_once, just_started, published_before
from forum.threads.actions.references import NEW_THREAD, fresh_references
from forum.threads.actions.texts import add_references
from forum.threads.events import ThreadStarted
from forum.threads.models import Post, Thread
from forum.threads.policy import may_start_thread
from forum.threads.reads import record_read
from forum.topics.models import Audience, Topic

LONGEST_SLUG = 80
SLUG_WITHOUT_LETTERS = "conversation"


def start_thread(
    actor: Viewer,
    topic: Topic,
    *,
    title: str,
    body: str,
    audience: Audience,
    withhold_name: bool = False,
    notes: Collection[str] = (),
    form_key: str | None = None,
) -> Post:
    """Open a thread and return its first post; a form sent again gives the post it made before."""
    require(may_start_thread(actor, topic, audience))
    before = _sent_before(actor, topic, title, body, form_key)
    if before is not None:
        return before
    references = fresh_references(actor, NEW_THREAD, audience, withheld=withhold_name)
    rendered = render(body, references=references)
    thread = _new_thread(actor, topic, title, audience, withhold_name, notes)
    opening = _opening(thread, body, rendered.html, form_key)
    made = _insert_once(thread, opening)
    if made is not opening:
        return made
    add_references(opening, rendered)
    if withhold_name:
        give_alias(thread, actor.member_id)
    record_read(actor.member_id, thread.id, opening.number)
    remove_draft(actor, place_of_topic(topic.slug))
    publish(ThreadStarted(opening.id, thread.id))
    return opening


def _sent_before(
    actor: Viewer, topic: Topic, title: str, body: str, form_key: str | None
) -> Post | None:
    if form_key is None:
        return None
    same_form = published_before(actor.member_id, form_key)
    return same_form or just_started(topic.id, actor.member_id, title, body)


def slug_of(title: str) -> str:
    """The title as it stands in the address: plain letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    slug = "-".join(words)
    if len(slug) > LONGEST_SLUG:
        slug = slug[: LONGEST_SLUG + 1].rpartition("-")[0] or slug[:LONGEST_SLUG]
    return slug or SLUG_WITHOUT_LETTERS


def _new_thread(
    actor: Viewer,
    topic: Topic,
    title: str,
    audience: Audience,
    withheld: bool,
    notes: Collection[str],
) -> Thread:
    moment = clock.now()
    return Thread(
        topic_id=topic.id,
        author_id=actor.member_id,
        title=title,
        slug=slug_of(title),
        audience=audience.value,
        withheld=withheld,
        notes=frozenset(notes),
        created_at=moment,
        last_post_at=moment,
    )


def _opening(thread: Thread, body: str, html: str, form_key: str | None) -> Post:
    return Post(
        number=1,
        author_id=thread.author_id,
        withheld=thread.withheld,
        notes=thread.notes,
        body=body,
        html=html,
        markup_version=RENDERER_VERSION,
        created_at=thread.created_at,
        form_key=form_key or None,
    )


def _insert_once(thread: Thread, opening: Post) -> Post:
    """Add both. If the same form was faster elsewhere, neither stays but the post it made."""
    db.session.add(thread)
    db.session.flush()
    opening.thread_id = thread.id
    made = insert_once(opening)
    if made is not opening:
        db.session.delete(thread)
        db.session.flush()
    return made
