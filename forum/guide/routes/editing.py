"""Changing a part of the guide."""

from __future__ import annotations

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from forum.core.access import current_viewer, editor
from forum.core.verdicts import Refused
from forum.guide import actions, versions
from forum.guide.actions import Overtaken
from forum.guide.addresses import part_url
from forum.guide.comparison import compare_editions
from forum.guide.forms import EditForm, PreviewForm
from forum.guide.routes.blueprint import guide


@guide.get("/guide/<slug>/edit")
@editor
def edit(slug: str) -> ResponseReturnValue:
    part = versions.part_to_edit(current_viewer(), slug)
    return _page(part, EditForm.filled(part.edition, part.revision))


@guide.post("/guide/<slug>/edit")
@editor
def save(slug: str) -> ResponseReturnValue:
    part = versions.part_to_edit(current_viewer(), slug)
    form = EditForm()
    to_preview = PreviewForm()
    if "preview" in request.form and to_preview.validate():
        return _page(part, form, preview=to_preview.html)
    if not form.validate():
        return _page(part, form), 422
    try:
        actions.save_part(
            current_viewer(), slug, edition=form.edition, note=form.why, base=form.base
        )
    except Overtaken:
        return _both_texts(slug, form), 422
    return redirect(part_url(slug), 303)


@guide.post("/guide/preview")
@editor
def preview() -> ResponseReturnValue:
    """What a text will look like, for the page's script."""
    form = PreviewForm()
    if not form.validate():
        raise Refused(next(iter(form.problems.values()), "This cannot be shown."))
    return form.html


def _page(part: versions.PartToEdit, form: EditForm, preview: str = "") -> str:
    return render_template("guide/edit.html", part=part, form=form, preview=preview)


def _both_texts(slug: str, form: EditForm) -> str:
    """The form with the editor's own text, beside what another editor saved meanwhile."""
    part = versions.part_to_edit(current_viewer(), slug)
    form.begin_from(part.revision)
    return render_template(
        "guide/edit.html",
        part=part,
        form=form,
        preview="",
        overtaken_by=versions.newest_revision(current_viewer(), part),
        changes=compare_editions(part.edition, form.edition),
    )
