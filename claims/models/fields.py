"""The model field for partial dates. It stores sortable text, and accepts and shows dates as people write them."""

from contextlib import suppress
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Length, Substr
from django.db.models.lookups import Exact, LessThanOrEqual
from django.db.models.query_utils import DeferredAttribute
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.domain.dates import InvalidPartialDate, PartialDate
from claims.domain.written_dates import read_written_date

STORED_LENGTH = 21  # YYYY-MM-DD/YYYY-MM-DD, an ISO 8601 interval: text order is date order on every database


def parse_partial_date(value: Any) -> PartialDate | None:
    if value is None or isinstance(value, PartialDate):
        return value
    if isinstance(value, date):
        return PartialDate.day(value)
    try:
        return PartialDate.parse(str(value))
    except InvalidPartialDate as error:
        raise ValidationError(error.in_words(_), code="invalid_date") from None


def read_typed_date(text: str) -> PartialDate:
    """A date as a person writes it into a form, in any of the usual styles."""
    try:
        return read_written_date(text, timezone.localdate())
    except InvalidPartialDate as error:
        raise ValidationError(error.in_words(_), code="invalid_date") from None


class PartialDateFormField(forms.CharField):
    """A line of text. Accepts the styles of `claims.domain.written_dates`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["max_length"] = kwargs.get("max_length") or 60
        super().__init__(**{key: value for key, value in kwargs.items() if key != "empty_value"})

    def clean(self, value: Any) -> PartialDate | None:
        text = super().clean(value)
        return read_typed_date(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, PartialDate) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            typed = read_typed_date(data) if data else None
            return parse_partial_date(initial or None) != typed
        except ValidationError:
            return True


class _Parsed(DeferredAttribute):
    """Parses text when the attribute is set, so that a record holds a PartialDate.

    Invalid text is kept until clean().
    """

    def __set__(self, instance: models.Model, value: Any) -> None:
        with suppress(ValidationError):
            value = parse_partial_date(value) if value != "" else value
        instance.__dict__[self.field.attname] = value


class PartialDateField(models.Field):
    """Stores a `PartialDate`. The lookups `__first` and `__last` compare the ends of its period with ISO days."""

    description = "A day, a month, a year or a range"
    descriptor_class = _Parsed

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = STORED_LENGTH
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        return "CharField"

    def from_db_value(self, value: str | None, *_: Any) -> PartialDate | None:
        if value is None:
            return None
        first, _slash, last = value.partition("/")
        return PartialDate(date.fromisoformat(first), date.fromisoformat(last))

    def to_python(self, value: Any) -> PartialDate | None:
        return parse_partial_date(value)

    def get_prep_value(self, value: Any) -> str | None:
        period = parse_partial_date(super().get_prep_value(value))
        return f"{period.first.isoformat()}/{period.last.isoformat()}" if period else None

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs: Any) -> Any:
        kwargs.setdefault("form_class", PartialDateFormField)
        kwargs["max_length"] = None
        return super().formfield(**kwargs)


@PartialDateField.register_lookup
class FirstDayTransform(models.Transform):
    lookup_name = "first"
    output_field = models.CharField()

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **kwargs: Any) -> Any:
        return compiler.compile(Substr(self.lhs, 1, 10, output_field=models.CharField()))


@PartialDateField.register_lookup
class LastDayTransform(models.Transform):
    lookup_name = "last"
    output_field = models.CharField()

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **kwargs: Any) -> Any:
        return compiler.compile(Substr(self.lhs, 12, 10, output_field=models.CharField()))


def period_in_order(field: str, name: str) -> models.CheckConstraint:
    """The constraint that a stored period has both ends, and the first is not after the last."""
    text = models.F(field)
    shape = Exact(Length(text), STORED_LENGTH) & LessThanOrEqual(Substr(text, 1, 10), Substr(text, 12, 10))
    return models.CheckConstraint(condition=shape | models.Q(**{f"{field}__isnull": True}), name=name)
