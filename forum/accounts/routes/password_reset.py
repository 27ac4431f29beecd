"""A forgotten password, and the link that sets a new one."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from forum.accounts import kept_letters, mail, passwords, queries, web
from forum.accounts.actions import passwords_and_addresses as entering
from forum.accounts.forms import ForgotPasswordForm, ResetPasswordForm
from forum.accounts.routes.blueprint import accounts, private_page, used_up
from forum.core.access import public
from forum.core.transactions import release_lock
from forum.core.verdicts import Unknown
from forum.extensions import limiter

LINK_RUN_OUT = (
    "This link has been used already, or it has run out: it works once, and for one hour. "
    "You can ask for another."
)


@accounts.get("/forgot-password")
@public
def forgot_password() -> ResponseReturnValue:
    return private_page("accounts/forgot_password.html", form=ForgotPasswordForm(formdata=None))


@accounts.post("/forgot-password")
@limiter.limit("5 per hour")
@public
def ask_for_reset() -> ResponseReturnValue:
    form = ForgotPasswordForm()
    if not form.validate():
        return private_page("accounts/forgot_password.html", 422, form=form)
    address = form.email.address
    entering.ask_for_reset(address, address_hash=web.login_hash(address.key))
    return redirect(url_for("accounts.reset_sent"), 303)


@accounts.get("/forgot-password/sent")
@public
def reset_sent() -> ResponseReturnValue:
    return private_page("accounts/reset_sent.html", letter_here=kept_letters.are_shown_here())


@accounts.get("/reset-password/<token>")
@public
def reset_password(token: str) -> ResponseReturnValue:
    found = queries.member_of_token(token, mail.RESET)
    if found is None:
        return used_up(LINK_RUN_OUT)
    form = ResetPasswordForm(formdata=None)
    return private_page("accounts/reset_password.html", form=form, username=found.username)


@accounts.post("/reset-password/<token>")
@limiter.limit("30 per hour")
@public
def set_password(token: str) -> ResponseReturnValue:
    found = queries.member_of_token(token, mail.RESET)
    if found is None:
        return used_up(LINK_RUN_OUT)
    form = ResetPasswordForm(request.form, about=(found.username,))
    if not form.validate():
        page = "accounts/reset_password.html"
        return private_page(page, 422, form=form, username=found.username)
    release_lock()
    password_hash = passwords.hash_password(form.password.data or "")
    try:
        username = entering.reset_password(token, password_hash=password_hash)
    except Unknown:
        return used_up(LINK_RUN_OUT)
    return redirect(url_for("accounts.sign_in", done="password", login=username), 303)
