"""The form of a decision: the reason, what was checked, and the correction notice if one is required."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.change_notice_form import NoticeFormMixin, notice_fields
from claims.admin.widgets import MultilineText
from claims.domain.workflow import PublishingCheck


class ReasonForm(NoticeFormMixin, forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=2000, widget=MultilineText(attrs={"rows": 3})
    )

    def __init__(
        self,
        *args: Any,
        required: bool = True,
        with_notice: bool = False,
        checks: Collection[PublishingCheck] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = required and not checks
        self.needs_answer = required
        if checks:  # what is ticked is as good as a reason
            if required:
                self.fields["reason"].help_text = _("Optional once a box is ticked.")
            self.fields["checks"] = forms.MultipleChoiceField(
                label=_("What you have checked"),
                required=False,
                choices=[(check.value, _(check.meaning)) for check in checks],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": _("Tick only what is offered here.")},
            )
        if with_notice:
            self.fields |= notice_fields()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if (
            self.needs_answer
            and "checks" in self.fields
            and not (self.ticked or (cleaned or {}).get("reason", "").strip())
        ):
            self.add_error("reason", _("Tick what you checked, or say it in a line."))
        return cleaned

    @property
    def ticked(self) -> list[PublishingCheck]:
        return [PublishingCheck(value) for value in self.cleaned_data.get("checks", ())]
