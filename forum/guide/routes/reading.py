"""Reading the guide."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from forum.core import headers
from forum.core.access import current_viewer, member, public
from forum.guide import actions, queries
from forum.guide.policy import may_edit_guide, may_keep_place
from forum.guide.routes.blueprint import guide
from forum.safety.call_box import call_box

WITH_CALL_BOX = "start"


@guide.get("/guide")
@public
def overview() -> ResponseReturnValue:
    headers.mark_public()
    return render_template(
        "guide/overview.html",
        parts=queries.guide_overview(),
        place=queries.place_of(current_viewer()),
    )


@guide.get("/guide/print")
@public
def whole() -> ResponseReturnValue:
    """Everything on one page, for paper; not for search engines, which have the parts."""
    return render_template(
        "guide/whole.html",
        parts=queries.whole_guide(),
        call_box=call_box(),
        with_call_box=WITH_CALL_BOX,
    )


@guide.get("/guide/<slug>")
@public
def part(slug: str) -> ResponseReturnValue:
    viewer = current_viewer()
    shown = queries.part_page(slug)
    headers.mark_public()
    return render_template(
        "guide/part.html",
        part=shown,
        parts=queries.guide_overview(),
        changes=queries.changes_of(shown.id),
        call_box=call_box() if slug == WITH_CALL_BOX else None,
        may_edit=may_edit_guide(viewer),
        may_keep_place=may_keep_place(viewer),
    )


@guide.post("/guide/<slug>/place")
@member
def place(slug: str) -> ResponseReturnValue:
    """Sent by the page itself once it was seen for a while."""
    actions.keep_place(current_viewer(), slug)
    return "", 204
