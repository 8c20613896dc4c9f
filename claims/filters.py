"""The FilterSet for claims. The list of claims uses it, and so does everything else that lists claims."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField

from claims.domain.vocabulary import ClaimKind, ClaimStanding, Settlement, State
from claims.models import Claim, Place, Speaker, Topic
from claims.models.base import term_choices
from claims.models.fields import PartialDateFormField
from claims.search import parse_query, rank_records, search_records
from claims.selectors.claim_lists import ClaimGaps, GapAverage, TooManyClaims
from claims.selectors.kept_counts import COLUMNS, SCOPES, CountedChoice, are_all_known
from claims.text.search_terms import SearchTerm

RELEVANCE = "relevance"
SORTS = [
    (RELEVANCE, _("best match")),
    ("widest", _("largest gap")),
    ("narrowest", _("smallest gap")),
    ("latest", _("newest")),
    ("earliest", _("oldest")),
    ("doubt", _("most uncertain")),
    ("moved", _("recently changed")),
]


ON_THE_GAP = {"state", "gap_min", "gap_max"}


# The related records of a claim, and the paths from them to the claim.
NESTED: dict[str, Any] = {"topic": Topic, "place": Place}  # a choice includes everything inside it


class PartialDateFilter(filters.Filter):
    field_class = PartialDateFormField


class LocalizedNameField(ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return obj.called


class LocalizedNameFilter(filters.ModelChoiceFilter):
    """A choice of records, labelled with their names in the language of the page."""

    field_class = LocalizedNameField


class ClaimFilter(filters.FilterSet):
    """The filters on all public claims. `gaps` says for which day the filters on state and gap apply."""

    q = filters.CharFilter(label=_("Search"), method="by_words", max_length=200)
    speaker = filters.ModelMultipleChoiceFilter(
        label=_("Speaker"), field_name="statement__speaker__slug", to_field_name="slug", distinct=False,
        queryset=Speaker.objects.none(),
    )  # fmt: skip
    standing = filters.MultipleChoiceFilter(
        label=_("Who speaks"),
        field_name="statement__speaker__standing",
        choices=term_choices(ClaimStanding),
        distinct=False,
    )
    topic = LocalizedNameFilter(
        label=_("Topic"), to_field_name="slug", method="by_topic", empty_label=_("any topic"),
        queryset=Topic.objects.none(),
    )  # fmt: skip
    place = LocalizedNameFilter(
        label=_("Place"), to_field_name="slug", method="by_place", empty_label=_("any place"),
        queryset=Place.objects.none(),
    )  # fmt: skip
    kind = filters.MultipleChoiceFilter(label=_("Kind"), choices=term_choices(ClaimKind), distinct=False)
    state = filters.MultipleChoiceFilter(label=_("Verdict"), choices=term_choices(State), method="by_state")
    settled = filters.MultipleChoiceFilter(
        label=_("Settled as"), choices=term_choices(Settlement), method="by_settlement"
    )
    gap_min = filters.NumberFilter(label=_("Gap from"), method="by_gap", min_value=0, max_value=100)
    gap_max = filters.NumberFilter(label=_("Gap to"), method="by_gap", min_value=0, max_value=100)
    said_from = PartialDateFilter(label=_("Said from"), method="by_said_from")
    said_to = PartialDateFilter(label=_("Said to"), method="by_said_to")
    sort = filters.ChoiceFilter(
        label=_("Order"), choices=SORTS, method="as_it_is", empty_label=None, null_label=None,
        widget=forms.Select,
    )  # fmt: skip

    class Meta:
        model = Claim
        fields: list[str] = []

    def __init__(self, *args: Any, gaps: ClaimGaps, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "queryset": gaps.claims})
        self.gaps = gaps
        # Only records that a claim public on the day refers to are offered and accepted.
        speakers = gaps.claims.order_by().values("statement__speaker")
        self.filters["speaker"].queryset = Speaker.objects.filter(pk__in=speakers)
        for nested, model in NESTED.items():
            self.filters[nested].queryset = model.objects.holding(gaps.claims, f"{nested}s")

    def by_words(self, claims: QuerySet[Claim], name: str, value: str) -> QuerySet[Claim]:
        return search_records(claims, self.wanted)

    def by_topic(self, claims: QuerySet[Claim], name: str, value: Topic) -> QuerySet[Claim]:
        return claims.filter(pk__in=Claim.objects.filter(topics__in=Topic.objects.within(value)).values("pk"))

    def by_place(self, claims: QuerySet[Claim], name: str, value: Place) -> QuerySet[Claim]:
        return claims.filter(pk__in=Claim.objects.filter(places__in=Place.objects.within(value)).values("pk"))

    def by_state(self, claims: QuerySet[Claim], name: str, value: list[str]) -> QuerySet[Claim]:
        return self.gaps.with_states(claims, value) if value else claims

    def by_settlement(self, claims: QuerySet[Claim], name: str, value: list[str]) -> QuerySet[Claim]:
        return self.gaps.settled(claims).filter(settled_as__in=value) if value else claims

    def by_gap(self, claims: QuerySet[Claim], name: str, value: Any) -> QuerySet[Claim]:
        low, high = (float(value), 100.0) if name == "gap_min" else (0.0, float(value))
        return self.gaps.within(claims, low, high)

    def by_said_from(self, claims: QuerySet[Claim], name: str, value: Any) -> QuerySet[Claim]:
        return claims.filter(statement__said_on__last__gte=_iso_day(value.first))

    def by_said_to(self, claims: QuerySet[Claim], name: str, value: Any) -> QuerySet[Claim]:
        return claims.filter(statement__said_on__first__lte=_iso_day(value.last))

    def as_it_is(self, claims: QuerySet[Claim], name: str, value: str) -> QuerySet[Claim]:
        return claims  # the order is applied after filtering and counting

    def filter_queryset(self, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        return self._chosen(queryset)

    def _chosen(self, claims: QuerySet[Claim], *, without: str = "") -> QuerySet[Claim]:
        """The claims that pass every filter except one.

        The filters on the gap run last: fewer claims then have to be scored for another day.
        """
        values = [item for item in self.form.cleaned_data.items() if item[0] != without]
        for name, value in sorted(values, key=lambda item: item[0] in ON_THE_GAP):
            claims = self.filters[name].filter(claims, value)
        return claims

    def value(self, name: str) -> Any:
        """The cleaned value of one filter; None or empty if it was invalid."""
        self.form.is_valid()  # cleans it
        return self.form.cleaned_data.get(name)

    @cached_property
    def wanted(self) -> list[SearchTerm]:
        return parse_query(self.value("q") or "")

    @property
    def order(self) -> str:
        asked = self.value("sort")
        if asked and (asked != RELEVANCE or self.wanted):
            return asked
        return self.usual

    @property
    def usual(self) -> str:
        """The order of the list if the address names none."""
        return RELEVANCE if self.wanted else "latest"

    @property
    def folds_unscored(self) -> bool:
        """Whether claims without a verdict are folded: not where a reader looks for words, movements or a verdict."""
        return self.order not in (RELEVANCE, "moved") and not self.value("state")

    @property
    def sorts(self) -> list[tuple[str, Any]]:
        """The orders that can be chosen. Relevance is offered only if there are search words."""
        return [sort for sort in SORTS if sort[0] != RELEVANCE or self.wanted]

    @property
    def keys(self) -> Any:
        """The keys of the matching claims, in the chosen order."""
        if self.order == RELEVANCE:
            return rank_records(self.qs, self.wanted).values_list("pk", flat=True)
        return self.gaps.sorted(self.qs, self.order)

    def without(self, name: str, wanted: Sequence[SearchTerm] = ()) -> int | None:
        """How many claims there would be without one filter, or with other search terms.

        None if there are too many to compute.
        """
        self.form.is_valid()
        try:
            others = self._chosen(self.queryset.all(), without=name)
            return (search_records(others, wanted) if wanted else others).count()
        except TooManyClaims:
            return None

    @property
    def average(self) -> GapAverage | None:
        """The mean gap of the matching claims; None if too many have to be scored for another day."""
        self.form.is_valid()
        choice = self._counted_choice()
        return choice.average() if choice else self.gaps.average(self.qs)

    @cached_property
    def _are_counts_kept(self) -> bool:
        return not self.gaps.day.asked and are_all_known(self.gaps.day.date)

    def _counted_choice(self, *, without: str = "") -> CountedChoice | None:
        """The chosen filters except one, as a choice of which the counts are kept; None if it is none."""
        values: dict[str, Any] = self.form.cleaned_data
        chosen = {
            name: value for name, value in values.items() if value not in (None, "", []) and name != without
        }
        if "speaker" in chosen and not chosen["speaker"]:
            del chosen["speaker"]
        chosen.pop("sort", None)
        scopes = SCOPES.keys() & chosen.keys()
        if len(scopes) > 1 or chosen.keys() - SCOPES.keys() - {*COLUMNS} or not self._are_counts_kept:
            return None
        columns = {name: value for name, value in chosen.items() if name in COLUMNS}
        for name in scopes:
            rows = chosen[name] if name == "speaker" else [chosen[name]]
            return CountedChoice(columns, name, [row.pk for row in rows])
        return CountedChoice(columns)

    def counts(self, name: str, column: str) -> dict[Any, int]:
        """How many claims each choice of one filter would give, with the other filters applied.

        Empty if too many claims would have to be scored for another day.
        """
        self.form.is_valid()  # cleans the form; invalid values are not applied
        choice = self._counted_choice(without=name)
        kept = choice.counts_by(name) if choice and name in (*COLUMNS, *SCOPES) else None
        if kept is not None:
            return kept
        try:
            others = self._chosen(self.queryset.all(), without=name)
        except TooManyClaims:
            return {}
        if name == "state":
            return self.gaps.states(others)
        if name == "settled":
            others = self.gaps.settled(others)
        if name in NESTED:
            return _counts_within_parents(name, others)
        rows = (
            others.order_by().values(column).annotate(n=Count("pk"))
        )  # no filter joins a many-to-many table, so rows are not multiplied
        return {row[column]: row["n"] for row in rows}


def _counts_within_parents(name: str, claims: QuerySet[Claim]) -> dict[int, int]:
    """The number of claims per topic or place, counting those of its descendants. A claim counts once for each."""
    through = getattr(Claim, f"{name}s").through.objects.filter(claim__in=claims.order_by().values("pk"))
    return NESTED[name].objects.counts_within(through.values_list("claim_id", f"{name}_id"))


def _iso_day(day: date) -> str:
    return day.isoformat()
