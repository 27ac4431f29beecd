"""Pieces of conversations on pages of other rooms."""

from __future__ import annotations

from flask import render_template

from forum.core.access import current_viewer
from forum.core.verdicts import Unknown
from forum.threads.models import Thread
from forum.threads.queries.lists import first_threads
from forum.topics.queries import topic_by_slug

ABOUT_A_PART = 5


def conversations_about(topic: str) -> str:
    """The latest conversations of the topic with this slug, and the way to start one.

    Empty where there is no such topic, or not for this viewer.
    """
    viewer = current_viewer()
    try:
        found = topic_by_slug(viewer, topic)
    except Unknown:
        return ""
    rows = first_threads(viewer, Thread.topic_id == found.id, most=ABOUT_A_PART)
    return render_template("threads/panels/about.html", topic=found, rows=rows, viewer=viewer)
