from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from claims.admin import list_columns
from claims.admin.field_layout import ENTERED, PUBLISHED, bookkeeping_fieldset
from claims.domain.vocabulary import Status
from claims.models import Claim, Statement
from claims.selectors.date_doubts import date_doubts

from .dossier import DossierPages
from .inlines import ClaimInline
from .publishing import PublishableAdmin
from .widgets import GrowingText, MultilineText


class OfficialWordsForm(MultilineText):
    def __init__(self) -> None:
        super().__init__({"rows": 8, "class": "desk-words"})


@admin.register(Statement)
class StatementAdmin(DossierPages, PublishableAdmin):
    inlines = (ClaimInline,)
    autocomplete_fields = ("speaker", "place", "source")
    readonly_fields = (*ENTERED, *PUBLISHED)
    lines = {
        "text": OfficialWordsForm,
        "reported_text": OfficialWordsForm,
        "original_text": OfficialWordsForm,
        "title": GrowingText,
        "occasion": GrowingText,
    }
    search_fields = ("title", "text", "reported_text", "speaker__name", "occasion")
    list_display = ("title", "speaker", "said_day", "reporting", "claims_count", "badge", "needs")
    list_filter = (
        "status",
        list_columns.NeedsOfStatement,
        "reporting",
        ("speaker", admin.RelatedOnlyFieldListFilter),
        "language",
    )
    list_select_related = ("speaker",)
    ordering = ("-said_on", "pk")
    fieldsets = (
        (
            _("Who said what"),
            {
                "fields": (
                    "title",
                    ("speaker", "said_on", "place"),
                    "occasion",
                    ("reporting", "language"),
                    "text",
                    "reported_text",
                ),
                "description": _(
                    "Official words letter for letter, as the source has them; nothing mended, nothing "
                    "silently left out."
                ),
            },
        ),
        (
            _("Where they come from"),
            {
                "fields": (("source", "url", "archived_url"),),
                "description": _(
                    "The page that a reader can check, and a copy that stays when the page goes."
                ),
            },
        ),
        (
            _("Original wording, if the words above are a translation"),
            {
                "fields": ("original_text", ("original_language", "translator")),
                "classes": ("collapse",),
                "description": _("As it was said, and who put it into the language above."),
            },
        ),
        bookkeeping_fieldset("slug", ENTERED, PUBLISHED),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        counts = {
            "claims_n": Claim.objects.all(),
            "drafts_n": Claim.objects.filter(status="draft"),
            "unsettled_n": Claim.objects.filter(criterion="", uncheckable_reason=""),
        }
        counted = {name: list_columns.count_related(rows, "statement") for name, rows in counts.items()}
        return super().get_queryset(request).annotate(**counted)

    def readers_see(self, obj: Statement) -> bool:
        return super().readers_see(obj) or obj.claims.filter(status=Status.PUBLISHED).exists()

    def save_model(self, request: Any, obj: Statement, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        for words in date_doubts(obj, timezone.localdate()):
            messages.warning(request, words)

    @admin.display(description=_("said on"), ordering="said_on")
    def said_day(self, statement: Statement) -> str:
        return list_columns.format_column_day(statement.said_on)

    @admin.display(description=_("claims"))
    def claims_count(self, statement: Any) -> int:
        return statement.claims_n

    @admin.display(description=_("status"), ordering="status")
    def badge(self, statement: Statement) -> str:
        return list_columns.status_badge(statement.status)

    @admin.display(description=_("needs"), empty_value="")
    def needs(self, statement: Any) -> str:
        return list_columns.needs_list(
            ([] if statement.claims_n else [_("claims")])
            + ([] if statement.archived_url else [_("an archived copy")])
            + list_columns.counted_need(
                ngettext_lazy("%(n)d draft claim", "%(n)d draft claims", "n"), statement.drafts_n
            )
            + list_columns.counted_need(
                ngettext_lazy("%(n)d criterion", "%(n)d criteria", "n"), statement.unsettled_n
            )
        )
