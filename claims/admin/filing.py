"""Topics and places for several claims at once: chosen in the list of claims, given on a page of their own."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims import actions
from claims.actions import RuleViolation
from claims.admin.kept_forms import sign_writer
from claims.admin.submission import proposal_message
from claims.models import Claim

from .forms import ROWS
from .publishing import PublishableAdmin
from .reason_form import ReasonForm
from .widgets import AutocompleteKeys

FIELDS = ("topics", "places")


class FilingForm(ReasonForm):
    """What is added to the claims, what is taken away, and why if readers see one of them."""

    def __init__(self, data: Any, site: admin.AdminSite, request: HttpRequest, *, required: bool) -> None:
        super().__init__(data, required=required)
        self.fields["reason"].help_text = _("Needed for claims that readers see.")
        words = {"add": _("Add: %(what)s"), "remove": _("Take away: %(what)s")}
        chosen = {}
        for act, label in words.items():
            for name in FIELDS:
                field: Any = Claim._meta.get_field(name)
                what = {"what": capfirst(str(field.verbose_name))}
                chosen[f"{act}_{name}"] = _rows_field(field, site, request, label % what, adds=act == "add")
        self.fields = {**chosen, **self.fields}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in self.fields if name != "reason"):
            self.add_error(None, _("Choose a topic or a place."))
        return cleaned

    def rows(self, act: str) -> dict[str, list[Any]]:
        return {name: list(self.cleaned_data[f"{act}_{name}"]) for name in FIELDS}


def _rows_field(
    field: Any, site: admin.AdminSite, request: HttpRequest, label: str, *, adds: bool
) -> forms.ModelMultipleChoiceField:
    """A pick-list. A new row can be made from that of what is added."""
    widget: Any = AutocompleteKeys(field, site)
    if adds and site.get_model_admin(field.related_model).has_add_permission(request):
        widget = RelatedFieldWidgetWrapper(widget, field.remote_field, site, can_add_related=True)
    rows = field.related_model._default_manager.all()
    return forms.ModelMultipleChoiceField(rows, label=label, required=False, widget=widget)


class FilingAdmin(PublishableAdmin):
    """The list of claims with the action that gives topics and places."""

    actions = [*PublishableAdmin.actions, "file_selected"]

    @admin.action(description=gettext_lazy("Topics and places …"), permissions=["change"])
    def file_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        claims = list(queryset[: ROWS + 1])
        if len(claims) > ROWS:
            messages.error(request, _("Choose at most %(most)d claims at once.") % {"most": ROWS})
            return None
        required = any(claim.is_visible for claim in claims)
        data = request.POST if "reason" in request.POST else None
        form = FilingForm(data, self.admin_site, request, required=required)
        if form.is_valid() and self._file(request, claims, form):
            return None
        context = {
            **self.admin_site.each_context(request),
            "writer": sign_writer(request.user),
            "title": _("Topics and places"),
            "opts": self.opts,
            "form": form,
            "media": self.media + form.media,
            "claims": claims,
            "back": request.get_full_path(),
            "checkbox": ACTION_CHECKBOX_NAME,
            "selected": [claim.pk for claim in claims],
        }
        return TemplateResponse(request, "admin/claims/filing.html", context)

    def _file(self, request: HttpRequest, claims: list[Claim], form: FilingForm) -> bool:
        now = timezone.now()
        try:
            with actions.batch_rescoring(now=now):
                done = actions.file_claims(
                    claims, add=form.rows("add"), remove=form.rows("remove"),
                    by=request.user, now=now, reason=form.cleaned_data["reason"],  # type: ignore[arg-type]
                )  # fmt: skip
        except RuleViolation as refusal:
            messages.error(request, str(refusal))
            return False
        changed = ngettext("%(count)d claim changes.", "%(count)d claims change.", done.changed)
        messages.success(request, changed % {"count": done.changed})
        if done.proposals:
            messages.info(request, proposal_message(done.proposals))
        return True
