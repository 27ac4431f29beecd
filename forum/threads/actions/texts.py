"""The text of a post: drawn once when it is written, with a note of whom and what it names."""

from __future__ import annotations

from sqlalchemy import delete

from forum.core.markup import RENDERER_VERSION, Rendered
from forum.extensions import db
from forum.threads.models import Post, PostMention, PostQuote


def put_text(post: Post, body: str, rendered: Rendered) -> None:
    post.body = body
    post.html = rendered.html
    post.markup_version = RENDERER_VERSION


def keep_references(post: Post, rendered: Rendered) -> None:
    """Replace the notes of whom the post mentions and which posts it quotes."""
    db.session.execute(delete(PostMention).where(PostMention.post_id == post.id))
    db.session.execute(delete(PostQuote).where(PostQuote.post_id == post.id))
    add_references(post, rendered)


def add_references(post: Post, rendered: Rendered) -> None:
    """The same for a post that is new."""
    db.session.add_all(
        PostMention(post_id=post.id, member_id=member_id, addressed=member_id in rendered.addressed)
        for member_id in rendered.mentioned
    )
    db.session.add_all(
        PostQuote(post_id=post.id, quoted_id=quoted_id) for quoted_id in rendered.quoted - {post.id}
    )
    db.session.flush()
