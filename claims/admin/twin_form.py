"""Forms of records that may be entered twice: they show the twins, and save once the editor says that it is another."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.selectors.duplicates import Twin, find_twins

from .forms import DeskForm

ANOTHER = "is_another"


class TwinForm(DeskForm):
    """Asks before it saves what looks like another record; whoever ticks the box has looked at the twins."""

    compared: frozenset[str] = frozenset()  # the fields by which twins are found
    another_words: Any = ""  # the text of the box
    twins: list[Twin] = []
    meta_fields = DeskForm.meta_fields | {ANOTHER}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[ANOTHER] = forms.BooleanField(label=str(self.another_words), required=False)

    def clean_instance(self) -> None:
        super().clean_instance()
        if self.errors or self.compared.isdisjoint(self.changed_data):
            return
        self.twins = find_twins(self.instance)
        if self.twins and not self.cleaned_data[ANOTHER]:
            self.add_error(None, _("It may be here already: look at what stands above the form."))

    @property
    def twin_links(self) -> list[tuple[str, Twin]]:
        """The twins with their pages on the desk."""
        name = f"admin:claims_{self.instance._meta.model_name}_change"
        return [(reverse(name, args=[twin.record.pk]), twin) for twin in self.twins]
