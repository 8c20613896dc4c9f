"""The layout of fields on the desk, and the last fieldset of each page."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.utils.translation import gettext_lazy

from claims.admin.choice_labels import choices_with_meanings, pick_label
from claims.admin.widgets import AutocompleteKey, AutocompleteKeys, MultilineText


def bookkeeping_fieldset(*first: Any) -> tuple[Any, dict[str, Any]]:
    """The last fieldset of a page, collapsed: the address, and values that are rarely changed or never typed."""
    return (
        gettext_lazy("Address, record"),
        {
            "fields": first,
            "classes": ("collapse",),
            "description": gettext_lazy("What is rarely changed, and what nobody types."),
        },
    )


ENTERED = ("created_by", "created_at", "changed_at")
PUBLISHED = ("published_by", "published_at")


class FieldLayoutMixin:
    """The widgets of fields, on pages and in inlines."""

    formfield_overrides = {
        models.TextField: {"widget": MultilineText(attrs={"rows": 3})},
        models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
        models.URLField: {"assume_scheme": "https"},
    }
    lines: dict[str, type[forms.Widget]] = {}  # the widget of each field that needs a special one

    def formfield_for_choice_field(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        required = not db_field.blank and not db_field.has_default()
        choices = choices_with_meanings(db_field, blank=required or db_field.blank)
        if choices is not None:
            kwargs["choices"] = choices
        return super().formfield_for_choice_field(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        completes = db_field.name in self.get_autocomplete_fields(request)  # type: ignore[attr-defined]
        if completes:
            kwargs["widget"] = AutocompleteKey(db_field, self.admin_site)  # type: ignore[attr-defined]
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
        if completes:
            field.label_from_instance = pick_label
        return field

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = AutocompleteKeys(db_field, self.admin_site)  # type: ignore[attr-defined]
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.lines:
            kwargs["widget"] = self.lines[db_field.name]()
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # Keep only the link that adds a record. Changing one has its own page, and more links crowd the form.
            field.widget.can_change_related = field.widget.can_delete_related = False
            field.widget.can_view_related = False
        return field
