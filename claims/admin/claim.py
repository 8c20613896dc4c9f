from contextlib import suppress
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_POST

from claims.admin import list_columns
from claims.admin.field_layout import ENTERED, PUBLISHED, bookkeeping_fieldset
from claims.admin.gap_preview import build_statement_trail, link_contributions, posted_drafts
from claims.domain.dossier import Gap
from claims.domain.vocabulary import ClaimKind
from claims.domain.wording import signed_points
from claims.models import Claim, EvidenceLink, Statement
from claims.models.fields import read_typed_date
from claims.selectors.desk_blocks import links_sealed_for, links_with_sealed_words
from claims.selectors.dossiers import DESK, score_claim
from claims.selectors.localized_wording import statement_passage
from claims.selectors.previews import preview_receipt
from claims.selectors.receipts import Receipt, load_receipt

from .filing import FilingAdmin
from .forms import ClaimForm
from .inlines import EvidenceOfClaim, SearchNoteInline
from .link_forms import LinkFormSet
from .widgets import GrowingText

CLAIM = (
    "quote", "governing_words", "proposition", ("kind", "valid_from", "valid_until"), "criterion", "answer",
    ("topics", "places"), "repeats",
)  # fmt: skip
SPAN = _("The span is what the speaker said; the claim is one thing in it that evidence can answer.")
OUTCOME = (
    _("If it cannot be checked"),
    {
        "fields": ("uncheckable_reason",),
        "classes": ("collapse",),
        "description": _(
            "Such a claim has no score and counts in no average. Its reports stand beside it as context."
        ),
    },
)
SETTLEMENT = (
    _("Settlement of a commitment"),
    {
        "fields": (("settled_as", "settled_on"), "settlement"),
        "classes": ("collapse",),
        "description": _(
            "A commitment is settled by a decision, with its outcome, a day and a reason; never by silence."
        ),
    },
)
RECORD = bookkeeping_fieldset("statement", ("position", "slug"), ENTERED, PUBLISHED)


@admin.register(Claim)
class ClaimAdmin(FilingAdmin):
    form = ClaimForm
    inlines = (EvidenceOfClaim, SearchNoteInline)
    autocomplete_fields = ("statement", "topics", "places", "repeats")
    readonly_fields = (*ENTERED, *PUBLISHED)
    lines = {
        "proposition": GrowingText,
        "criterion": GrowingText,
        "quote": GrowingText,
        "governing_words": GrowingText,
        "answer": GrowingText,
        "uncheckable_reason": GrowingText,
        "settlement": GrowingText,
    }
    search_fields = ("proposition", "quote", "statement__title", "statement__speaker__name")
    list_display = ("proposition", "speaker", "said_day", "state", "gap_number", "badge", "needs")
    list_filter = (
        "status",
        list_columns.NeedsOfClaim,
        "kind",
        "settled_as",
        ("statement__speaker", admin.RelatedOnlyFieldListFilter),
        ("topics", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("statement__speaker", "gap")
    ordering = ("-statement__said_on", "statement_id", "position", "pk")

    def get_queryset(self, request: Any) -> Any:
        counts = {
            "links_n": EvidenceLink.objects.all(),
            "unrated_n": list_columns.unrated_links(),
            "ungraded_n": list_columns.undergraded_links(),
            "drafts_n": list_columns.links_to_drafts(),
            "unseen_n": links_sealed_for(request.user),
        }
        counted = {name: list_columns.count_related(rows, "claim") for name, rows in counts.items()}
        return super().get_queryset(request).select_related("statement__speaker", "gap").annotate(**counted)

    # The page ----------------------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Claim | None = None) -> Any:
        if obj is None:
            return [(None, {"fields": ("statement", *CLAIM), "description": SPAN})]
        sets = [(None, {"fields": CLAIM, "description": SPAN}), OUTCOME, SETTLEMENT, RECORD]
        return self.translated_too(request, sets, obj)

    def get_inlines(self, request: HttpRequest, obj: Claim | None) -> Any:
        return self.inlines if obj else ()

    def render_change_form(
        self, request: Any, context: Any, *args: Any, obj: Any = None, **kwargs: Any
    ) -> Any:
        if obj is None:
            context["said"] = self._chosen_statement(request)
        else:
            found = load_receipt(obj, timezone.localdate(), DESK, request.user)
            _attach_parts_to_rows(context["inline_admin_formsets"], found)
            context |= {
                **_preview_context(found, *self._public_gap(obj, request.user)),
                "trail": build_statement_trail(obj),
                "passage": statement_passage(obj),
                "preview_url": reverse("admin:claims_claim_preview", args=[obj.pk]),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _chosen_statement(self, request: HttpRequest) -> Statement | None:
        """The statement whose words stand beside the form of a new claim: the one that was chosen, or None."""
        key = (request.POST if request.method == "POST" else request.GET).get("statement", "")
        return Statement.objects.filter(pk=key).first() if key.isdecimal() else None

    def _public_gap(self, claim: Claim, user: Any) -> tuple[Gap | None, bool]:
        """The gap that readers see today, or None; and whether the user still has to grade blind, so that it is not
        shown.
        """
        unseen = links_sealed_for(user).filter(claim=claim).exists()
        is_public = claim.is_visible and not unseen
        # As stored: the form may have laid the editor's own proposal over the claim.
        return score_claim(
            Claim.objects.get(pk=claim.pk), timezone.localdate()
        ) if is_public else None, unseen

    def response_change(self, request: HttpRequest, obj: Claim) -> HttpResponse:
        answer = super().response_change(request, obj)
        after = build_statement_trail(obj).after if "_next" in request.POST else None
        if after is None:
            return answer
        return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[after.pk]))

    # The live preview --------------------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.preview_view))
        return [path("<int:pk>/preview/", view, name="claims_claim_preview"), *super().get_urls()]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The gap if the posted form were saved, as JSON. Writes nothing."""
        claim = self.get_object(request, str(pk))
        if claim is None:
            raise Http404
        if not self.has_change_permission(request, claim):
            raise PermissionDenied
        public = self._public_gap(claim, request.user)
        _apply_posted_fields(claim, request.POST)
        sealed = links_with_sealed_words(request.user).filter(claim=claim)  # type: ignore[arg-type]
        rows = posted_drafts(claim, request.POST, set(sealed.values_list("pk", flat=True)))
        found = preview_receipt(claim, list(rows.values()), rater=request.user, as_of=timezone.localdate())  # type: ignore[arg-type]
        parts = link_contributions(found, [draft.link for draft in rows.values()])
        context = {**_preview_context(found, *public), "original": claim}
        return JsonResponse(
            {
                "panel": render_to_string("admin/claims/_gap.html", context, request),
                "rows": {prefix: vars(parts[draft.link.evidence.slug]) for prefix, draft in rows.items()},
                "sum": list_columns.exact_headline(found.gap.gap),
            }
        )

    # The list ----------------------------------------------------------------------------------------------

    @admin.display(description=_("speaker"), ordering="statement__speaker__name")
    def speaker(self, claim: Claim) -> str:
        return str(claim.statement.speaker)

    @admin.display(description=_("said on"), ordering="statement__said_on")
    def said_day(self, claim: Claim) -> str:
        return list_columns.format_column_day(claim.statement.said_on)

    # Not sortable: the order would reveal values that are hidden.

    @admin.display(description=_("state"))
    def state(self, claim: Any) -> str:
        return (
            list_columns.grade_first_notice()
            if claim.unseen_n
            else list_columns.verdict_badge(getattr(claim, "gap", None))
        )

    @admin.display(description=_("gap"))
    def gap_number(self, claim: Any) -> str:
        return (
            list_columns.NONE
            if claim.unseen_n
            else list_columns.headline_or_dash(getattr(claim, "gap", None))
        )

    @admin.display(description=_("status"), ordering="status")
    def badge(self, claim: Claim) -> str:
        return list_columns.status_badge(claim.status)

    @admin.display(description=_("needs"), empty_value="")
    def needs(self, claim: Any) -> str:
        return list_columns.needs_list(
            ([] if claim.criterion or claim.is_uncheckable else [_("how this is tested")])
            + ([] if claim.answer else [_("what happened")])
            + ([] if claim.quote else [_("its span")])
            + ([] if claim.links_n else [_("evidence")])
            + list_columns.counted_need(ngettext_lazy("%(n)d stance", "%(n)d stances", "n"), claim.unrated_n)
            + list_columns.counted_need(ngettext_lazy("%(n)d grade", "%(n)d grades", "n"), claim.ungraded_n)
            + list_columns.counted_need(ngettext_lazy("%(n)d draft", "%(n)d drafts", "n"), claim.drafts_n)
        )


def _preview_context(found: Receipt, public: Gap | None, unseen: bool) -> dict[str, Any]:
    """The context of the preview: the receipt of the drafts, the public gap, and the difference."""
    moved = ""
    if public and None not in (public.headline, found.gap.headline):
        moved = signed_points(found.gap.headline - public.headline)  # type: ignore[operator]
        moved = "" if moved == signed_points(0) else moved
    return {"receipt": found, "public": public, "unseen": unseen, "moved": moved}


def _attach_parts_to_rows(inlines: list[Any], found: Receipt) -> None:
    """Attach to each row of the inline its part in the gap."""
    for inline in inlines:
        if isinstance(inline.formset, LinkFormSet):
            forms = [form for form in inline.formset.initial_forms if form.instance.evidence_id]
            parts = link_contributions(found, [form.instance for form in forms])
            for form in forms:
                form.part = parts[form.instance.evidence.slug]


def _apply_posted_fields(claim: Claim, post: Any) -> None:
    """Copy the valid values of kind, days and why it cannot be checked from the form to the claim."""
    if post.get("kind") in {kind.value for kind in ClaimKind}:
        claim.kind = post["kind"]
    claim.uncheckable_reason = post.get("uncheckable_reason", claim.uncheckable_reason)
    for name in ("valid_from", "valid_until"):
        with suppress(ValidationError):
            setattr(claim, name, read_typed_date(post[name]) if post.get(name) else None)
