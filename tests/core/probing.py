"""Views that show what the core does to any view."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from forum.accounts.models import Member
from forum.core import access, clock
from forum.core.forms import Form, TextField
from forum.core.network import limit_key
from forum.core.transactions import release_lock, survive
from forum.core.verdicts import Refused, Unknown
from forum.extensions import db, limiter
from forum.jobs.outbox import enqueue


class NoteForm(Form):
    body = TextField()


def probing_views() -> Blueprint:
    views = Blueprint("probe", __name__, url_prefix="/probe")

    @views.route("/answer/<int:status>", methods=["GET", "POST"])
    @access.public
    def write_and_answer(status: int) -> ResponseReturnValue:
        add_member("Written")
        return f"written, {status}\n", status

    @views.post("/refuse")
    @access.public
    def write_and_refuse() -> ResponseReturnValue:
        add_member("Written")
        survive(lambda: add_member("Survivor"))
        raise Refused("Not today.")

    @views.post("/hide")
    @access.public
    def write_and_hide() -> ResponseReturnValue:
        add_member("Written")
        raise Unknown

    @views.post("/break")
    @access.public
    def write_and_break() -> ResponseReturnValue:
        add_member("Written")
        raise ValueError(request.form.get("body", ""))

    @views.post("/wait-in-vain")
    @access.public
    def wait_in_vain() -> ResponseReturnValue:
        add_member("Written")
        raise OperationalError("BEGIN IMMEDIATE", None, Exception("database is locked"))

    @views.post("/spoil-the-session")
    @access.public
    def spoil_the_session() -> ResponseReturnValue:
        add_member("Twice")
        add_member("Twice")
        return "never\n"

    @views.post("/break-and-survive")
    @access.public
    def survive_a_break() -> ResponseReturnValue:
        survive(lambda: add_member("Survivor"))
        raise ValueError

    @views.post("/read-then-write")
    @access.public
    def read_then_write() -> ResponseReturnValue:
        db.session.scalar(select(func.count(Member.id)))
        add_member(request.form["name"])
        return "written\n"

    @views.post("/slow")
    @access.public
    def work_before_writing() -> ResponseReturnValue:
        db.session.scalar(select(func.count(Member.id)))
        release_lock()
        in_between()
        add_member("Slow")
        return "written\n"

    @views.post("/enqueue")
    @access.public
    def work_for_later() -> ResponseReturnValue:
        enqueue("nothing")
        return "written\n"

    @views.post("/form")
    @access.public
    def take_form() -> ResponseReturnValue:
        form = NoteForm()
        return form.body.data or "", 200 if form.validate_on_submit() else 422

    @views.get("/network")
    @access.public
    def network() -> ResponseReturnValue:
        return {"key": limit_key(), "secure": request.is_secure, "host": request.host}

    @views.post("/limited")
    @limiter.limit("2 per minute")
    @access.public
    def limited() -> ResponseReturnValue:
        return "taken\n"

    for gate in access.Gate:
        _add_gated_view(views, gate)
    return views


def _add_gated_view(views: Blueprint, gate: access.Gate) -> None:
    def answer() -> ResponseReturnValue:
        return f"{gate.name}\n"

    name = gate.name.lower()
    view = getattr(access, name)(answer)
    views.add_url_rule(f"/{name}", name, view, methods=["GET", "POST"])
    if gate is access.Gate.MEMBER:
        kept = access.open_while_suspended(access.member(lambda: "kept\n"))
        views.add_url_rule("/kept", "kept", kept)


def add_member(name: str) -> None:
    joined_at = clock.now()
    db.session.add(Member(username=name, username_key=name.casefold(), joined_at=joined_at))
    db.session.flush()


def in_between() -> None:
    """What happens while `/probe/slow` works; a test puts something else here."""


def names() -> set[str]:
    """The members there are by now."""
    db.session.rollback()
    return set(db.session.scalars(select(Member.username)))
