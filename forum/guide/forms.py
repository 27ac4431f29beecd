"""What an editor sends in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from wtforms import DateField, Field, HiddenField
from wtforms.validators import DataRequired, InputRequired, Length, Regexp, ValidationError

from forum.core import clock
from forum.core.forms import Form, LineField, TextField
from forum.core.markup import MAX_LENGTH, render
from forum.guide.edition import Edition

MOST_LINES = 40
LONGEST_LINE = 300
# An editor's calendar may be a day ahead of ours.
CLOCKS_APART = timedelta(days=1)
TOO_LONG = "This is too long: at most {} characters, please."


class LinesField(TextField):
    """A list, one item a line; empty lines are left out."""

    @property
    def lines(self) -> tuple[str, ...]:
        lines = (" ".join(line.split()) for line in (self.data or "").split("\n"))
        return tuple(line for line in lines if line)


def short_list(form: Form, field: LinesField) -> None:
    if len(field.lines) > MOST_LINES:
        raise ValidationError(f"At most {MOST_LINES} lines, please.")
    if any(len(line) > LONGEST_LINE for line in field.lines):
        raise ValidationError(f"One line is too long: at most {LONGEST_LINE} characters each.")


def not_in_future(form: Form, field: Field) -> None:
    if field.data and field.data > (clock.now() + CLOCKS_APART).date():
        raise ValidationError("This day has not come yet.")


def at_most(length: int) -> Length:
    return Length(max=length, message=TOO_LONG.format(f"{length:,}"))


class PreviewForm(Form):
    """A text to be shown as readers would see it."""

    body = TextField("Text", validators=[at_most(MAX_LENGTH)])

    @property
    def html(self) -> str:
        return render(self.body.data or "", trusted=True).html


class EditForm(Form):
    """A part of the guide, as its editor would have it."""

    base_revision = HiddenField(
        validators=[Regexp(r"[0-9]{1,9}\Z", message="Please open the page for editing anew.")]
    )
    title = LineField("Title", validators=[DataRequired("A part needs a title."), at_most(120)])
    summary = LineField(
        "Summary",
        description="One sentence. It stands in lists, and above the text.",
        validators=[DataRequired("A part needs a summary."), at_most(300)],
    )
    body = TextField(
        "Text",
        description="Headings begin with ##. Plain words, short sentences, facts with a source.",
        validators=[DataRequired("A part needs a text."), at_most(MAX_LENGTH)],
    )
    questions = LinesField(
        "Questions for the team", description="One a line.", validators=[short_list]
    )
    sources = LinesField("Sources, in words", description="One a line.", validators=[short_list])
    sources_until = LineField(
        "Newest source",
        description="Month and year, like June 2026.",
        validators=[at_most(40)],
    )
    unconfirmed = LinesField(
        "Not yet confirmed",
        description="What no source could confirm, one a line. It is shown as such.",
        validators=[short_list],
    )
    checked_on = DateField(
        "Last checked",
        description="The day you read the part against its sources.",
        validators=[InputRequired("Give the day as year-month-day."), not_in_future],
    )
    note = LineField(
        "What changed, and why",
        description="Readers see these words under the part, without your name.",
        validators=[DataRequired("Say in a few words what changed."), at_most(200)],
    )

    @classmethod
    def filled(cls, edition: Edition, revision: int) -> Self:
        """The form as an editor first sees it."""
        lists = {name: "\n".join(getattr(edition, name)) for name in LISTS}
        return cls(data={**edition.columns(), **lists, "base_revision": revision})

    @property
    def why(self) -> str:
        return self.note.data or ""

    @property
    def base(self) -> int:
        return int(self.base_revision.data or 0)

    @property
    def edition(self) -> Edition:
        """What the fields say, once they are valid."""
        values: dict[str, Any] = {**self.data, **{name: self[name].lines for name in LISTS}}
        values["body"] = values["body"].strip()
        return Edition.read(values)

    def begin_from(self, revision: int) -> None:
        """Let the next save stand on `revision`, whose text the editor is shown."""
        self.base_revision.data = str(revision)


LISTS = ("sources", "questions", "unconfirmed")
