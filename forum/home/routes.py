"""Pages that belong to no single room: the front page, maps for machines, whether we are alive."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from forum.core import headers
from forum.core.access import current_viewer, public
from forum.core.pages import page_number
from forum.extensions import db, limiter
from forum.guide.queries import guide_overview
from forum.home import sitemap
from forum.threads.presentation.tabs import ListView, tabs
from forum.threads.queries.lists import first_threads, waiting_count
from forum.topics.models import TopicKind
from forum.topics.queries import topics_by_kind

home = Blueprint("home", __name__)

LATEST_SHOWN = 8
NOT_FOR_MACHINES = ("/join", "/sign-in", "/forgot-password", "/settings", "/moderation", "/search")


@home.get("/")
@public
def front() -> ResponseReturnValue:
    viewer = current_viewer()
    waiting = waiting_count(viewer)
    if not viewer.is_member:
        headers.mark_public()
    return render_template(
        "home/front.html",
        parts=guide_overview(),
        rows=first_threads(viewer, most=LATEST_SHOWN),
        tabs=tabs(viewer, ListView.LATEST, waiting),
        waiting=waiting,
        coverage=topics_by_kind(viewer)[TopicKind.COVERAGE],
    )


@home.get("/sitemap.xml")
@public
def map_of_site() -> ResponseReturnValue:
    """Every public page; with more than one file can hold, a list of such files."""
    site, last = current_app.config["SITE_URL"], sitemap.last_part()
    given = request.args.get("page")
    if given is None and last > 1:
        return _xml(sitemap.index(site, last))
    return _xml(sitemap.part(site, page_number(given, last)))


@home.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_MACHINES)]
    lines.append(f"Sitemap: {current_app.config['SITE_URL']}/sitemap.xml")
    headers.mark_public()
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@home.get("/healthz")
@limiter.exempt
@public
def alive() -> ResponseReturnValue:
    return "alive\n", {"Content-Type": "text/plain; charset=utf-8"}


@home.get("/readyz")
@limiter.exempt
@public
def ready() -> ResponseReturnValue:
    db.session.execute(text("SELECT 1"))
    return "ready\n", {"Content-Type": "text/plain; charset=utf-8"}


def _xml(document: str) -> Response:
    headers.mark_public()
    return Response(document, content_type="application/xml; charset=utf-8")
