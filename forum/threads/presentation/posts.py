"""A post as one reader sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row

from forum.core.content_notes import NoteChoice
from forum.core.markup import without_mention_links
from forum.core.verdicts import Verdict
from forum.core.viewer import Viewer
from forum.threads import policy
from forum.threads.addresses import page_of, post_path
from forum.threads.models import Reaction
from forum.threads.presentation.choices import choice_for
from forum.threads.presentation.names import Byline, byline
from forum.threads.queries.thread import ThreadHead

BY_BLOCKED = "A post by somebody you blocked"
FOLDED = "A folded post"
HIDDEN_BY_STAFF = "Hidden by moderators: members do not see this"
REMOVED_BY_STAFF = "Taken down by moderators: members do not see this"
YOURS_DELETED = "You deleted this post."
YOURS_HIDDEN = (
    "Moderators have hidden this post while they look at it. Only you and they can read it."
)

Reactions = Mapping[str, tuple[int, bool]]


class Showing(StrEnum):
    """How a post stands on the page. What is gone or left out has no words in the page's source."""

    OPEN = "open"
    FOLDED = "folded"
    LEFT_OUT = "left_out"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class ReactionView:
    kind: str
    label: str
    number: int
    is_mine: bool


@dataclass(frozen=True, slots=True)
class PostView:
    """`label` says why a post is folded or gone; `notice` is for its author alone.

    `desk_url` is where moderators open the case of this post, and empty for others.
    """

    id: int
    number: int
    url: str
    show_url: str
    quote_url: str
    author: Byline
    created_at: datetime
    edited_at: datetime | None
    history_url: str
    showing: Showing
    label: str
    notice: str
    html: str
    notes: frozenset[str]
    reactions: Sequence[ReactionView]
    may_react: bool
    may_reply: bool
    may_edit: bool
    may_delete: bool
    may_restore: bool
    may_report: bool
    desk_url: str
    is_first_unread: bool

    @property
    def has_foot(self) -> bool:
        """Whether there is anything to say or do below its words."""
        deeds = (self.may_reply, self.may_edit, self.may_delete, self.may_report)
        return (
            self.may_react
            or bool(self.desk_url)
            or any(deeds)
            or any(each.number for each in self.reactions)
        )


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads which thread. `asked_for` is the number of a post they want opened, 0 for none."""

    viewer: Viewer
    thread: ThreadHead
    asked_for: int = 0


def post_view(reader: Reader, row: Row[Any], reactions: Reactions) -> PostView:
    viewer, thread = reader.viewer, reader.thread
    words = policy.may_see_post(viewer, thread, row)
    notes = row.notes | thread.notes if row.number == 1 else row.notes
    showing, label = (
        _showing(reader, row, notes) if words else (Showing.GONE, _why_gone(reader, row, words))
    )
    is_present = row.hidden_at is None and row.removed_at is None
    has_words = showing in (Showing.OPEN, Showing.FOLDED)
    return PostView(
        id=row.id,
        number=row.number,
        url=post_path(row.id),
        show_url=f"{_asking(thread, row, 'show', row.number)}#post-{row.number}",
        quote_url=f"{_asking(thread, row, 'quote', row.id)}#reply",
        author=byline(viewer, row, row.alias),
        created_at=row.created_at,
        edited_at=row.edited_at,
        history_url=_history_url(viewer, thread, row),
        showing=showing,
        label=label,
        notice=YOURS_HIDDEN if row.hidden_at and showing is Showing.OPEN else "",
        html=_html(viewer, row.html) if has_words else "",
        notes=notes,
        reactions=_reactions(reactions),
        may_react=bool(policy.may_react(viewer, thread, row)),
        may_reply=is_present and bool(policy.may_reply(viewer, thread)),
        may_edit=bool(policy.may_edit_post(viewer, thread, row)),
        may_delete=bool(policy.may_delete_post(viewer, thread, row)),
        may_restore=bool(policy.may_restore_own_post(viewer, thread, row)),
        may_report=bool(policy.may_report_post(viewer, thread, row)),
        desk_url=f"/moderation/open/post/{row.id}" if viewer.may_moderate else "",
        is_first_unread=0 < thread.read_number == row.number - 1,
    )


def _html(viewer: Viewer, html: str) -> str:
    return html if viewer.is_member else without_mention_links(html)


def _why_gone(reader: Reader, row: Row[Any], words: Verdict) -> str:
    if row.deleted_at is not None and _is_own(reader, row):
        return YOURS_DELETED
    return words.reason


def _is_own(reader: Reader, row: Row[Any]) -> bool:
    return reader.viewer.is_member and row.author_id == reader.viewer.member_id


def _showing(reader: Reader, row: Row[Any], notes: frozenset[str]) -> tuple[Showing, str]:
    """For a post whose words this reader may read: whether they are folded, and why."""
    viewer, is_own = reader.viewer, _is_own(reader, row)
    if viewer.may_moderate and row.removed_at is not None:
        return Showing.FOLDED, REMOVED_BY_STAFF
    if viewer.may_moderate and row.hidden_at is not None and not is_own:
        return Showing.FOLDED, HIDDEN_BY_STAFF
    if is_own or reader.asked_for == row.number:
        return Showing.OPEN, ""
    # A fold would tell who writes without their name.
    if not row.withheld and row.blocked_by_viewer:
        return Showing.FOLDED, BY_BLOCKED
    if not row.withheld and row.blocks_viewer:
        return Showing.FOLDED, FOLDED
    return _BY_CHOICE[choice_for(viewer, notes)], ""


_BY_CHOICE = {
    NoteChoice.SHOW: Showing.OPEN,
    NoteChoice.FOLD: Showing.FOLDED,
    NoteChoice.HIDE: Showing.LEFT_OUT,
}


def _asking(thread: ThreadHead, row: Row[Any], what: str, which: int) -> str:
    """The page that the post stands on, asked for something more."""
    return f"{thread.url()}?page={page_of(row.number)}&{what}={which}"


def _history_url(viewer: Viewer, thread: ThreadHead, row: Row[Any]) -> str:
    if row.edited_at is None or not policy.may_see_revisions(viewer, thread, row):
        return ""
    return f"{post_path(row.id)}/history"


def _reactions(left: Reactions) -> list[ReactionView]:
    return [
        ReactionView(kind.value, kind.label, *left.get(kind.value, (0, False))) for kind in Reaction
    ]
