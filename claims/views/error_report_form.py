"""The fields of a reader's report of an error. What is too long is refused and shown again, never cut."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

MOST_OF_TEXT, MOST_OF_WHERE, MOST_OF_ADDRESS = 5000, 2000, 254  # characters
TRAP = "website"  # people do not see this field, and programs fill it in
KEPT_CONTROLS = {"\n", "\r", "\t"}
TOO_LONG = _(
    "It has %(show_value)d characters, and at most %(limit_value)d can be sent. Nothing was cut off: please shorten it."
)
WRONG_ADDRESS = _("This is not an e-mail address. Correct it, or leave it empty.")


class ReaderText(forms.CharField):
    """A text without a limit in the browser, which would cut a pasted text without a word."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(validators=[MaxLengthValidator(most, TOO_LONG)], **kwargs)

    def to_python(self, value: Any) -> Any:
        # Browsers send two characters for the end of a line.
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


def validate_reader_address(value: str) -> None:
    """Refuse what is no e-mail, and signs that show an address in another order than it is."""
    if any(unicodedata.category(letter) in {"Cc", "Cf"} for letter in value):
        raise ValidationError(WRONG_ADDRESS)
    try:
        validate_email(value)
    except ValidationError:
        raise ValidationError(WRONG_ADDRESS) from None


class ErrorReportForm(forms.Form):
    text = ReaderText(
        label=_("What is wrong?"),
        most=MOST_OF_TEXT,
        widget=forms.Textarea(attrs={"rows": 7, "dir": "auto"}),
        error_messages={"required": _("Say what is wrong.")},
    )
    where_to_check = ReaderText(
        label=_("Where can it be checked?"),
        help_text=_("Optional: an address on the web, a page of a book, a name."),
        most=MOST_OF_WHERE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    reader_address = ReaderText(
        label=_("Your e-mail"),
        most=MOST_OF_ADDRESS,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        typed = None if data is None else {name: data.get(name, "") for name in self.base_fields}
        storable = typed and {name: without_controls(value) for name, value in typed.items()}
        self.held_controls = storable != typed
        super().__init__(storable)
        self.fields["reader_address"].validators.append(validate_reader_address)
        for name, field in self.fields.items():
            field.widget.attrs["aria-describedby"] = f"{name}-help {name}-error"

    def clean(self) -> dict[str, Any] | None:
        if self.held_controls:
            raise ValidationError(
                _(
                    "There was a sign that cannot be stored. It was taken out: read the text and send it again."
                )
            )
        return super().clean()


def without_controls(text: str) -> str:
    """The text without control characters, which no keyboard types and not every database stores."""
    return "".join(
        letter
        for letter in text
        if letter in KEPT_CONTROLS or unicodedata.category(letter) not in {"Cc", "Cs"}
    )
