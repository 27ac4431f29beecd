"""What members say about themselves, and how they want pages drawn."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError

from forum.accounts import policy, queries
from forum.accounts.actions.joining import UsernameTaken, name_is_taken
from forum.accounts.drawing import drawn
from forum.accounts.events import ProfileChanged, UsernameChanged
from forum.accounts.models import FormerUsername, Member, NoteChoice
from forum.accounts.names import username_key
from forum.audit.actions import record
from forum.core import clock
from forum.core.content_notes import USUAL_CHOICE
from forum.core.events import publish
from forum.core.verdicts import require
from forum.core.viewer import Viewer
from forum.extensions import db

LONGEST_ABOUT = 600


def change_profile(actor: Viewer, *, relations: frozenset[str], about: str) -> None:
    require(policy.may_edit_profile(actor))
    _change(actor.member_id, relations=relations, **drawn(about))
    publish(ProfileChanged(actor.member_id))


def rename(actor: Viewer, username: str) -> None:
    """Take another name; the old one leads to the new and stays theirs. Raises `UsernameTaken`."""
    require(policy.may_rename(actor, queries.names_given_up(actor.member_id)))
    if name_is_taken(username, but_by=actor.member_id):
        raise UsernameTaken
    old, new = username_key(actor.username), username_key(username)
    _forget_former(new)
    if old != new:
        db.session.add(
            FormerUsername(username_key=old, member_id=actor.member_id, given_up_at=clock.now())
        )
    try:
        with db.session.begin_nested():
            _change(actor.member_id, username=username, username_key=new)
    except IntegrityError as error:
        raise UsernameTaken from error
    record(actor, "username.changed", subject=("member", actor.member_id))
    publish(UsernameChanged(actor.member_id))


def choose_display(actor: Viewer, *, theme: str, text_size: int, time_zone: str) -> None:
    """Theme, text size in percent, and the zone that times are told in."""
    require(policy.may_change_settings(actor))
    _change(actor.member_id, theme=theme, text_size=text_size, time_zone=time_zone)


def choose_notes(actor: Viewer, choices: Mapping[str, str]) -> None:
    """For each content note show, fold or hide; what is usual is not kept."""
    require(policy.may_change_settings(actor))
    db.session.execute(delete(NoteChoice).where(NoteChoice.member_id == actor.member_id))
    unusual = [
        {"member_id": actor.member_id, "note": note, "choice": choice}
        for note, choice in choices.items()
        if choice != USUAL_CHOICE
    ]
    if unusual:
        db.session.execute(insert(NoteChoice), unusual)


def _change(member_id: int, **columns: object) -> None:
    db.session.execute(update(Member).where(Member.id == member_id).values(columns))


def _forget_former(key: str) -> None:
    """Their own former name becomes the present one again."""
    db.session.execute(delete(FormerUsername).where(FormerUsername.username_key == key))
