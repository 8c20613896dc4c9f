"""The checks that a form makes of each field by itself: required, length, form, choices."""

from collections.abc import Container, Iterator

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from .fixture_file import related_model, show_value


def field_faults(row: Model, but: Container[str]) -> Iterator[tuple[str, str]]:
    """The name of each field whose value cannot stand, and why. Fields in `but` and references are passed by."""
    for one in row._meta.concrete_fields:
        if one.name in but or related_model(one) or one.primary_key:
            continue
        value = getattr(row, one.attname)
        if value in one.empty_values and one.blank and not (value is None and not one.null):
            continue
        if one.choices and value not in dict(one.flatchoices):
            listed = ", ".join(str(choice) for choice, _label in one.flatchoices)
            yield one.name, _("%(value)s is none of its values. Choose among: %(listed)s.") % {
                "value": show_value(value), "listed": listed,
            }  # fmt: skip
            continue
        try:
            one.clean(value, row)
        except ValidationError as error:
            yield one.name, " ".join(error.messages)
