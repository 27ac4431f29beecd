"""The rules of the guide: everybody reads it, editors and those above them change it."""

from __future__ import annotations

from forum.core.verdicts import Verdict, allowed_if
from forum.core.viewer import Viewer

FOR_EDITORS = "The guide is looked after by editors and moderators."


def may_edit_guide(viewer: Viewer) -> Verdict:
    return allowed_if(viewer.may_edit_guide, FOR_EDITORS)


def may_see_history(viewer: Viewer) -> Verdict:
    """What each version said, and who wrote it. That and why it changed is open to everybody."""
    return allowed_if(viewer.may_edit_guide, FOR_EDITORS)


def may_keep_place(viewer: Viewer) -> Verdict:
    return allowed_if(viewer.in_good_standing, "Sign in, and we remember where you stopped.")
