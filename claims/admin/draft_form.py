"""A form that opens the editor's own pending proposal: it shows the proposed values, and a save rewrites them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from claims.actions import Draft

PROPOSAL = "proposal"  # in the list of changed data: the proposal itself is to be written anew
LETTERS = 300  # of what readers see, beside a field


class DraftFormMixin(forms.ModelForm):
    """Lays the editor's draft over the record before the form reads it."""

    drafts: Mapping[int, Draft] = {}  # by the key of the record; the rows of an inline are given theirs

    def __init__(self, *args: Any, drafts: Mapping[int, Draft] | None = None, **kwargs: Any) -> None:
        record = kwargs.get("instance")
        found = self.drafts if drafts is None else drafts
        self.own_draft = found.get(record.pk) if record else None
        seen = _values_in_words(record, self.own_draft) if self.own_draft else {}
        laid = self.own_draft.lay_over(record) if self.own_draft else {}
        initial = {**self.values_beside_columns(record), **laid, **(kwargs.get("initial") or {})}
        super().__init__(*args, **{**kwargs, "initial": initial})
        for name in seen.keys() & self.fields.keys():
            words = _("Proposed. Readers see: “%(now)s”") % {"now": seen[name] or "—"}
            self.fields[name].help_text = f"{self.fields[name].help_text} {words}".strip()

    def values_beside_columns(self, record: Any) -> dict[str, Any]:
        """The initial values of fields that are no columns of the record."""
        return {}

    @property
    def rewrites_draft(self) -> bool:
        """Whether the proposal is saved even if no field has changed: with another reason or notice, or because
        readers see another version by now than the one that it was written on.
        """
        if self.own_draft is None or not self.is_bound:
            return False
        typed = [self.data.get(self.add_prefix(name)) for name in ("why", "notice_kind", "notice")]
        return self.own_draft.is_stale or any(typed)


def _values_in_words(record: Any, draft: Draft) -> dict[str, str]:
    """What readers see in each field that the draft changes. Translations have fields of their own."""
    return {
        name: Truncator(_value_in_words(record, record._meta.get_field(name))).chars(LETTERS)
        for name in draft.changes
        if name != "translations"
    }


def _value_in_words(record: Any, field: Any) -> str:
    value = getattr(record, field.name)
    if isinstance(field, models.ManyToManyField):
        return _(", ").join(str(row) for row in value.all())
    if field.choices:
        return str(getattr(record, f"get_{field.name}_display")())
    return "" if value is None else str(value)
