"""The shape of input, and the promise that a form sent twice acts once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Length

from forum.core.markup.characters import clean_characters

FORM_KEY_LENGTH = 32


class Form(FlaskForm):
    """A form of this site; `problems` is what a page shows beside its fields."""

    @property
    def problems(self) -> Mapping[str, str]:
        """Field name -> the first thing wrong with it."""
        return {name: errors[0] for name, errors in self.errors.items() if name and errors}


class OnceForm(Form):
    """A form that publishes something: its key makes a double click one deed."""

    form_key = HiddenField(validators=[Length(max=FORM_KEY_LENGTH)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.form_key.data:
            self.form_key.data = secrets.token_hex(FORM_KEY_LENGTH // 2)


# The one character that no database text column takes.
NUL = "\x00"


class LineField(StringField):
    """One line: its ends are trimmed and runs of white space become one space.

    Characters that reorder or disturb what stands beside the line are left out.
    """

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = " ".join(clean_characters(str(valuelist[0])).split()) if valuelist else ""


class TextField(TextAreaField):
    """Text over several lines, kept as typed but for the line ends of the browser."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0]) if valuelist else ""
        self.data = text.replace("\r\n", "\n").replace(NUL, "")
