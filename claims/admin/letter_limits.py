"""Limits of length: the browser cuts nothing, and a text that is too long is refused with the number of letters."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import ngettext

LIMIT = "data-letters"  # the attribute from which a script counts


class LetterLimit(MaxLengthValidator):
    """Refuses a text that is too long, and says by how much."""

    def __call__(self, value: Any) -> None:
        limit: int = self.limit_value() if callable(self.limit_value) else self.limit_value
        has = len(value)
        if has > limit:
            words = ngettext(
                "%(over)d letter too long: it has %(has)d, and %(limit)d fit. All of it is still in the form.",
                "%(over)d letters too long: it has %(has)d, and %(limit)d fit. All of it is still in the form.",
                has - limit,
            )
            raise ValidationError(
                words % {"over": has - limit, "has": has, "limit": limit}, code="max_length"
            )


class LetterLimitsMixin(forms.BaseForm):
    """A form whose texts the browser does not cut while they are typed or pasted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        without_browser_limits(self.fields)


def without_browser_limits(fields: dict[str, forms.Field]) -> dict[str, forms.Field]:
    for field in fields.values():
        _lift_browser_limit(field)
    return fields


def _lift_browser_limit(field: forms.Field) -> None:
    """Replace the limit of the browser, which cuts a paste without a word, by one that refuses."""
    limit = field.widget.attrs.pop("maxlength", None)
    if limit is None or not isinstance(field, forms.CharField):
        return
    field.widget.attrs[LIMIT] = limit
    field.validators = [each for each in field.validators if not isinstance(each, MaxLengthValidator)]
    field.validators.append(LetterLimit(int(limit)))
