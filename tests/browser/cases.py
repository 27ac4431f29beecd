"""What moderators of the invented community have before them, made at the doors of the desk."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Member
from forum.extensions import db
from forum.moderation.models import Case
from forum.threads.models import Thread
from tests import cast
from tests.browser.texts import RIGHT_TO_LEFT, TEXTS

WARNING = {
    "decision": "warn",
    "reason": "Please leave the name of the nurse out.",
    "note": "It is the first time.",
}


def make_cases(
    app: Flask, people: dict[str, Member], threads: dict[str, Thread]
) -> dict[str, Case]:
    """One open, one settled, one claimed by somebody else, one that is urgent."""
    member, patient = (cast.signed_in(app, people[name]) for name in ("member", "patient"))
    moderator, second = (cast.signed_in(app, people[name]) for name in ("moderator", "second"))
    post = f"/posts/{cast.post_number(threads['long'], 3).id}"
    own = f"/posts/{cast.first_post(threads['own']).id}"
    worried = f"/threads/{threads['members_only'].id}"
    _report(member, post, "advice", TEXTS[1][:400])
    _report(member, worried, "worried", RIGHT_TO_LEFT)
    cases = {
        "case": _report(patient, post, "unkind", ""),
        "member_case": _report(member, "/members/Bramble", "selling", "Again, and again."),
        "settled": _report(patient, own, "other", "Is this in the right place?"),
    }
    _send(second, f"{_path(cases['member_case'])}/claim", {})
    _send(moderator, _path(cases["case"]), {"note": "I wrote to both. Waiting until Friday."})
    _send(moderator, _path(cases["settled"]), WARNING)
    return cases


def _report(reporter: cast.Browser, subject: str, reason: str, details: str) -> Case:
    _send(reporter, f"{subject}/report", {"reason": reason, "details": details})
    return db.session.scalars(select(Case).order_by(Case.id.desc()).limit(1)).one()


def _path(case: Case) -> str:
    return f"/moderation/cases/{case.id}"


def _send(browser: cast.Browser, path: str, fields: dict[str, str]) -> None:
    answer = cast.form_post(browser, path, fields)
    assert answer.status_code == 303, f"{path}: {answer.status_code}"
