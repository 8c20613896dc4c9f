"""Undo of one's own last step. Steps are listed only in a record's history."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claims import actions
from claims.actions import RuleViolation
from claims.admin.desk import ReadOnlyAdmin
from claims.models import DeskStep


@admin.register(DeskStep)
class DeskStepAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.undo_view))
        return [path("<int:pk>/undo/", view, name="claims_deskstep_undo"), *super().get_urls()]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def undo_view(self, request: Any, pk: int) -> HttpResponseRedirect:
        step = get_object_or_404(DeskStep, pk=pk, by=request.user)
        try:
            with actions.batch_rescoring(now=timezone.now()):
                actions.undo_step(step, by=request.user, now=timezone.now())
        except RuleViolation as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Undone: %(label)s") % {"label": step.label})
        return HttpResponseRedirect(reverse("admin:index"))
