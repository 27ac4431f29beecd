"""The shape of what people write in conversations."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from wtforms import BooleanField, Field, HiddenField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from forum.core.content_notes import ContentNote
from forum.core.forms import FORM_KEY_LENGTH, NUL, Form, LineField, OnceForm, TextField
from forum.core.markup import MAX_LENGTH
from forum.core.markup.characters import is_visible
from forum.threads.actions.drafts import DraftText
from forum.threads.models import Post, Reaction
from forum.topics.models import Audience

LONGEST_TITLE = 120
LONGEST_WHY = 300
WITHOUT_NAME = "Post without my name"


class Words:
    """At least one visible character, at most `most` of any kind."""

    def __init__(self, most: int, *, missing: str = "") -> None:
        self.most = most
        self.missing = missing

    def __call__(self, form: Form, field: Field) -> None:
        text = field.data or ""
        if self.missing and not is_visible(text):
            raise ValidationError(self.missing)
        if len(text) > self.most:
            raise ValidationError(too_long(len(text), self.most))


def one_of_these(form: Form, field: RadioField | SelectMultipleField) -> None:
    """Only what the field offers; its own check would not say so in plain words."""
    given = field.data if isinstance(field.data, list) else [field.data]
    if not set(given) <= {option.data for option in field}:
        raise ValidationError("Please choose one of these.")


def too_long(length: int, most: int) -> str:
    over = length - most
    characters = "character" if over == 1 else "characters"
    return f"This is {over:,} {characters} too long. The most is {most:,}."


def _body(label: str, description: str = "") -> TextField:
    missing = "Please write something first."
    return TextField(label, [Words(MAX_LENGTH, missing=missing)], description=description)


def _notes() -> SelectMultipleField:
    return SelectMultipleField(
        "Content notes",
        [one_of_these],
        validate_choice=False,
        choices=[SelectChoice(note.value, note.label) for note in ContentNote],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )


def _audience(label: str) -> RadioField:
    return RadioField(label, [one_of_these], validate_choice=False)


class WordsForm(OnceForm):
    """What every text has. `place` names the draft that belongs to it."""

    place = HiddenField()
    body = _body("Your reply")
    notes = _notes()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form_key.data = (self.form_key.data or "").replace(NUL, "")

    def renew_key(self) -> None:
        """Make sending it once more another deed."""
        self.form_key.data = secrets.token_hex(FORM_KEY_LENGTH // 2)

    def draft(self) -> DraftText:
        """What the fields hold at the moment, finished or not."""
        held = {name: value for name, value in self.data.items() if name in _DRAFT_FIELDS and value}
        return DraftText(**held)


class ReplyForm(WordsForm):
    """An answer in a thread."""

    withhold_name = BooleanField(WITHOUT_NAME)


class ThreadForm(WordsForm):
    """A new thread; `audiences` are the choices that its topic and its writer leave."""

    title = LineField(
        "Title", [Words(LONGEST_TITLE, missing="Please give your conversation a title.")]
    )
    body = _body("Your text", "Write as much or as little as you like.")
    audience = _audience("Who can read this")
    withhold_name = BooleanField(WITHOUT_NAME)

    def __init__(self, audiences: Iterable[Audience], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.audience.choices = audience_choices(audiences)


class EditForm(WordsForm):
    """A change of one's own post; `seen` says which state of it the writer had before them."""

    seen = HiddenField()
    body = _body("Your text")
    why = LineField(
        "What did you change?",
        [Words(LONGEST_WHY)],
        description="You can leave this empty. Others see it beside the change.",
    )

    def saw_another(self, post: Post) -> bool:
        """Whether the post has changed since this form was opened; unknown means no."""
        return bool(self.seen.data) and self.seen.data != state_of(post)


class AudienceForm(Form):
    """A narrower audience for a thread."""

    audience = _audience("Who can read this from now on")

    def __init__(self, audiences: Iterable[Audience], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.audience.choices = audience_choices(audiences)


def audience_choices(audiences: Iterable[Audience]) -> list[SelectChoice]:
    return [SelectChoice(audience.value, audience.label) for audience in audiences]


def usual_audience(audiences: Sequence[Audience]) -> Audience:
    """Members, or whoever is left when the topic is for fewer."""
    return Audience.MEMBERS if Audience.MEMBERS in audiences else audiences[0]


def state_of(post: Post) -> str:
    """Which state of a post somebody has before them."""
    return post.edited_at.isoformat() if post.edited_at else "new"


def reaction_named(given: str | None) -> Reaction | None:
    return next((kind for kind in Reaction if kind.value == given), None)


_DRAFT_FIELDS = frozenset(field.name for field in fields(DraftText))
