"""Who may take their data along, and who may leave: every member, suspended or not."""

from __future__ import annotations

from forum.core.verdicts import Verdict, allowed_if, refused
from forum.core.viewer import Rank, Viewer

SIGN_IN_FIRST = "Please sign in first."


def may_take_data(viewer: Viewer) -> Verdict:
    return allowed_if(viewer.is_member, SIGN_IN_FIRST)


def may_leave(viewer: Viewer) -> Verdict:
    """Administrators hand their rank over first, so that the forum is never without one."""
    if viewer.rank is Rank.ADMINISTRATOR:
        return refused("An administrator has to hand the rank over first.")
    return allowed_if(viewer.is_member, SIGN_IN_FIRST)
