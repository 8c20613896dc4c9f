"""The fields of an editor's own grading, in the rows of links and on the page that grades a dossier."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.domain.vocabulary import Stance

from .widgets import GrowingText, StanceRadios


def stance_field() -> forms.TypedChoiceField:
    """The choice of a stance; None while the editor has not graded the link."""
    return forms.TypedChoiceField(
        label=gettext_lazy("your stance"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=StanceRadios,
        choices=_stance_choices,
    )


def clause_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("settles it alone, by which clause of the test"),
        required=False,
        max_length=300,
        widget=GrowingText,
    )


def own_reason_field() -> forms.CharField:
    return forms.CharField(label=gettext_lazy("why"), required=False, widget=GrowingText)


def _stance_choices() -> list[tuple[Any, Any]]:
    return [("", _("not graded by you")), *((stance.value, _(stance.label)) for stance in Stance)]


def refuse_clause_without_stance(form: forms.BaseForm, clause: str) -> None:
    """Add an error where a clause was typed and no stance was chosen: nothing would keep the clause."""
    if form.cleaned_data.get("stance") is None and form.cleaned_data.get(clause):
        form.add_error(clause, _("Choose your stance too: the clause is a part of your grading."))


def refuse_reason_without_stance(form: forms.BaseForm, reason: str) -> None:
    """Add an error where a reason was typed and no stance was chosen: nothing would keep the reason."""
    if form.cleaned_data.get("stance") is None and form.cleaned_data.get(reason):
        form.add_error(reason, _("Choose your stance too: the reason is a part of your grading."))
