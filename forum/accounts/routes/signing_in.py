"""Sign in and out."""

from __future__ import annotations

import logging

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.accounts import credentials, passwords, throttle, web
from forum.accounts.actions import signing_in
from forum.accounts.credentials import Credentials
from forum.accounts.devices import device_in_words
from forum.accounts.forms import SignInForm
from forum.accounts.routes.blueprint import accounts, private_page
from forum.core.access import current_viewer, public, safe_next
from forum.core.errors import waiting_words
from forum.core.kept import carried_action, carried_fields
from forum.core.network import network_of
from forum.core.rendering import reading
from forum.core.transactions import release_lock, survive
from forum.extensions import limiter

log = logging.getLogger("forum.accounts")

NOT_RIGHT = "The name or the password is not right. Please try once more, or set a new password."
DONE = {
    "joined": "Your address is confirmed. Sign in, and you are there.",
    "password": "Your new password is in place. Please sign in with it.",
    "address": "Your new address is confirmed.",
    "left": "You are signed out.",
}


@accounts.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    next_address = safe_next(request.args.get("next"))
    if current_viewer().is_member:
        return redirect(next_address)
    form = SignInForm(formdata=None, login=request.args.get("login", ""), next=next_address)
    return _form_page(form)


@accounts.post("/sign-in")
@limiter.limit("30 per minute")
@public
def begin_session() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate():
        return _form_page(form, 422)
    login, network = (
        web.login_hash(credentials.login_key(form.login.data or "")),
        web.network_hash(),
    )
    found = credentials.credentials_of(form.login.data or "", network)
    wait_s = throttle.wait_s(login, network, knows_network=found.knows_network)
    if wait_s:
        return _slow_down(form, wait_s)
    release_lock()
    if not passwords.matches(found.password_hash, form.password.data or ""):
        survive(lambda: throttle.note_failure(login, network))
        return _not_right(form)
    if not credentials.still_open(found):
        return _not_right(form)
    return _welcome(form, _begin(found, form, login, network))


@accounts.get("/sign-out")
@public
def leave() -> ResponseReturnValue:
    return render_template("accounts/sign_out.html")


@accounts.post("/sign-out")
@public
def end_session() -> ResponseReturnValue:
    signing_in.sign_out(current_viewer(), web.present_token())
    return web.take_cookie(make_response(redirect(url_for("accounts.sign_in", done="left"), 303)))


def _begin(found: Credentials, form: SignInForm, login: str, network: str) -> str:
    _renew_hash(found, form.password.data or "")
    viewer = current_viewer()
    # What a visitor chose is theirs; what is on the page of another member is not.
    display = {} if viewer.is_member else reading()._asdict()
    return signing_in.sign_in(
        viewer,
        found.member_id,
        device=device_in_words(request.user_agent.string),
        login_hash=login,
        network_hash=network,
        present_token=web.present_token(),
        **display,
    )


def _renew_hash(found: Credentials, password: str) -> None:
    if found.password_hash and passwords.needs_rehash(found.password_hash):
        renewed = passwords.hash_password(password)
        credentials.renew_hash(found.member_id, old_hash=found.password_hash, password_hash=renewed)


def _welcome(form: SignInForm, token: str) -> Response:
    """On to where they wanted to go, or to the text that waits to be sent."""
    action, kept = carried_action(), carried_fields()
    if not action or not kept:
        return web.give_cookie(redirect(safe_next(form.next.data), 303), token)  # type: ignore[arg-type]
    web.continue_as(token)
    page = private_page(
        "errors/kept.html",
        title="You are signed in",
        sentence="Press the button, and what you wrote is sent.",
        status=200,
        kept=kept,
        action=action,
        may_send_again=True,
    )
    return web.give_cookie(page, token)


def _not_right(form: SignInForm) -> Response:
    log.info("sign-in failed", extra={"network": network_of(request.remote_addr)})
    form.form_errors.append(NOT_RIGHT)
    return _form_page(form, 422)


def _slow_down(form: SignInForm, wait_s: int) -> Response:
    log.warning("sign-in slowed down", extra={"network": network_of(request.remote_addr)})
    form.form_errors.append(
        f"That did not work a few times. Please wait {waiting_words(wait_s)}, then try once more. "
        "You can also set a new password now."
    )
    page = _form_page(form, 429)
    page.headers["Retry-After"] = str(wait_s)
    return page


def _form_page(form: SignInForm, status: int = 200) -> Response:
    return private_page(
        "accounts/sign_in.html",
        status,
        form=form,
        done=DONE.get(request.args.get("done", ""), ""),
        action=carried_action(),
        kept=carried_fields(),
    )
