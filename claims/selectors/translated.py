"""Translations as separate fields, for places that list a record field by field."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from claims.text.translations import BY, flatten_translations

COLUMN = "translations"


def flatten_form_translations(form: Mapping[str, Any]) -> dict[str, Any]:
    """A public form with each translated text as a field of its own, such as `translations.ar.name`."""
    found = {name: value for name, value in form.items() if name != COLUMN}
    for (language, name), text in flatten_translations(form.get(COLUMN)).items():
        found[f"{COLUMN}.{language}.{name}"] = text
    return found


def translation_label(model: type[Model], name: str) -> str | None:
    """The label of such a field; None for any other field."""
    column, _dot, rest = name.partition(".")
    if column != COLUMN or not rest:
        return None
    language, _dot, field = rest.partition(".")
    of_field = _("translated by") if field == BY else str(model._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
    return _("%(language)s: %(field)s") % {
        "language": get_language_info(language)["name_translated"],
        "field": of_field,
    }
