"""Name, e-mail address and password: each asks for the present password."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from forum.accounts import mail, passwords, policy, queries
from forum.accounts.actions import passwords_and_addresses as entering
from forum.accounts.actions import profiles
from forum.accounts.actions.joining import UsernameTaken
from forum.accounts.forms import EmailForm, PasswordForm, UsernameForm
from forum.accounts.present_password import password_is_right
from forum.accounts.routes.blueprint import accounts, private_page, used_up
from forum.core.access import current_viewer, member, open_while_suspended, public
from forum.core.forms import Form
from forum.core.verdicts import Unknown
from forum.extensions import limiter

LINK_RUN_OUT = (
    "This link has been used already, or it has run out. If your e-mail still goes to the old "
    "address, ask for the change once more in your settings."
)


@accounts.get("/settings/account")
@member
@open_while_suspended
def account() -> ResponseReturnValue:
    return _page()


@accounts.post("/settings/account/username")
@limiter.limit("20 per hour")
@member
def rename() -> ResponseReturnValue:
    form = UsernameForm()
    if not form.validate() or not password_is_right(form):
        return _page(422, username_form=form)
    try:
        profiles.rename(current_viewer(), form.username.data or "")
    except UsernameTaken as taken:
        form.username.errors = [str(taken)]
        return _page(422, username_form=form)
    return _done(f"Your name here is now {form.username.data}.")


@accounts.post("/settings/account/email")
@limiter.limit("20 per hour")
@member
@open_while_suspended
def change_email() -> ResponseReturnValue:
    form = EmailForm()
    if not form.validate() or not password_is_right(form):
        return _page(422, email_form=form)
    entering.ask_for_new_address(current_viewer(), form.email.address)
    return _done(
        f"We have written to {form.email.data}. Open the link in that e-mail within one day. "
        "Until then everything stays as it is."
    )


@accounts.post("/settings/account/password")
@limiter.limit("20 per hour")
@member
@open_while_suspended
def change_password() -> ResponseReturnValue:
    viewer = current_viewer()
    form = PasswordForm(request.form, about=(viewer.username, queries.own_address(viewer)))
    if not form.validate() or not password_is_right(form):
        return _page(422, password_form=form)
    password_hash = passwords.hash_password(form.new_password.data or "")
    entering.change_password(viewer, password_hash=password_hash)
    return _done("Your new password is in place. You are signed out everywhere but here.")


@accounts.get("/confirm-address/<token>")
@public
def confirm_address(token: str) -> ResponseReturnValue:
    found = queries.member_of_token(token, mail.NEW_ADDRESS)
    if found is None:
        return used_up(LINK_RUN_OUT)
    return private_page("accounts/confirm_address.html", found=found)


@accounts.post("/confirm-address/<token>")
@limiter.limit("30 per hour")
@public
def put_address_in_force(token: str) -> ResponseReturnValue:
    try:
        entering.confirm_new_address(token)
    except Unknown:
        return used_up(LINK_RUN_OUT)
    if current_viewer().is_member:
        return _done("Your new address is confirmed.")
    return redirect(url_for("accounts.sign_in", done="address"), 303)


def _page(status: int = 200, **forms: Form) -> ResponseReturnValue:
    viewer = current_viewer()
    shown: dict[str, Any] = {
        "username_form": UsernameForm(formdata=None),
        "email_form": EmailForm(formdata=None),
        "password_form": PasswordForm(formdata=None),
        **forms,
    }
    return private_page(
        "accounts/settings_account.html",
        status,
        came_back=next(iter(forms.values()), None),
        address=queries.own_address(viewer),
        may_rename=policy.may_rename(viewer, queries.names_given_up(viewer.member_id)),
        **shown,
    )


def _done(sentence: str) -> ResponseReturnValue:
    flash(sentence, "success")
    return redirect(url_for("accounts.account"), 303)
