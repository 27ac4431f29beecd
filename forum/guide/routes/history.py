"""What a part said before, and the way back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forum.core.access import current_viewer, editor
from forum.guide import actions, versions
from forum.guide.addresses import part_url
from forum.guide.comparison import compare_editions
from forum.guide.routes.blueprint import guide

# A number of a version that any database can be asked for.
NUMBER = f"int(max={2**31 - 1})"


@guide.get("/guide/<slug>/history")
@editor
def history(slug: str) -> ResponseReturnValue:
    part = versions.part_to_edit(current_viewer(), slug)
    page = versions.revisions(current_viewer(), part, request.args.get("page"))
    return render_template("guide/history.html", part=part, page=page)


@guide.get(f"/guide/<slug>/history/<{NUMBER}:number>")
@editor
def revision(slug: str, number: int) -> ResponseReturnValue:
    part = versions.part_to_edit(current_viewer(), slug)
    shown, before = versions.revision_and_before(current_viewer(), part, number)
    return render_template(
        "guide/revision.html",
        part=part,
        shown=shown,
        before=before,
        changes=compare_editions(before.edition, shown.edition) if before else [],
    )


@guide.post(f"/guide/<slug>/history/<{NUMBER}:number>/restore")
@editor
def restore(slug: str, number: int) -> ResponseReturnValue:
    actions.restore_revision(current_viewer(), slug, number)
    flash("The part says again what it said in that version.", "success")
    return redirect(part_url(slug), 303)
