"""What a post said before, for those who may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import select

from forum.core import clock
from forum.core.comparison import Piece, compare
from forum.core.markup import without_quotes
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.threads.actions.references import known_references
from forum.threads.models import Post, PostRevision, Thread
from forum.threads.policy import REVISIONS_OPEN
from forum.threads.quoting import gone_posts, quoted_posts
from forum.topics.models import Audience


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a post. Without `pieces` this reader may know of it but not read it."""

    at: datetime
    why: str
    by_moderator: bool
    pieces: Sequence[Piece]


def edits_of(viewer: Viewer, thread: Thread, post: Post) -> list[Edit]:
    """Every change, the newest first. Whether the viewer may ask is `may_see_revisions`.

    What a moderator took out stays out: of that change and those before it, only the author and
    moderators read the words. Other readers have a day for each change.
    """
    wanted = select(PostRevision).where(PostRevision.post_id == post.id).order_by(PostRevision.id)
    revisions = db.session.scalars(wanted).all()
    texts = _readable_texts(thread, post, [*(revision.body for revision in revisions), post.body])
    open_from = _first_open(viewer, post, revisions)
    edits = [
        Edit(
            at=revision.replaced_at,
            why=revision.why,
            by_moderator=revision.editor_id != post.author_id,
            pieces=compare(before, after) if place >= open_from else (),
        )
        for place, (revision, (before, after)) in enumerate(
            zip(revisions, pairwise(texts), strict=True)
        )
    ]
    return edits[::-1]


def _first_open(viewer: Viewer, post: Post, revisions: Sequence[PostRevision]) -> int:
    """The place of the first change whose words this viewer may read."""
    if viewer.may_moderate or viewer.member_id == post.author_id:
        return 0
    oldest = clock.now() - REVISIONS_OPEN
    closed = (
        place
        for place, revision in enumerate(revisions)
        if revision.editor_id != post.author_id or revision.replaced_at < oldest
    )
    return max(closed, default=-1) + 1


def _readable_texts(thread: Thread, post: Post, texts: Sequence[str]) -> list[str]:
    """The texts without the words of posts that are gone."""
    references = known_references(
        thread.id,
        Audience(thread.audience),
        mentioned=(),
        quoted=quoted_posts(texts),
        written_at=post.created_at,
    )
    gone = gone_posts(references, texts)
    return [without_quotes(text, gone) for text in texts]
