"""Drawing posts anew from their source, with nothing in them but what they named when written.

Needed when a quoted post goes or comes back, when a member takes another name, and when the
renderer has changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, and_, or_, select, update

from forum.core.markup import RENDERER_VERSION, render
from forum.extensions import db
from forum.threads.actions.references import ThreadReferences, known_references
from forum.threads.actions.texts import put_text
from forum.threads.events import PostEvent, ThreadEvent
from forum.threads.models import Post, PostMention, PostQuote, Thread
from forum.topics.models import Audience


def redraw_quotes_of_post(event: PostEvent) -> None:
    """Take the words of a post out of its quotes, or put them back, as readers may see it now."""
    db.session.flush()
    redraw(_posts_that_quote(PostQuote.quoted_id == event.post_id))


def redraw_quotes_of_thread(event: ThreadEvent) -> None:
    """The same for the quotes that other threads have of a thread's posts."""
    db.session.flush()
    within = select(Post.id).where(Post.thread_id == event.thread_id)
    elsewhere = Post.thread_id != event.thread_id
    redraw(_posts_that_quote(and_(PostQuote.quoted_id.in_(within), elsewhere)))


def redraw_posts_naming(member_id: int, *, after_id: int, most: int) -> int | None:
    """Redraw posts that mention the member or quote one of their posts, `most` at a time.

    Begins after the post `after_id`; returns the last id, or None when there are no more.
    """
    mentioning = select(PostMention.post_id).where(PostMention.member_id == member_id)
    own = select(Post.id).where(Post.author_id == member_id)
    quoting = select(PostQuote.post_id).where(PostQuote.quoted_id.in_(own))
    naming = or_(Post.id.in_(mentioning), Post.id.in_(quoting))
    posts = _first(and_(naming, Post.id > after_id), most)
    redraw(posts)
    return posts[-1].id if len(posts) == most else None


def rerender_batch(limit: int) -> int:
    """Redraw at most `limit` posts that an older renderer drew; returns how many there were."""
    posts = _first(Post.markup_version < RENDERER_VERSION, limit)
    redraw(posts)
    return len(posts)


def redraw(posts: Sequence[Post]) -> None:
    """Give each post the HTML that its source makes now; threads that change say so."""
    threads = _threads(posts)
    mentioned, quoted = _mentioned(posts), _quoted(posts)
    changed = set()
    for post in posts:
        references = known_references(
            post.thread_id,
            Audience(threads[post.thread_id].audience),
            mentioned=mentioned[post.id],
            quoted=quoted[post.id],
            written_at=post.created_at,
        )
        rendered = render(post.body, references=references)
        if rendered.html != post.html:
            changed.add(post.thread_id)
        put_text(post, post.body, rendered)
    db.session.flush()
    _touch(changed)


def references_of(thread: Thread, post: Post) -> ThreadReferences:
    """What a post named when it was written."""
    return known_references(
        thread.id,
        Audience(thread.audience),
        mentioned=_mentioned([post])[post.id],
        quoted=_quoted([post])[post.id],
        written_at=post.created_at,
    )


def _posts_that_quote(condition: ColumnElement[bool]) -> Sequence[Post]:
    wanted = select(Post).join(PostQuote, PostQuote.post_id == Post.id).where(condition)
    return db.session.scalars(wanted.order_by(Post.id)).unique().all()


def _first(condition: ColumnElement[bool], most: int) -> Sequence[Post]:
    return db.session.scalars(select(Post).where(condition).order_by(Post.id).limit(most)).all()


def _threads(posts: Iterable[Post]) -> Mapping[int, Thread]:
    wanted = select(Thread).where(Thread.id.in_({post.thread_id for post in posts}))
    return {thread.id: thread for thread in db.session.scalars(wanted)}


def _mentioned(posts: Iterable[Post]) -> Mapping[int, Collection[int]]:
    ids = [post.id for post in posts]
    return _gathered(
        select(PostMention.post_id, PostMention.member_id).where(PostMention.post_id.in_(ids))
    )


def _quoted(posts: Iterable[Post]) -> Mapping[int, Collection[int]]:
    ids = [post.id for post in posts]
    return _gathered(
        select(PostQuote.post_id, PostQuote.quoted_id).where(PostQuote.post_id.in_(ids))
    )


def _gathered(pairs: Select[int, int]) -> Mapping[int, Collection[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for post_id, named_id in db.session.execute(pairs):
        found[post_id].add(named_id)
    return found


def _touch(thread_ids: Collection[int]) -> None:
    # In the order of their ids, so that two who do this never wait for each other.
    for thread_id in sorted(thread_ids):
        db.session.execute(
            update(Thread).where(Thread.id == thread_id).values(version=Thread.version + 1)
        )
