"""Writing the record, in the transaction of the deed."""

from __future__ import annotations

from forum.audit.models import AuditEntry
from forum.core import clock
from forum.core.viewer import Viewer
from forum.extensions import db

SYSTEM_ACTOR_ID = 0


def record(
    actor: Viewer | None,
    action: str,
    *,
    subject: tuple[str, int],
    reason: str = "",
    **details: int | str | bool | None,
) -> AuditEntry:
    """Add an entry. `actor` None is the command line; `details` are ids and plain words only."""
    entry = AuditEntry(
        at=clock.now(),
        actor_id=actor.member_id if actor else SYSTEM_ACTOR_ID,
        action=action,
        subject_kind=subject[0],
        subject_id=subject[1],
        reason=reason,
        details=details,
    )
    db.session.add(entry)
    db.session.flush()
    return entry
