"""What every page of the desk shares: it writes through actions, and answers a refusal in words."""

import logging
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import BadRequest
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from claims import actions
from claims.actions import Refused

from .choices import with_meaning
from .forms import DeskForm, LinkFormSet
from .widgets import Chosen, ChosenMany, Lines

logger = logging.getLogger(__name__)

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def record(*first: Any) -> tuple[Any, dict[str, Any]]:
    """The last fieldset of a page, folded: what is rarely changed, and what nobody types."""
    return (
        _l("Address, record"),
        {
            "fields": first,
            "classes": ("collapse",),
            "description": _l("What is rarely changed, and what nobody types."),
        },
    )


ENTERED = ("created_by", "created_at", "changed_at")
PUBLISHED = ("published_by", "published_at")


class Fields:
    """How fields look, on pages and in inlines alike."""

    formfield_overrides = {
        models.TextField: {"widget": Lines(attrs={"rows": 3})},
        models.DateField: {"widget": DAY},
        models.URLField: {"assume_scheme": "https"},
    }
    lines: dict[str, type[forms.Widget]] = {}  # fields that get another widget here

    def formfield_for_choice_field(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        required = not db_field.blank and not db_field.has_default()
        choices = with_meaning(db_field, blank=required or db_field.blank)
        if choices is not None:
            kwargs["choices"] = choices
        return super().formfield_for_choice_field(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = Chosen(db_field, self.admin_site)  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs["widget"] = ChosenMany(db_field, self.admin_site)  # type: ignore[attr-defined]
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.lines:
            kwargs["widget"] = self.lines[db_field.name]()
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # One way to add what is missing; changing it has its own page, and view links crowd the form.
            field.widget.can_change_related = field.widget.can_delete_related = False
            field.widget.can_view_related = False
        return field


class DeskAdmin(Fields, admin.ModelAdmin):
    form = DeskForm
    list_per_page = 50
    show_full_result_count = False  # counting a whole table costs more than the number tells

    class Media:
        js = ["claims/desk.js"]

    # Writing -----------------------------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        actions.save(obj, by=request.user, now=timezone.now())  # type: ignore[arg-type]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        formset.save(commit=False)
        now = timezone.now()
        for record in formset.deleted_objects:
            actions.delete(record, now=now)
        changed = [record for record, names in formset.changed_objects if set(names) - {"stance"}]
        for record in [*changed, *formset.new_objects]:
            actions.save(record, by=request.user, now=now)  # type: ignore[arg-type]
        formset.save_m2m()
        if isinstance(formset, LinkFormSet) and formset.may_grade:
            self._grade(request, formset)

    def _grade(self, request: HttpRequest, formset: LinkFormSet) -> None:
        stances = {
            form.instance: form.cleaned_data["stance"]
            for form in formset.forms
            if "stance" in form.changed_data and form not in formset.deleted_forms and form.instance.pk
        }
        if stances:
            actions.grade(stances, by=formset.rater, now=timezone.now())

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        actions.delete(obj, now=timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for record in queryset:
            actions.delete(record, now=timezone.now())

    # Answering ---------------------------------------------------------------------------------------------

    def changeform_view(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return self._in_words(request, super().changeform_view, *args, **kwargs)

    def changelist_view(self, request: Any, extra_context: Any = None) -> Any:
        title = {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        return self._in_words(request, super().changelist_view, title)

    def delete_view(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return self._in_words(request, super().delete_view, *args, back="../change/", **kwargs)

    def response_action(self, request: HttpRequest, queryset: Any, *args: Any, **kwargs: Any) -> Any:
        if not all(key.isdecimal() for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise BadRequest(
                _("The selection holds something that is no record. Reload the list and try again.")
            )
        return super().response_action(request, queryset, *args, **kwargs)

    def _in_words(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        *args: Any,
        back: str = "",
        **kwargs: Any,
    ) -> HttpResponse:
        """One save, one transaction, one scoring; what the rules refuse changes nothing and says why."""
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            with actions.scored_once(now=timezone.now()), transaction.atomic():
                return view(request, *args, **kwargs)
        except Refused as refusal:
            messages.error(request, str(refusal))
        except IntegrityError:
            logger.warning("Refused by the database at %s", request.path, exc_info=True)
            messages.error(
                request,
                _(
                    "Nothing was saved: somebody else saved the same just now. Look at what is there, and try again."
                ),
            )
        return HttpResponseRedirect(back or request.get_full_path())
