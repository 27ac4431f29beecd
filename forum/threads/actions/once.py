"""A form that is sent twice publishes once."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from forum.extensions import db
from forum.threads.models import Post


def published_before(author_id: int, form_key: str | None) -> Post | None:
    """The post that this author's form with this key has made already."""
    if not form_key:
        return None
    wanted = select(Post).where(Post.author_id == author_id, Post.form_key == form_key)
    return db.session.scalars(wanted).one_or_none()


def insert_once(post: Post) -> Post:
    """Add the post; if the same form was faster elsewhere, return the one that it made."""
    author_id, form_key = post.author_id, post.form_key
    try:
        with db.session.begin_nested():
            db.session.add(post)
    except IntegrityError:
        before = published_before(author_id, form_key)
        if before is None:
            raise
        return before
    return post
