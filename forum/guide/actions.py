"""What editors do with the guide, and what it remembers for a reader."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from forum.audit.actions import record
from forum.core import clock
from forum.core.verdicts import Refused, Unknown, require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.guide.edition import Edition
from forum.guide.models import GuidePart, GuidePlace, GuideRevision
from forum.guide.policy import may_edit_guide, may_keep_place
from forum.guide.revisions import revise


class Overtaken(Exception):
    """Somebody saved the part after this editor had opened it."""


def save_part(actor: Viewer, slug: str, *, edition: Edition, note: str, base: int) -> None:
    """Make `edition` what the part says. `base` is the revision that the editor began from.

    Raises `Overtaken` when that is no longer the newest one. Saving what the part already says
    does nothing, so that a form may be sent twice.
    """
    require(may_edit_guide(actor))
    part = _part_for_change(slug)
    if edition == Edition.of(part):
        return
    if base != part.revision:
        raise Overtaken
    revise(part, edition, editor_id=actor.member_id, note=note, fold=True)
    subject = ("guide_part", part.id)
    record(actor, "guide.edit", subject=subject, reason=note, revision=part.revision)


def restore_revision(actor: Viewer, slug: str, number: int) -> None:
    """Make the part say again what it said in that revision, as a new one."""
    require(may_edit_guide(actor))
    part = _part_for_change(slug)
    revision = _revision(part, number)
    edition = Edition.of(revision)
    if edition == Edition.of(part):
        raise Refused("The part already says this.")
    note = f"Back to the version of {revision.saved_at:%-d %B %Y, %H:%M}"
    revise(part, edition, editor_id=actor.member_id, note=note)
    subject = ("guide_part", part.id)
    record(actor, "guide.restore", subject=subject, reason=note, restored=number)


def keep_place(actor: Viewer, slug: str) -> None:
    """Remember this part as the one where the member stopped."""
    require(may_keep_place(actor))
    part_id = db.session.scalar(select(GuidePart.id).where(GuidePart.slug == slug))
    if part_id is None:
        raise Unknown
    if not _move_place(actor.member_id, part_id):
        _add_place(actor.member_id, part_id)


def _move_place(member_id: int, part_id: int) -> bool:
    moved = db.session.execute(
        update(GuidePlace)
        .where(GuidePlace.member_id == member_id)
        .values(part_id=part_id, at=clock.now())
        .returning(GuidePlace.member_id)
    )
    return moved.first() is not None


def _add_place(member_id: int, part_id: int) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(GuidePlace(member_id=member_id, part_id=part_id, at=clock.now()))
    except IntegrityError:
        # Another window of the same member was first.
        _move_place(member_id, part_id)


def _part_for_change(slug: str) -> GuidePart:
    wanted = select(GuidePart).where(GuidePart.slug == slug).with_for_update()
    # Waiting for the lock, another editor's save may have gone by.
    fresh = wanted.execution_options(populate_existing=True)
    part = db.session.scalars(fresh).one_or_none()
    if part is None:
        raise Unknown
    return part


def _revision(part: GuidePart, number: int) -> GuideRevision:
    wanted = select(GuideRevision).where(
        GuideRevision.part_id == part.id, GuideRevision.number == number
    )
    revision = db.session.scalars(wanted).one_or_none()
    if revision is None:
        raise Unknown
    return revision
