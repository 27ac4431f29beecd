"""Starting conversations, answering in them, and changing one's own posts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from forum.core.access import current_viewer, member
from forum.core.transactions import survive
from forum.core.verdicts import Refused, Unknown, require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.threads.actions.aliases import alias_in
from forum.threads.actions.drafts import may_keep_draft, save_draft
from forum.threads.actions.editing import edit_post
from forum.threads.actions.replying import post_reply
from forum.threads.actions.starting import start_thread
from forum.threads.actions.subjects import post_by_id, thread_by_id, thread_of
from forum.threads.addresses import ID, post_in_thread_path
from forum.threads.forms import LONGEST_TITLE, EditForm, state_of
from forum.threads.models import Post, Thread
from forum.threads.policy import may_edit_post, may_reply, may_see_thread, may_start_thread
from forum.threads.routes.blueprint import threads
from forum.threads.routes.composing import (
    Composer,
    edit_composer,
    reply_composer,
    start_composer,
)
from forum.threads.routes.limits import (
    changes_limit,
    form_previews_limit,
    posts_limit,
    wants_preview,
)
from forum.topics.models import Audience, Topic


@threads.route("/topics/<slug>/new", methods=["GET", "POST"])
@posts_limit
@form_previews_limit
@member
def new_thread(slug: str) -> ResponseReturnValue:
    viewer, topic = current_viewer(), _topic(slug)
    require(may_start_thread(viewer, topic, Audience(topic.widest_audience)))
    title = request.args.get("title", "")[:LONGEST_TITLE]
    composer = start_composer(viewer, topic, title=title)
    if wants_preview():
        return _start_page(topic, *_previewed(viewer, composer))
    form = composer.form
    if not form.validate_on_submit():
        return _start_page(topic, composer, 422 if form.errors else 200)
    text = form.draft()
    opening = start_thread(
        viewer,
        topic,
        title=text.title,
        body=text.body,
        audience=Audience(text.audience),
        withhold_name=text.withhold_name,
        notes=text.notes,
        form_key=form.form_key.data,
    )
    if opening.body != text.body:
        return _start_page(topic, composer.repeated(), 422)
    return redirect(address_of(opening), 303)


@threads.route(f"/threads/<{ID}:thread_id>/reply", methods=["GET", "POST"])
@posts_limit
@form_previews_limit
@member
def reply(thread_id: int) -> ResponseReturnValue:
    viewer, thread = current_viewer(), thread_by_id(thread_id)
    require(may_see_thread(viewer, thread))
    quoted = request.args.get("quote", 0, type=int)
    alias = alias_in(thread.id, viewer.member_id)
    composer = reply_composer(viewer, thread.id, alias=alias, quote=quoted)
    with _kept_when_refused(viewer, composer):
        require(may_reply(viewer, thread))
        return _reply(viewer, thread, composer)


@threads.route(f"/posts/<{ID}:post_id>/edit", methods=["GET", "POST"])
@changes_limit
@form_previews_limit
@member
def edit(post_id: int) -> ResponseReturnValue:
    viewer, post = current_viewer(), post_by_id(post_id)
    thread = thread_of(post)
    require(may_see_thread(viewer, thread))
    composer = edit_composer(viewer, post)
    with _kept_when_refused(viewer, composer):
        require(may_edit_post(viewer, thread, post))
        return _edit(viewer, post, composer)


def address_of(post: Post) -> str:
    """Where a post stands in its thread."""
    thread = thread_of(post)
    return post_in_thread_path(thread.id, thread.slug, post.number)


def _reply(viewer: Viewer, thread: Thread, composer: Composer) -> ResponseReturnValue:
    if wants_preview():
        return _reply_page(thread, *_previewed(viewer, composer))
    form = composer.form
    if not form.validate_on_submit():
        return _reply_page(thread, composer, 422 if form.errors else 200)
    text = form.draft()
    post = post_reply(
        viewer,
        thread,
        body=text.body,
        withhold_name=text.withhold_name,
        notes=text.notes,
        form_key=form.form_key.data,
    )
    if post.body != text.body:
        return _reply_page(thread, composer.repeated(), 422)
    return redirect(address_of(post), 303)


def _edit(viewer: Viewer, post: Post, composer: Composer) -> ResponseReturnValue:
    if wants_preview():
        return _edit_page(post, *_previewed(viewer, composer))
    form = composer.form
    if not form.validate_on_submit():
        return _edit_page(post, composer, 422 if form.errors else 200)
    if isinstance(form, EditForm) and form.saw_another(post):
        form.seen.data = state_of(post)
        return _edit_page(post, composer, 422, changed_meanwhile=True)
    text = form.draft()
    # Whoever sends less than the page's form says nothing about the notes.
    notes = text.notes if "seen" in request.form else None
    edit_post(viewer, post, body=text.body, why=text.why, notes=notes)
    return redirect(address_of(post), 303)


def _previewed(viewer: Viewer, composer: Composer) -> tuple[Composer, int]:
    """For the preview button of a form without script; the text is kept at this moment too."""
    form = composer.form
    if not form.body.validate(form):
        return composer, 422
    save_draft(viewer, composer.place, form.draft(), form_key=form.form_key.data)
    return composer.with_preview(viewer), 200


@contextmanager
def _kept_when_refused(viewer: Viewer, composer: Composer) -> Iterator[None]:
    """Keep what was written as a draft when the thread was closed or hidden meanwhile."""
    try:
        yield
    except Refused:
        text = composer.form.draft()
        if request.method == "POST" and may_keep_draft(viewer, composer.place):
            survive(partial(save_draft, viewer, composer.place, text))
        raise


def _topic(slug: str) -> Topic:
    topic = db.session.scalar(select(Topic).where(Topic.slug == slug))
    if topic is None:
        raise Unknown
    return topic


def _start_page(topic: Topic, composer: Composer, status: int) -> ResponseReturnValue:
    return render_template("threads/start.html", topic=topic, composer=composer), status


def _reply_page(thread: Thread, composer: Composer, status: int) -> ResponseReturnValue:
    return render_template("threads/reply.html", thread=thread, composer=composer), status


def _edit_page(
    post: Post, composer: Composer, status: int, *, changed_meanwhile: bool = False
) -> ResponseReturnValue:
    page = render_template(
        "threads/edit.html",
        post=post,
        thread=thread_of(post),
        composer=composer,
        changed_meanwhile=changed_meanwhile,
    )
    return page, status
