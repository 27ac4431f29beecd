"""The shape of what people send about their accounts."""

from __future__ import annotations

from typing import Any

from flask import current_app
from wtforms import (
    BooleanField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, EmailInput, ListWidget

from forum.accounts import names, passwords
from forum.accounts.actions.profiles import LONGEST_ABOUT
from forum.accounts.addresses import Address, read_address
from forum.accounts.consents import ADULT_WORDING, CONSENT_WORDING
from forum.core.content_notes import ContentNote, NoteChoice
from forum.core.forms import Form, LineField, TextField
from forum.core.moments import known_zones
from forum.core.rendering import TEXT_SIZES, THEMES
from forum.core.viewer import Rank, Relation

RELATIONS = [SelectChoice(relation.value, relation.label) for relation in Relation]
LONGEST_LOGIN = 254
NAME_HINT = (
    "Others see this name. Make up one word that nobody who knows you would look for: not your "
    "real name, not your year of birth, not the name you use on other sites."
)
LONGEST_REASON = 500
THEME_WORDS = {"system": "As the device has it", "light": "Light", "dark": "Dark"}
SIZE_WORDS = {100: "Usual", 115: "A little larger", 130: "Larger", 150: "Largest"}
PASSWORD_HINT = "At least 8 characters. Three or four words that do not belong together work well."  # noqa: S105 - words on the page
RELATION_HINT = "Choose what fits. It stands beside your name, and you can change it at any time."
LOOKS_REAL = (
    "This looks like a real name or a year of birth. We suggest a made-up name, so that nobody "
    "can find you by it. To keep this one, type your password once more and press the button again."
)


def _relations() -> SelectMultipleField:
    return SelectMultipleField(
        "What brings you here?",
        choices=RELATIONS,
        description=RELATION_HINT,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class UsernameField(LineField):
    """A new name: its shape, and that it does not seem to speak for the forum."""

    def pre_validate(self, form: Any) -> None:
        if not names.username_key(self.data or ""):
            raise StopValidation(
                "Please make it one word, without spaces: 3 to 30 letters from a to z, digits or _."
            )
        if names.seems_official(self.data or "", current_app.config["SITE_NAME"]):
            raise StopValidation(
                "This name could be taken for the forum's own. Please choose another."
            )


class AddressField(LineField):
    """An e-mail address; `address` is what was read from it."""

    widget = EmailInput()
    address: Address

    def pre_validate(self, form: Any) -> None:
        found = read_address(
            self.data or "", on_loopback=current_app.config["SETTINGS"].on_loopback
        )
        if found is None:
            raise StopValidation("Please check the address. It should look like name@example.com.")
        self.address = found


class NewPasswordField(PasswordField):
    """A password to be kept. The form's `about_the_person` must not be in it."""

    def pre_validate(self, form: Any) -> None:
        problem = passwords.weakness(self.data or "", form.about_the_person())
        if problem:
            raise StopValidation(problem)


class NameChoice(Form):
    """A form that asks for a new username, and asks once more when it looks like a real one."""

    username = UsernameField("Your name here", description=NAME_HINT)
    username_kept = HiddenField(validators=[Length(max=names.LONGEST)])

    def validate_username(self, field: UsernameField) -> None:
        if not names.seems_real(field.data or "") or field.data == self.username_kept.data:
            return
        self.username_kept.data = field.data
        raise ValidationError(LOOKS_REAL)


class JoinForm(NameChoice):
    email = AddressField(
        "E-mail address", description="Nobody sees it. We send one e-mail to it now."
    )
    password = NewPasswordField("Password", description=PASSWORD_HINT)
    relation = _relations()
    adult = BooleanField(
        ADULT_WORDING,
        validators=[InputRequired("This place is for adults. Please confirm your age.")],
    )
    consent = BooleanField(
        CONSENT_WORDING,
        validators=[InputRequired("Without your consent we may not keep what you write.")],
    )
    time_zone = HiddenField(validators=[Length(max=60)])
    again = HiddenField(validators=[Length(max=64)])

    def about_the_person(self) -> tuple[str, ...]:
        email = self.email.data or ""
        return (self.username.data or "", email, email.partition("@")[0])

    @property
    def zone(self) -> str:
        """The browser's time zone where a script filled it in, else UTC."""
        return self.time_zone.data if self.time_zone.data in known_zones() else "UTC"


class SignInForm(Form):
    login = LineField(
        "Name or e-mail address",
        validators=[
            DataRequired("Please type your name or your e-mail address."),
            Length(max=LONGEST_LOGIN, message="This is longer than a name or an address can be."),
        ],
    )
    password = PasswordField(
        "Password",
        validators=[
            InputRequired("Please type your password."),
            Length(max=passwords.LONGEST, message="This is longer than a password here can be."),
        ],
    )
    next = HiddenField()


class ForgotPasswordForm(Form):
    email = AddressField("E-mail address")


class ResetPasswordForm(Form):
    """`about`: words about the person that must not be the password."""

    password = NewPasswordField("New password", description=PASSWORD_HINT)

    def __init__(self, *args: Any, about: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._about = about

    def about_the_person(self) -> tuple[str, ...]:
        return self._about


class PresentPasswordField(PasswordField):
    """Asked for where an unlocked phone must not be enough."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        needed = InputRequired("Please type the password that you have now.")
        super().__init__(label, validators=[needed], **kwargs)


class UsernameForm(NameChoice):
    username = UsernameField("New name", description=NAME_HINT)
    current_password = PresentPasswordField("Your password", id="username-current-password")


class EmailForm(Form):
    email = AddressField("New e-mail address")
    current_password = PresentPasswordField("Your password", id="email-current-password")


class PasswordForm(Form):
    """`about`: words about the person that must not be the password."""

    current_password = PresentPasswordField("Your password now")
    new_password = NewPasswordField("New password", description=PASSWORD_HINT)

    def __init__(self, *args: Any, about: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._about = about

    def about_the_person(self) -> tuple[str, ...]:
        return self._about


class ProfileForm(Form):
    relation = _relations()
    about = TextField(
        "About you",
        description=f"Up to {LONGEST_ABOUT} characters, for members to read. It may stay empty.",
        validators=[
            Length(max=LONGEST_ABOUT, message=f"Please keep it to {LONGEST_ABOUT} characters.")
        ],
    )


class DisplayForm(Form):
    theme = RadioField("Colors", choices=[SelectChoice(name, THEME_WORDS[name]) for name in THEMES])
    text_size = RadioField(
        "Text size",
        choices=[SelectChoice(str(size), f"{SIZE_WORDS[size]} ({size} %)") for size in TEXT_SIZES],
    )


def _zone_choices() -> list[SelectChoice]:
    named = sorted(name for name in known_zones() if "/" in name and not name.startswith("Etc/"))
    return [
        SelectChoice("UTC", "UTC"),
        *(SelectChoice(name, name.replace("_", " ")) for name in named),
    ]


class MemberDisplayForm(DisplayForm):
    time_zone = SelectField(
        "Your time zone", choices=_zone_choices, description="Times on the pages are told in it."
    )

    @property
    def note_fields(self) -> list[Any]:
        return [self[f"note_{note.value}"] for note in ContentNote]

    @property
    def note_choices(self) -> dict[str, str]:
        return {note.value: self[f"note_{note.value}"].data for note in ContentNote}


for _note in ContentNote:
    _field = RadioField(
        _note.label, choices=[SelectChoice(choice.value, choice.label) for choice in NoteChoice]
    )
    setattr(MemberDisplayForm, f"note_{_note.value}", _field)


class RankForm(Form):
    rank = SelectField(
        "Rank", choices=[SelectChoice(rank.value, rank.label or "Member") for rank in Rank]
    )
    reason = LineField(
        "Why?",
        description="It is kept in the record.",
        validators=[
            DataRequired("Please say why. It is kept in the record."),
            Length(max=LONGEST_REASON, message=f"Please keep it to {LONGEST_REASON} characters."),
        ],
    )
