"""Texts that are not published yet, kept for their writer on every device.

A draft has a place: "topic:<slug>" for a new thread, "thread:<id>" for a reply, "post:<id>" for
an edit. One member keeps one draft a place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from forum.core import clock
from forum.core.verdicts import ALLOWED, HIDDEN, Unknown, Verdict, require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.threads.actions.once import published_before
from forum.threads.actions.subjects import post_by_id, thread_by_id, thread_of
from forum.threads.models import Draft
from forum.threads.policy import may_see_thread
from forum.topics.models import Topic
from forum.topics.policy import may_see_topic

# Three times what can be published: cutting a text down needs room as well.
LONGEST_DRAFT = 60_000
PLACE = re.compile(r"topic:[a-z0-9-]{1,60}|(?:thread|post):[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class DraftText:
    """What a draft holds, in the names of the form's fields."""

    body: str = ""
    title: str = ""
    why: str = ""
    audience: str = ""
    withhold_name: bool = False
    notes: Sequence[str] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.body.strip() or self.title.strip())


@dataclass(frozen=True, slots=True)
class KeptDraft:
    saved_at: datetime
    text: DraftText


def place_of_topic(slug: str) -> str:
    return f"topic:{slug}"


def place_of_thread(thread_id: int) -> str:
    return f"thread:{thread_id}"


def place_of_post(post_id: int) -> str:
    return f"post:{post_id}"


def draft_at(viewer: Viewer, place: str) -> KeptDraft | None:
    """The viewer's own draft for this place."""
    wanted = select(Draft.saved_at, Draft.fields).where(*_own(viewer, place))
    row = db.session.execute(wanted).one_or_none()
    return KeptDraft(row.saved_at, DraftText(**row.fields)) if row else None


def save_draft(actor: Viewer, place: str, text: DraftText, *, form_key: str | None = None) -> None:
    """Keep the text; an empty one removes what was kept.

    A form that was published meanwhile leaves no draft behind. Raises `Unknown` for a place
    where the actor cannot write, unless a draft was begun there while they could.
    """
    require(may_keep_draft(actor, place))
    if published_before(actor.member_id, form_key):
        return
    if text.is_empty or _says_nothing_new(place, text):
        remove_draft(actor, place)
        return
    _put(actor.member_id, place, text)


def remove_draft(actor: Viewer, place: str) -> None:
    db.session.execute(delete(Draft).where(*_own(actor, place)))


def split_place(place: str) -> tuple[str, str]:
    """The kind of a place and its key. Raises `Unknown` for what is no place."""
    if not PLACE.fullmatch(place):
        raise Unknown
    kind, _, key = place.partition(":")
    return kind, key


def may_keep_draft(viewer: Viewer, place: str) -> Verdict:
    """Where the viewer could write at least at some time; what was begun may always go on.

    Raises `Unknown` for what is no place.
    """
    kind, key = split_place(place)
    if not viewer.in_good_standing:
        return HIDDEN
    if draft_at(viewer, place) is not None:
        return ALLOWED
    if kind == "topic":
        topic = db.session.scalar(select(Topic).where(Topic.slug == key))
        return may_see_topic(viewer, topic) if topic else HIDDEN
    if kind == "thread":
        return may_see_thread(viewer, thread_by_id(int(key)))
    post = post_by_id(int(key))
    own = post.author_id == viewer.member_id
    return may_see_thread(viewer, thread_of(post)) if own else HIDDEN


def _says_nothing_new(place: str, text: DraftText) -> bool:
    """Whether it is an edit that has changed nothing yet."""
    kind, key = split_place(place)
    return kind == "post" and post_by_id(int(key)).body == text.body


def _put(member_id: int, place: str, text: DraftText) -> None:
    # Two tabs may save at the same moment; the later one stays.
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    draft = insert(Draft).values(
        member_id=member_id, place=place, fields=asdict(text), saved_at=clock.now()
    )
    db.session.execute(
        draft.on_conflict_do_update(
            index_elements=[Draft.member_id, Draft.place],
            set_={"fields": draft.excluded.fields, "saved_at": draft.excluded.saved_at},
        )
    )


def _own(viewer: Viewer, place: str) -> tuple[ColumnElement[bool], ...]:
    return Draft.member_id == viewer.member_id, Draft.place == place
