"""Members as others see them, and the ranks that administrators give."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.accounts import policy, queries
from forum.accounts.actions import profiles, ranks
from forum.accounts.forms import ProfileForm, RankForm
from forum.accounts.routes.blueprint import accounts
from forum.core.access import admin, current_viewer, member
from forum.core.verdicts import Unknown
from forum.core.viewer import Rank, Viewer
from forum.extensions import limiter


def profile_path(username: str) -> str:
    return url_for("accounts.profile", username=username)


@accounts.get("/members/<username>")
@member
def profile(username: str) -> ResponseReturnValue:
    viewer = current_viewer()
    try:
        shown = queries.profile_of(viewer, username)
    except Unknown:
        return _to_present_name(viewer, username)
    if shown.username != username:
        return redirect(profile_path(shown.username))
    return _profile_page(shown, RankForm(formdata=None, rank=shown.rank))


@accounts.post("/members/<username>/rank")
@admin
def give_rank(username: str) -> ResponseReturnValue:
    viewer = current_viewer()
    form = RankForm(request.form)
    if not form.validate():
        return _profile_page(queries.profile_of(viewer, username), form), 422
    subject = queries.member_named(viewer, username)
    ranks.give_rank(viewer, subject, Rank(form.rank.data), reason=form.reason.data or "")
    flash(f"{subject.username} is now: {Rank(subject.rank).label or 'Member'}.", "success")
    return redirect(profile_path(subject.username), 303)


@accounts.get("/settings/profile")
@member
def own_profile() -> ResponseReturnValue:
    own = queries.own_profile(current_viewer())
    form = ProfileForm(formdata=None, relation=sorted(own.relations), about=own.about)
    return render_template("accounts/settings_profile.html", form=form)


@accounts.post("/settings/profile")
@limiter.limit("30 per hour")
@member
def change_profile() -> ResponseReturnValue:
    form = ProfileForm()
    if not form.validate():
        return render_template("accounts/settings_profile.html", form=form), 422
    profiles.change_profile(
        current_viewer(),
        relations=frozenset(form.relation.data or ()),
        about=(form.about.data or "").strip(),
    )
    flash("Your profile is kept.", "success")
    return redirect(profile_path(current_viewer().username), 303)


def _profile_page(shown: queries.Profile, rank_form: RankForm) -> str:
    viewer = current_viewer()
    return render_template(
        "accounts/profile.html",
        shown=shown,
        is_own=shown.id == viewer.member_id,
        may_block=policy.may_block(viewer, shown),
        may_give_rank=policy.may_give_rank(viewer, shown),
        rank_form=rank_form,
    )


def _to_present_name(viewer: Viewer, former: str) -> ResponseReturnValue:
    """Old mentions still find the person."""
    present = queries.present_name(viewer, former)
    if present is None:
        raise Unknown
    return redirect(profile_path(present))
