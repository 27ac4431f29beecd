"""One conversation, for those who read it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from forum.core import headers
from forum.core.access import current_viewer, member, public
from forum.core.markup import plain_text
from forum.core.pages import Page, page_number
from forum.core.verdicts import Unknown
from forum.core.viewer import ANONYMOUS
from forum.threads import reads
from forum.threads.addresses import ID
from forum.threads.policy import may_reply, may_see_thread
from forum.threads.presentation.deeds import thread_deeds
from forum.threads.presentation.posts import PostView, Reader, Showing, post_view
from forum.threads.queries.thread import (
    place_of_post,
    posts_on_page,
    reactions_on_page,
    thread_head,
)
from forum.threads.routes.blueprint import threads
from forum.threads.routes.composing import reply_composer
from forum.topics.queries import topics_named

DESCRIPTION_LENGTH = 160


@threads.get(f"/threads/<{ID}:thread_id>")
@threads.get(f"/threads/<{ID}:thread_id>-")
@public
def thread_by_number(thread_id: int) -> ResponseReturnValue:
    return thread(thread_id, "")


@threads.get(f"/threads/<{ID}:thread_id>-<slug>")
@public
def thread(thread_id: int, slug: str) -> ResponseReturnValue:
    viewer = current_viewer()
    head = thread_head(viewer, thread_id)
    if "unread" in request.args:
        return redirect(head.first_unread_url)
    if slug != head.slug:
        return redirect(_with_query(head.url()), 301)
    number = page_number(request.args.get("page"), head.last_page)
    posts = _posts(Reader(viewer, head, _number(request.args.get("show"))), number)
    if may_see_thread(ANONYMOUS, head) and not viewer.is_member:
        headers.mark_public()
    reply = may_reply(viewer, head)
    quoted = _number(request.args.get("quote"))
    return render_template(
        "threads/thread.html",
        thread=head,
        page=Page(posts, number, head.last_page, head.last_number),
        related=topics_named(viewer, head.related),
        reply=reply,
        composer=reply_composer(viewer, head.id, alias=head.your_alias, quote=quoted)
        if reply
        else None,
        deeds=thread_deeds(viewer, head),
        description=_description(posts),
        is_public=bool(may_see_thread(ANONYMOUS, head)),
    )


@threads.get(f"/posts/<{ID}:post_id>")
@public
def post(post_id: int) -> ResponseReturnValue:
    return redirect(place_of_post(current_viewer(), post_id))


@threads.post(f"/threads/<{ID}:thread_id>/read")
@member
def read(thread_id: int) -> ResponseReturnValue:
    number = _number(request.form.get("number"))
    if number == 0:
        raise Unknown
    reads.mark_read(current_viewer(), thread_id, number=number)
    return "", 204


def _posts(reader: Reader, page: int) -> list[PostView]:
    rows = posts_on_page(reader.viewer, reader.thread.id, page)
    reactions = reactions_on_page(reader.viewer, reader.thread.id, page)
    return [post_view(reader, row, reactions.get(row.id, {})) for row in rows]


def _description(posts: Sequence[PostView]) -> str:
    """What a search engine may quote: the opening, unless it carries a content note."""
    first = posts[0] if posts else None
    if first is None or first.number != 1 or first.showing is not Showing.OPEN:
        return ""
    return plain_text(first.html, DESCRIPTION_LENGTH)


def _with_query(path: str) -> str:
    query = request.query_string.decode("ascii", "replace")
    return f"{path}?{query}" if query else path


def _number(given: str | None) -> int:
    """A number from 1 that stands in the address or the form, or 0."""
    if given is None or not given.isascii() or not given.isdigit() or len(given) > 9:
        return 0
    return int(given)
