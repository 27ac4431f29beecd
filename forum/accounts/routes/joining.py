"""Join, and confirm by the link of a letter."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from forum.accounts import kept_letters, passwords, policy, queries
from forum.accounts.actions import joining
from forum.accounts.forms import JoinForm
from forum.accounts.routes.blueprint import accounts, private_page, used_up
from forum.core.access import current_viewer, public
from forum.core.transactions import release_lock
from forum.core.verdicts import Unknown, require
from forum.extensions import limiter

RUN_OUT = "This page was for one request to join. It is done by now, or has run out."
LINK_RUN_OUT = (
    "This link has been used already, or it has run out. If you have confirmed your address "
    "before, you can sign in. Otherwise please join once more; it takes a minute."
)


@accounts.get("/join")
@public
def join() -> ResponseReturnValue:
    if current_viewer().is_member:
        return redirect("/")
    return private_page("accounts/join.html", form=_empty_form(request.args.get("again", "")))


@accounts.post("/join")
@limiter.limit("10 per hour")
@public
def ask_to_join() -> ResponseReturnValue:
    require(policy.may_join(current_viewer()))
    form = JoinForm()
    if not form.validate():
        return private_page("accounts/join.html", 422, form=form)
    release_lock()
    try:
        key = _ask(form, passwords.hash_password(form.password.data or ""))
    except joining.UsernameTaken as taken:
        form.username.errors = [str(taken)]
        return private_page("accounts/join.html", 422, form=form)
    return redirect(url_for("accounts.join_sent", key=key), 303)


@accounts.get("/join/sent/<key>")
@public
def join_sent(key: str) -> ResponseReturnValue:
    """What to do now. The key is known to this page alone."""
    asked = queries.join_request_of(key)
    if asked is None:
        return used_up(RUN_OUT)
    return private_page(
        "accounts/join_sent.html", asked=asked, key=key, letter_here=kept_letters.are_shown_here()
    )


@accounts.get("/join/letter/<key>")
@public
def join_letter(key: str) -> ResponseReturnValue:
    """The letter itself, on a computer that sends none."""
    if not kept_letters.are_shown_here():
        raise Unknown
    asked = queries.join_request_of(key)
    if asked is None:
        return used_up(RUN_OUT)
    lines = kept_letters.join_letter_to(asked.email, asked.created_at)
    return private_page("accounts/join_letter.html", lines=lines, key=key)


@accounts.get("/confirm/<token>")
@public
def confirm(token: str) -> ResponseReturnValue:
    username = queries.name_to_confirm(token)
    if username is None:
        return used_up(LINK_RUN_OUT)
    return private_page("accounts/confirm.html", username=username)


@accounts.post("/confirm/<token>")
@limiter.limit("30 per hour")
@public
def make_account(token: str) -> ResponseReturnValue:
    try:
        member = joining.confirm_join(token)
    except Unknown:
        return used_up(LINK_RUN_OUT)
    return redirect(url_for("accounts.sign_in", done="joined", login=member.username), 303)


def _ask(form: JoinForm, password_hash: str) -> str:
    return joining.ask_to_join(
        current_viewer(),
        username=form.username.data or "",
        address=form.email.address,
        password_hash=password_hash,
        relations=frozenset(form.relation.data or ()),
        time_zone=form.zone,
        again_key=form.again.data or "",
    )


def _empty_form(again: str) -> JoinForm:
    """A new form; after a mistyped address with what was right about the first."""
    asked = queries.join_request_of(again) if again else None
    if asked is None:
        return JoinForm(formdata=None)
    return JoinForm(
        formdata=None,
        again=again,
        username=asked.username,
        username_kept=asked.username,
        email=asked.email,
        relation=sorted(asked.relations),
    )
