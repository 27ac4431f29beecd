"""Earlier versions in an export: the author's words, whoever changed them."""

from __future__ import annotations

from flask import Flask

from forum.accounts.models import Member
from forum.threads.actions.moderating import edit_out
from forum.threads.privacy import export_for
from tests import cast


def test_what_a_moderator_took_out_is_exported_to_its_author_alone(
    app: Flask, patient: Member, moderator: Member
) -> None:
    thread = cast.make_thread("after-cart", patient, body="Call me: 555 0100.")
    edit_out(cast.viewer_of(moderator), cast.first_post(thread), "Call me.")
    bodies = [each["body"] for each in export_for(patient.id)["earlier_versions"]]
    assert bodies == ["Call me: 555 0100."]
    assert export_for(moderator.id)["earlier_versions"] == []
