"""What a person typed into a form that could not be taken, so that it comes back to them.

When the visit has ended meanwhile, the text travels along through the sign-in form: its fields
with a prefix, and `kept_action`, the address it was meant for.
"""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import HTTPException

from forum.core.access import safe_next

NEVER_KEPT = frozenset({"csrf_token", "password", "new_password", "current_password"})
CARRIED = "kept_"
CARRIED_ACTION = "kept_action"

Fields = list[tuple[str, str]]


def kept_fields() -> Fields:
    """What the form held, without secrets, to be shown and sent again.

    Too large a body cannot be read at all, and leaves nothing to keep.
    """
    if request.method != "POST":
        return []
    try:
        pairs = list(request.form.items(multi=True))
    except HTTPException:
        return []
    return [(name, value) for name, value in pairs if name not in NEVER_KEPT]


def carried_action() -> str:
    """Where the carried text was meant for: a path of this site, or empty when none is carried."""
    given = dict(kept_fields()).get(CARRIED_ACTION, "")
    action = safe_next(given)
    return action if action != "/" else ""


def carried_fields() -> Fields:
    """The text that this sign-in carries along, under its own names."""
    return [
        (name.removeprefix(CARRIED), value)
        for name, value in kept_fields()
        if name.startswith(CARRIED)
        and name != CARRIED_ACTION
        and name.removeprefix(CARRIED) not in NEVER_KEPT
    ]
