"""Lists: all conversations, all topics, one topic with its conversations."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import ColumnElement, true

from forum.core import headers
from forum.core.access import current_viewer, public, suspension_sentence
from forum.core.verdicts import Refused, Unknown
from forum.core.viewer import ANONYMOUS, Viewer
from forum.threads.models import Thread
from forum.threads.policy import may_start_thread
from forum.threads.presentation.tabs import ListView, list_view, tabs
from forum.threads.queries import lists
from forum.threads.routes.blueprint import threads
from forum.topics.models import Audience
from forum.topics.policy import may_see_topic
from forum.topics.queries import topic_by_slug, topics_by_kind, topics_named

MOST_PINNED = 10


@threads.get("/threads")
@public
def thread_list() -> ResponseReturnValue:
    viewer = current_viewer()
    view = list_view(request.args.get("view"))
    if not view.is_open_to(viewer):
        return _ask_to_sign_in(viewer)
    page = lists.page_of_threads(
        viewer, request.args.get("page"), _condition(viewer, view), order=_order(view)
    )
    _mark_public_for_visitors(viewer)
    waiting = lists.waiting_count(viewer)
    return render_template(
        "threads/list.html", view=view, page=page, tabs=tabs(viewer, view, waiting)
    )


@threads.get("/topics")
@public
def topic_list() -> ResponseReturnValue:
    viewer = current_viewer()
    _mark_public_for_visitors(viewer)
    return render_template("threads/topics.html", topics=topics_by_kind(viewer))


@threads.get("/topics/<slug>")
@public
def topic(slug: str) -> ResponseReturnValue:
    viewer = current_viewer()
    topic = topic_by_slug(viewer, slug)
    here = Thread.topic_id == topic.id
    page = lists.page_of_threads(viewer, request.args.get("page"), here, Thread.pinned_at.is_(None))
    pinned = lists.first_threads(viewer, here, Thread.pinned_at.is_not(None), most=MOST_PINNED)
    if may_see_topic(ANONYMOUS, topic):
        _mark_public_for_visitors(viewer)
    return render_template(
        "threads/topic.html",
        topic=topic,
        page=page,
        pinned=pinned if page.number == 1 else [],
        related=topics_named(viewer, topic.related),
        may_start=may_start_thread(viewer, topic, Audience(topic.widest_audience)),
    )


def _ask_to_sign_in(viewer: Viewer) -> ResponseReturnValue:
    """Signing in may open the view to a visitor; to a member it does not exist."""
    if viewer.is_suspended:
        raise Refused(suspension_sentence(viewer))
    if viewer.is_member:
        raise Unknown
    return redirect(url_for("accounts.sign_in", next=request.full_path))


def _condition(viewer: Viewer, view: ListView) -> ColumnElement[bool]:
    if view is ListView.WAITING:
        return lists.waiting
    if view is ListView.FOLLOWED:
        return lists.with_posts_of(viewer)
    return lists.caregivers_only if view is ListView.CAREGIVERS else true()


def _order(view: ListView) -> lists.Order:
    return lists.LONGEST_WAIT_FIRST if view is ListView.WAITING else lists.NEWEST_FIRST


def _mark_public_for_visitors(viewer: Viewer) -> None:
    if not viewer.is_member:
        headers.mark_public()
