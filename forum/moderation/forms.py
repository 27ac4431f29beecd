"""The shape of reports and decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from wtforms import BooleanField, DateField, Field, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, StopValidation, ValidationError

from forum.core import clock, moments
from forum.core.forms import Form, TextField
from forum.core.markup import MAX_LENGTH
from forum.core.viewer import Viewer
from forum.moderation.decisions import DecisionKind
from forum.moderation.models import ReportReason
from forum.topics.models import Audience

LONGEST_WORDS = 2_000
LONGEST_PAUSE = timedelta(days=366)
SHORT = Length(max=LONGEST_WORDS, message="Please keep this under 2,000 characters.")


class ReportForm(Form):
    reason = RadioField(
        "What is it about?",
        choices=[SelectChoice(reason.value, reason.label) for reason in ReportReason],
        validators=[InputRequired("Please choose what it is about.")],
    )
    details = TextField("What should we know?", [SHORT], description="You can leave this empty.")


class AnswerForm(Form):
    details = TextField(
        "What should the second person know?",
        [DataRequired("Please write a few words."), SHORT],
        description="Somebody who had no part in it reads this and looks again.",
    )

    @property
    def words(self) -> str:
        return (self.details.data or "").strip()


class OnlyFor:
    """Wanted with one kind of decision, and without meaning beside every other."""

    def __init__(self, kind: DecisionKind, missing: str) -> None:
        self.kind = kind
        self.missing = missing

    def __call__(self, form: DecisionForm, field: Field) -> None:
        if form.kind is self.kind and any(str(given).strip() for given in field.raw_data or ()):
            return
        field.errors = []
        raise StopValidation(self.missing if form.kind is self.kind else "")


class DayField(DateField):
    """A day, as browsers send it."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("Please write the day like 2027-03-31.") from error


class DecisionForm(Form):
    """One form for a decision, a private note, or both.

    `version` and `seen` say which case and which text the moderator has read; without them (a
    program, an old page) nothing is compared.
    """

    version = HiddenField()
    seen = HiddenField()
    decision = RadioField("What do you decide?", choices=[], validate_choice=False)
    until = DayField(
        "Last day of the pause",
        [OnlyFor(DecisionKind.SUSPEND, "Please choose the last day of the pause.")],
    )
    topic = SelectField(
        "Move to", [OnlyFor(DecisionKind.MOVE, "Please choose the topic it moves to.")], choices=[]
    )
    audience = RadioField(
        "Who can read it from now on",
        [OnlyFor(DecisionKind.NARROW, "Please choose who can read it.")],
        choices=[],
    )
    body = TextField(
        "The text that stays",
        [
            OnlyFor(DecisionKind.EDIT_OUT, "Please write the text that stays."),
            Length(max=MAX_LENGTH, message="A post has at most 20,000 characters."),
        ],
    )
    reason = TextField(
        "Your reason", [SHORT], description="The person concerned reads these words."
    )
    note_only = BooleanField()
    note = TextField("Note for other moderators", [SHORT], description="Only moderators read this.")

    def offer(
        self,
        kinds: Sequence[DecisionKind],
        topics: Iterable[tuple[str, str]],
        audiences: Iterable[Audience],
        body: str,
    ) -> None:
        """Put the choices in that this case has now; `body` is the text that words go from."""
        self._body = body
        self._offered = frozenset(kinds)
        self.decision.choices = [SelectChoice(kind.value, kind.label) for kind in kinds]
        self.topic.choices = [("", "Choose a topic"), *topics]
        self.audience.choices = [SelectChoice(each.value, each.label) for each in audiences]

    @property
    def chosen(self) -> str:
        """The decision that was sent, whether or not there is such a one."""
        return "" if self.note_only.data else self.decision.data or ""

    @property
    def kind(self) -> DecisionKind | None:
        given = self.chosen
        return DecisionKind(given) if given in DecisionKind.__members__.values() else None

    @property
    def reason_given(self) -> str:
        return (self.reason.data or "").strip()

    @property
    def private_note(self) -> str:
        return (self.note.data or "").strip()

    @property
    def read_version(self) -> int | None:
        given = self.version.data or ""
        return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None

    def end_of_pause(self, viewer: Viewer) -> datetime:
        """The first moment after the pause, in the moderator's zone."""
        last_day = self.until.data or clock.now().date()
        zone = moments.zone(viewer.time_zone)
        return datetime.combine(last_day + timedelta(days=1), time(0), zone)

    def validate_decision(self, field: RadioField) -> None:
        if self.chosen and self.kind not in self._offered:
            raise ValidationError("This does not fit any more. Please choose again.")

    def validate_body(self, field: TextField) -> None:
        if (field.data or "").strip() == self._body.strip():
            raise ValidationError("This is the whole text. Please take the words out of it.")

    def validate_until(self, field: DateField) -> None:
        today = clock.now().date()
        if field.data and not today <= field.data <= today + LONGEST_PAUSE:
            raise ValidationError("Please choose a day from today to a year from now.")

    def validate_reason(self, field: TextField) -> None:
        if self.chosen and not self.reason_given:
            raise ValidationError("Please give a reason. The person is told in your words.")

    def validate_note(self, field: TextField) -> None:
        if not self.chosen and not self.private_note:
            raise ValidationError("Please choose a decision, or write a note.")
