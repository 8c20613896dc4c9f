"""The page of synonyms: what search takes for one another."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from claims.models import Synonyms

from .desk import DeskAdmin


@admin.register(Synonyms)
class SynonymsAdmin(DeskAdmin):
    search_fields = ("words",)
    list_display = ("words",)
    ordering = ("words",)
    view_on_site = False
    fieldsets = (
        (
            None,
            {
                "fields": ("words",),
                "description": _(
                    "Whoever searches for one of these words finds the others too. Names that are spelled in several "
                    "ways, and the same name in another script."
                ),
            },
        ),
    )
