"""The question for the present password, where an unlocked phone must not be enough."""

from __future__ import annotations

from typing import Protocol

from wtforms import PasswordField

from forum.accounts import passwords, queries
from forum.core.access import current_viewer
from forum.core.transactions import release_lock

WRONG_PASSWORD = "This is not your password. Please try once more."  # noqa: S105 - words on a page


class AsksForPassword(Protocol):
    current_password: PasswordField


def password_is_right(form: AsksForPassword) -> bool:
    """Check the present password, outside of any transaction; says so beside the field if not."""
    kept = queries.own_password_hash(current_viewer())
    release_lock()
    if passwords.matches(kept, form.current_password.data or ""):
        return True
    form.current_password.errors = [WRONG_PASSWORD]
    return False
