"""The shape of a goodbye."""

from __future__ import annotations

from wtforms import PasswordField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from forum.core.forms import Form

KEEP, TAKE = "keep", "take"


class LeaveForm(Form):
    words = RadioField(
        "What you wrote",
        choices=[
            SelectChoice(KEEP, "Leave it for those who come after, without my name"),
            SelectChoice(TAKE, "Take it away with me"),
        ],
        validators=[InputRequired("Please choose what happens to what you wrote.")],
    )
    current_password = PasswordField(
        "Your password", validators=[InputRequired("Please type your password.")]
    )
