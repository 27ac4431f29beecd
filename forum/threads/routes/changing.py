"""Deleting and bringing back, what a post said before, reactions, and who may read."""

from __future__ import annotations

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from forum.core.access import current_viewer, member
from forum.core.errors import error_page
from forum.core.verdicts import require
from forum.threads.actions.deleting import delete_post, restore_post, takes_thread_along
from forum.threads.actions.narrowing import narrow_audience
from forum.threads.actions.reacting import react
from forum.threads.actions.subjects import post_by_id, thread_by_id, thread_of
from forum.threads.addresses import ID, post_path, thread_path
from forum.threads.forms import AudienceForm, reaction_named
from forum.threads.policy import (
    may_delete_post,
    may_narrow,
    may_react,
    may_restore_own_post,
    may_see_revisions,
)
from forum.threads.revisions import edits_of
from forum.threads.routes.blueprint import threads
from forum.threads.routes.limits import changes_limit
from forum.threads.routes.writing import address_of
from forum.topics.models import Audience


@threads.get(f"/posts/<{ID}:post_id>/delete")
@member
def deletion(post_id: int) -> ResponseReturnValue:
    """The button with what it will do; after a deletion, the way back."""
    viewer, post = current_viewer(), post_by_id(post_id)
    thread = thread_of(post)
    if may_restore_own_post(viewer, thread, post):
        return render_template("threads/deleted.html", post=post, thread=thread)
    require(may_delete_post(viewer, thread, post))
    along = takes_thread_along(thread, post)
    return render_template("threads/delete.html", post=post, thread=thread, takes_thread=along)


@threads.post(f"/posts/<{ID}:post_id>/delete")
@changes_limit
@member
def delete(post_id: int) -> ResponseReturnValue:
    post = post_by_id(post_id)
    delete_post(current_viewer(), post)
    went_along = thread_of(post).removed_at is not None
    return redirect(f"{post_path(post.id)}/delete" if went_along else address_of(post), 303)


@threads.post(f"/posts/<{ID}:post_id>/restore")
@changes_limit
@member
def restore(post_id: int) -> ResponseReturnValue:
    post = post_by_id(post_id)
    restore_post(current_viewer(), post)
    return redirect(address_of(post), 303)


@threads.get(f"/posts/<{ID}:post_id>/history")
@member
def history(post_id: int) -> ResponseReturnValue:
    viewer, post = current_viewer(), post_by_id(post_id)
    thread = thread_of(post)
    require(may_see_revisions(viewer, thread, post))
    edits = edits_of(viewer, thread, post)
    return render_template("threads/history.html", post=post, thread=thread, edits=edits)


@threads.post(f"/posts/<{ID}:post_id>/reactions")
@changes_limit
@member
def reactions(post_id: int) -> ResponseReturnValue:
    viewer, post = current_viewer(), post_by_id(post_id)
    require(may_react(viewer, thread_of(post), post))
    kind = reaction_named(request.form.get("kind"))
    if kind is None:
        return error_page(422)
    react(viewer, post, kind)
    return redirect(address_of(post), 303)


@threads.route(f"/threads/<{ID}:thread_id>/audience", methods=["GET", "POST"])
@changes_limit
@member
def audience(thread_id: int) -> ResponseReturnValue:
    viewer, thread = current_viewer(), thread_by_id(thread_id)
    narrower = [choice for choice in Audience if may_narrow(viewer, thread, choice)]
    if not narrower:
        require(may_narrow(viewer, thread, Audience.CAREGIVERS))
    form = AudienceForm(narrower)
    if form.validate_on_submit():
        narrow_audience(viewer, thread, Audience(form.audience.data))
        return redirect(thread_path(thread.id, thread.slug), 303)
    page = render_template("threads/audience.html", thread=thread, form=form)
    return page, 422 if form.errors else 200
