"""Columns and filters of lists: the state, the gap, and what an editor has to do."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.domain.vocabulary import State, Status
from claims.domain.wording import whole_gap
from claims.models import EvidenceLink, Rating
from claims.models.evidence import unfindable_condition
from claims.selectors.localized_wording import partial_date_in_words, verdict_in_words
from claims.selectors.unpublished import entered_by_nobody

NONE = "—"


def status_badge(status: str) -> SafeString:
    return format_html('<span class="desk-badge {}">{}</span>', status, _(Status(status).label))


def headline_or_dash(gap: Any) -> str:
    """The headline gap of a claim; a dash if there is no verdict."""
    return NONE if gap is None or gap.headline is None else whole_gap(gap.headline)


def exact_headline(value: float | None) -> str:
    return NONE if value is None else f"{value:.2f}"


def verdict_badge(gap: Any) -> SafeString | str:
    if gap is None:
        return NONE
    term = State(gap.state)
    words = verdict_in_words(term, tentative=gap.tentative)
    return format_html('<span class="desk-state {}">{}</span>', term.value, words)


def grade_first_notice() -> SafeString:
    return format_html('<span class="desk-quiet">{}</span>', _("grade its reports first"))


def needs_list(words: list[Any]) -> SafeString | str:
    """What an editor has to do, as an HTML list; empty if there is nothing."""
    return format_html_join("", '<span class="desk-need">{}</span>', [(word,) for word in words])


def format_column_day(value: Any) -> str:
    return partial_date_in_words(value) or NONE


def count_related(rows: QuerySet[Any], by: str) -> Coalesce:
    """The number of rows that belong to the record, as a subquery. Joins would multiply the counts."""
    counts = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)


def live_links(links: QuerySet[EvidenceLink]) -> QuerySet[EvidenceLink]:
    return links.exclude(evidence__status=Status.WITHDRAWN)


def unrated_links() -> QuerySet[EvidenceLink]:
    return live_links(EvidenceLink.objects.exclude(pk__in=Rating.objects.values("link")))


def undergraded_links() -> QuerySet[EvidenceLink]:
    return live_links(EvidenceLink.objects.filter(evidence__credibility__isnull=True))


def links_to_drafts() -> QuerySet[EvidenceLink]:
    return EvidenceLink.objects.filter(evidence__status__in=[Status.DRAFT, Status.IN_REVIEW])


def counted_need(words: Any, number: int) -> list[str]:
    """The words with their number, in a list; empty for 0. `words` comes from `ngettext_lazy` and counts by `n`."""
    return [words % {"n": number}] if number else []


class EnteredByFilter(admin.SimpleListFilter):
    """Filters a list by who entered a record: the account itself, or nobody who still works here."""

    title = gettext_lazy("entered by")
    parameter_name = "entered"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [("me", gettext_lazy("me")), ("nobody", gettext_lazy("nobody who still works here"))]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        match self.value():
            case "me":
                return queryset.filter(created_by=request.user)
            case "nobody":
                return queryset.filter(entered_by_nobody())
        return None


class NeedsAttentionFilter(admin.SimpleListFilter):
    """Filters a list by what an editor has to do. `rules` maps a value to its label and its condition."""

    title = gettext_lazy("needs")
    parameter_name = "needs"
    rules: dict[str, tuple[Any, Q]] = {}

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [(value, words) for value, (words, _condition) in self.rules.items()]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        rule = self.rules.get(self.value() or "")
        return queryset.filter(rule[1]) if rule else None


class NeedsOfClaim(NeedsAttentionFilter):
    rules = {
        "criterion": (gettext_lazy("how this is tested"), Q(criterion="", uncheckable_reason="")),
        "answer": (gettext_lazy("what happened"), Q(answer="")),
        "outcome": (gettext_lazy("how it was settled"), Q(settled_on__isnull=False, settled_as="")),
        "span": (gettext_lazy("its span"), Q(quote="")),
        "evidence": (gettext_lazy("evidence"), Q(links_n=0)),
        "stance": (gettext_lazy("a stance on a link"), Q(unrated_n__gt=0)),
        "grade": (gettext_lazy("a grade of a report"), Q(ungraded_n__gt=0)),
    }


class NeedsOfEvidence(NeedsAttentionFilter):
    rules = {
        "grade": (gettext_lazy("a grade"), Q(credibility__isnull=True)),
        "link": (gettext_lazy("a link to a claim"), Q(links_n=0)),
        "stance": (gettext_lazy("a stance on a link"), Q(unrated_n__gt=0)),
        "address": (gettext_lazy("where it can be read"), unfindable_condition()),
        "archive": (gettext_lazy("an archived copy"), Q(archived_url="")),
    }


class WhereToRead(NeedsAttentionFilter):
    title = gettext_lazy("where it can be read")
    parameter_name = "read"
    rules = {
        "address": (gettext_lazy("at a web address"), ~Q(url="")),
        "reference": (gettext_lazy("elsewhere"), Q(url="") & ~Q(reference="")),
        "reason": (
            gettext_lazy("nowhere, with the reason"),
            Q(url="", reference="") & ~Q(no_address_reason=""),
        ),
        "unsaid": (gettext_lazy("not said"), unfindable_condition()),
    }


class NeedsOfStatement(NeedsAttentionFilter):
    rules = {
        "claims": (gettext_lazy("claims"), Q(claims_n=0)),
        "archive": (gettext_lazy("an archived copy"), Q(archived_url="")),
    }


class NeedsOfSource(NeedsAttentionFilter):
    rules = {
        "grade": (gettext_lazy("a grade"), Q(reliability="F")),
        "use": (gettext_lazy("a use"), Q(used_n=0)),
    }
