"""Letters of this room: that there is a word from the moderators, and never what it says."""

from __future__ import annotations

from flask import current_app

from forum.accounts.models import Member
from forum.extensions import db
from forum.mail.jobs import send_later
from forum.mail.letters import Letter
from forum.moderation.events import DecisionMade
from forum.moderation.models import Decision

TOLD_LETTER = "moderation.told"


def tell_by_letter(event: DecisionMade) -> None:
    """Have the person concerned written to, where there is something to tell."""
    decision = db.session.get_one(Decision, event.decision_id)
    if decision.told:
        send_later(TOLD_LETTER, dedupe_key=f"{TOLD_LETTER}:{decision.id}", decision_id=decision.id)


def told_letter(decision_id: int) -> Letter | None:
    """A neutral word to the person concerned; nothing for one who has left or has no address."""
    decision = db.session.get(Decision, decision_id)
    member = db.session.get(Member, decision.member_id) if decision else None
    if member is None or not member.email:
        return None
    return Letter(
        to=member.email,
        subject="A message for you",
        paragraphs=(
            f"Hello {member.username},",
            "A moderator has written to you. You can read it after signing in.",
        ),
        button=("Read the message", f"{current_app.config['SITE_URL']}/settings/decisions"),
        closing=("You can answer there, and a second person will look again.",),
    )
