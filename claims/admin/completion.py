"""The answers of the fields that complete themselves: namesakes are told apart."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView

from claims.models import Speaker

from .choice_labels import pick_label


class LabelledCompletion(AutocompleteJsonView):
    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        return rows.prefetch_related("roles") if rows.model is Speaker else rows

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        return super().serialize_result(obj, to_field_name) | {"text": pick_label(obj)}
