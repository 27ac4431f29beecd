"""How far members have read: recorded after a page was seen, never by opening it."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite

from forum.core import clock
from forum.core.verdicts import Unknown, require
from forum.core.viewer import Viewer
from forum.extensions import db
from forum.threads.models import Thread, ThreadRead
from forum.threads.policy import may_mark_read


def mark_read(actor: Viewer, thread_id: int, *, number: int) -> None:
    """Record that the actor saw the post `number`. Raises `Unknown` or `Refused`."""
    thread = db.session.get(Thread, thread_id)
    if thread is None:
        raise Unknown
    require(may_mark_read(actor, thread))
    record_read(actor.member_id, thread_id, min(number, thread.last_number))


def record_read(member_id: int, thread_id: int, number: int) -> None:
    """Move a member's place in a thread forward to `number`; it never moves back."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    place = insert(ThreadRead).values(
        member_id=member_id, thread_id=thread_id, last_number=number, read_at=clock.now()
    )
    further = place.excluded.last_number > ThreadRead.last_number
    db.session.execute(
        place.on_conflict_do_update(
            index_elements=[ThreadRead.member_id, ThreadRead.thread_id],
            set_={
                "last_number": place.excluded.last_number,
                "read_at": place.excluded.read_at,
            },
            where=further,
        )
    )
