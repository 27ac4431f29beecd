"""The shape of reports and decisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from wtforms import DateField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from forum.core import clock, moments
from forum.core.forms import Form, TextField
from forum.core.markup import MAX_LENGTH
from forum.core.viewer import Viewer
from forum.moderation.decisions import DecisionKind
from forum.moderation.models import ReportReason
from forum.topics.models import AUDIENCE_LABELS, Audience

LONGEST_WORDS = 2_000
LONGEST_PAUSE = timedelta(days=366)


class ReportForm(Form):
    reason = RadioField(
        "What is it about?",
        choices=[(reason.value, reason.label) for reason in ReportReason],
        validators=[InputRequired("Please choose what it is about.")],
    )
    details = TextField(
        "What should we know?",
        description="You can leave this empty.",
        validators=[Length(max=LONGEST_WORDS, message="Please keep this under 2,000 characters.")],
    )


class AnswerForm(Form):
    details = TextField(
        "What should the second person know?",
        validators=[
            InputRequired("Please write a few words."),
            Length(max=LONGEST_WORDS, message="Please keep this under 2,000 characters."),
        ],
    )


class DecisionForm(Form):
    """One form for a decision, a private note, or both."""

    version = HiddenField()
    decision = RadioField("What do you decide?", choices=[], validators=[Optional()])
    until = DateField("Pause until", validators=[Optional()])
    topic = SelectField("Move to", choices=[], validators=[Optional()])
    audience = RadioField(
        "Who can read it from now on",
        choices=[
            (audience.value, AUDIENCE_LABELS[audience])
            for audience in Audience
            if audience is not Audience.EVERYONE
        ],
        validators=[Optional()],
    )
    body = TextField(
        "The text that stays",
        validators=[Length(max=MAX_LENGTH, message="A post has at most 20,000 characters.")],
    )
    reason = TextField(
        "Your reason",
        description="The person reads these words.",
        validators=[Length(max=LONGEST_WORDS, message="Please keep this under 2,000 characters.")],
    )
    note = TextField(
        "Note for other moderators",
        description="Only moderators read this.",
        validators=[Length(max=LONGEST_WORDS, message="Please keep this under 2,000 characters.")],
    )

    def offer(self, kinds: Iterable[DecisionKind], topics: Iterable[tuple[str, str]]) -> None:
        self.decision.choices = [(kind.value, kind.label) for kind in kinds]
        self.topic.choices = [("", "Choose a topic"), *topics]

    @property
    def kind(self) -> DecisionKind | None:
        return DecisionKind(self.decision.data) if self.decision.data else None

    def end_of_pause(self, viewer: Viewer) -> datetime | None:
        """The first moment after the pause, in the moderator's zone."""
        if self.until.data is None:
            return None
        local = moments.zone(viewer.time_zone)
        return datetime.combine(self.until.data + timedelta(days=1), time(0), local)

    def validate_reason(self, field: TextField) -> None:
        if self.kind is not None and not (field.data or "").strip():
            raise ValidationError("Please give a reason. The person is told in your words.")

    def validate_note(self, field: TextField) -> None:
        if self.kind is None and not (field.data or "").strip():
            raise ValidationError("Please choose a decision, or write a note.")

    def validate_body(self, field: TextField) -> None:
        if self.kind is DecisionKind.EDIT_OUT and not (field.data or "").strip():
            raise ValidationError("Please write the text that stays.")


# Optional() ends a field's checks when it is empty; these are asked of the whole form.
NEEDS = {
    DecisionKind.SUSPEND: ("until", "Please choose the last day of the pause."),
    DecisionKind.MOVE: ("topic", "Please choose the topic it moves to."),
    DecisionKind.NARROW: ("audience", "Please choose who can read it."),
}


def check_needs(form: DecisionForm) -> bool:
    """Whether the chosen decision has what it needs; says so beside the field if not."""
    name, sentence = NEEDS.get(form.kind, ("", "")) if form.kind else ("", "")
    field = form[name] if name else None
    if field is not None and not field.data:
        field.errors = [*field.errors, sentence]
        return False
    return form.kind is not DecisionKind.SUSPEND or _pause_fits(form)


def _pause_fits(form: DecisionForm) -> bool:
    today = clock.now().date()
    if today <= form.until.data <= today + LONGEST_PAUSE:
        return True
    form.until.errors = [*form.until.errors, "Please choose a day from today to a year from now."]
    return False
