"""The model field for slugs of any script. Forms store the one spelling of what is typed; all else is refused."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from claims.domain.slugs import MAX_SLUG_LENGTH, is_slug, normalize_slug, slug_fault


def refuse_faulty_slug(value: str) -> None:
    if words := slug_fault(value):
        shown = {"value": value[:MAX_SLUG_LENGTH], "normal": normalize_slug(value), "most": MAX_SLUG_LENGTH}
        raise ValidationError(_(words) % shown, code="invalid")


class RecordSlugFormField(forms.CharField):
    default_validators = [refuse_faulty_slug]

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text if is_slug(text) else normalize_slug(text)


class RecordSlugField(models.SlugField):
    """Letters and digits of any script. The column is that of Django's own field."""

    default_validators = [refuse_faulty_slug]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = MAX_SLUG_LENGTH
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length", None)
        return name, path, args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        form_class = kwargs.pop("form_class", RecordSlugFormField)
        return models.CharField.formfield(self, form_class=form_class, **kwargs)
