"""Inlines: claims in a statement, links in a claim and in a piece of evidence."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.admin.field_layout import FieldLayoutMixin
from claims.models import Claim, EvidenceLink, Role, SearchNote

from .forms import ROWS, ClaimForm, ClaimFormSet, DeskForm, DeskFormSet
from .link_forms import RATIONALE, LinkForm, LinkFormSet
from .translations import translatable_field_names, translation_form_class
from .widgets import GrowingText


class DeskInline(FieldLayoutMixin, admin.options.InlineModelAdmin):
    form = DeskForm
    formset = DeskFormSet
    max_num = ROWS
    extra = 1  # one empty row for browsers without scripts; a script adds more
    guidance = ""

    def get_formset(self, request: Any, obj: Any = None, **kwargs: Any) -> Any:
        # Without this limit, Django builds and shows up to a thousand more rows before it refuses them.
        formset = super().get_formset(request, obj, absolute_max=ROWS, **kwargs)
        formset.editor = request.user
        return formset


class ClaimInline(DeskInline):
    model = Claim
    form = ClaimForm
    formset = ClaimFormSet
    template = "admin/claims/edit_inline/claims.html"
    fields = ("proposition", "kind", "valid_from", "valid_until", "quote", "criterion")
    lines = {"proposition": GrowingText, "quote": GrowingText, "criterion": GrowingText}
    guidance = _(
        "One checkable proposition each. Copy its span from the words above, letter for letter, and no more of them."
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("gap")


LINK_FIELDS = (
    "stance", "directness", "interested", "decisive_clause", RATIONALE, "rationale", "distinct_reason",
    *translatable_field_names(EvidenceLink),
)  # fmt: skip


class LinkInline(DeskInline):
    model = EvidenceLink
    form = translation_form_class(LinkForm, EvidenceLink)
    formset = LinkFormSet
    template = "admin/claims/edit_inline/links.html"
    lines = {"rationale": GrowingText, "distinct_reason": GrowingText}

    def get_formset(self, request: Any, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.may_grade = request.user.has_perm("claims.add_rating")
        return formset


class EvidenceOfClaim(LinkInline):
    verbose_name_plural = _("The evidence")
    of_claim = True
    facts = "admin/claims/edit_inline/_report.html"
    fields = ("evidence", *LINK_FIELDS)
    autocomplete_fields = ("evidence",)
    guidance = _(
        "Grade the report, not your view of the speaker. A report that only repeats the claim is context."
    )

    def get_formset(self, request: Any, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.once = ("evidence_id",)
        return formset

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = (
            super()
            .get_queryset(request)
            .select_related("evidence__source", "evidence__relays", "evidence__origin")
        )
        return rows.order_by("evidence__known", "pk")


class ClaimsOfEvidence(LinkInline):
    verbose_name_plural = _("Claims it bears on")
    of_claim = False
    facts = "admin/claims/edit_inline/_claim.html"
    fields = ("claim", *LINK_FIELDS)
    autocomplete_fields = ("claim",)
    guidance = _("For each claim on its own: would the claim be weaker or stronger if this report is right?")

    def get_formset(self, request: Any, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.once = ("claim_id",)
        return formset

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("claim__statement__speaker", "claim__gap")


class SearchNoteInline(DeskInline):
    model = SearchNote
    template = "admin/claims/edit_inline/rows.html"
    form = translation_form_class(DeskForm, SearchNote)
    fields = (
        "side", "sought", "where", "outcome", "found", "searched_on", *translatable_field_names(SearchNote),
    )  # fmt: skip
    verbose_name_plural = _("What was searched for")
    lines = {"sought": GrowingText, "where": GrowingText, "outcome": GrowingText}
    guidance = _(
        "The score cannot see what nobody looked for. Note at least one search for each side, found or not."
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("searched_by")

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "searched_on":
            kwargs["initial"] = timezone.localdate
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class RoleInline(DeskInline):
    model = Role
    template = "admin/claims/edit_inline/rows.html"
    form = translation_form_class(DeskForm, Role)
    fields = ("title", "start", "end", *translatable_field_names(Role))
    verbose_name_plural = _("Roles")
    guidance = _(
        "Offices held, each from and to; the one held on the day of a statement stands beside its words."
    )
