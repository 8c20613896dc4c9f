"""The pages of statements, speakers, topics, places, sources and evidence.

A record that nothing published refers to has no page.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from claims.ledger.entries import history_query
from claims.models import Claim, Evidence, EvidenceLink, PageCopy, Place, Speaker, Statement, Topic
from claims.models.translated import localized_name, page_language
from claims.records.registry import RECORD_KINDS
from claims.request_parameters import requested_as_of, requested_page
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.claim_lists import ClaimGaps
from claims.selectors.ground_reports import reports_by_place
from claims.selectors.place_maps import DrawnMap, draw_map
from claims.selectors.speaker_charts import claims_to_draw, topic_standings, verdict_counts
from claims.selectors.timeline import build_timeline
from claims.selectors.transcripts import build_transcript
from claims.views.old_addresses import follows_old_address
from claims.views.withdrawn_responses import tells_withdrawn

MOST_ECHOES = 30  # echoes named on the page of a report
MOST_COPIES = 10  # copies named there, the newest

# The charts of each kind of page.
PICTURES: dict[str, dict[str, Callable[[ClaimGaps], Any]]] = {
    "speaker": {"pictured": claims_to_draw, "standings": topic_standings, "verdicts": verdict_counts},
    "topic": {"timeline": build_timeline, "verdicts": verdict_counts},
    "place": {"timeline": build_timeline, "verdicts": verdict_counts},
}


def _claims_page(
    request: HttpRequest, template: str, claims: QuerySet[Claim], day: AsOfDay, **context: Any
) -> HttpResponse:
    """A page about something, with a page of its claims and their average."""
    gaps = ClaimGaps(claims, day)
    context |= {name: read(gaps) for name, read in PICTURES[template].items()}
    page = requested_page(request, gaps.sorted(gaps.claims, "latest"))
    rows = gaps.listed(page.object_list)
    context |= {"page": page, "rows": rows, "average": gaps.average(gaps.claims)}
    context["first_words"] = gaps.first_words()
    return render(request, f"claims/{template}.html", context)


@require_safe
@tells_withdrawn(Statement)
def statement_page(request: HttpRequest, slug: str) -> HttpResponse:
    day = requested_as_of(request)
    statements = Statement.objects.published().select_related("speaker", "place", "source")
    statement = get_object_or_404(statements.prefetch_related("speaker__roles", "corrections"), slug=slug)
    if statement.said_on.last > day.date:
        return render(request, "claims/not_yet_said.html", {"statement": statement}, status=404)
    gaps = ClaimGaps(Claim.objects.published().filter(statement=statement), day)
    page = requested_page(request, gaps.claims.order_by("position", "pk").values_list("pk", flat=True))
    rows = gaps.listed(page.object_list)
    return render(
        request,
        "claims/statement.html",
        {
            "statement": statement,
            "role": statement.speaker.role_on(statement.said_on.last),
            "timeline": build_timeline(gaps),
            "page": page,
            "rows": rows,
            "transcript": build_transcript(statement, rows, page_language(), max(page.start_index(), 1)),
            "verdicts": verdict_counts(gaps),
            "average": gaps.average(gaps.claims),
            "first_words": statement.said_on.last,
            "corrections": [c for c in statement.corrections.all() if c.corrected_on <= day.date],
            "history": history_query("statement", slug, day),
        },
    )


@require_safe
def speakers_page(request: HttpRequest) -> HttpResponse:
    said = _statements_said_by(requested_as_of(request))
    rows = (
        Speaker.objects.filter(statements__in=said)
        .annotate(said=Count("statements", filter=Q(statements__in=said)), latest=Max("statements__said_on"))
        .prefetch_related("roles")
        .order_by(localized_name())
    )
    return render(request, "claims/speakers.html", {"page": requested_page(request, rows)})


@require_safe
@follows_old_address("speaker")
def speaker_page(request: HttpRequest, slug: str) -> HttpResponse:
    day = requested_as_of(request)
    said = _statements_said_by(day)
    speakers = RECORD_KINDS["speaker"].visible_rows(day.date).prefetch_related("roles")
    speaker = get_object_or_404(speakers, slug=slug)
    claims = Claim.objects.published().filter(statement__speaker=speaker)
    statements = said.filter(speaker=speaker).select_related("place").order_by("-said_on")[:20]
    return _claims_page(request, "speaker", claims, day, speaker=speaker, statements=statements)


@require_safe
def topics_page(request: HttpRequest) -> HttpResponse:
    claims = _claims_said_by(requested_as_of(request))
    counts = _claims_within(Topic, claims)
    rows = Topic.objects.filter(pk__in=counts).select_related("parent").order_by(localized_name())
    return render(request, "claims/topics.html", {"page": requested_page(request, rows), "counts": counts})


@require_safe
def topic_page(request: HttpRequest, slug: str) -> HttpResponse:
    day = requested_as_of(request)
    topic = get_object_or_404(Topic.objects.select_related("parent"), slug=slug)
    claims = Claim.objects.published().filter(
        pk__in=Claim.objects.filter(topics__in=Topic.objects.within(topic)).values("pk")
    )
    _require_any_claim(claims)
    counts = _claims_within(Topic, claims.known_by(day.date))
    within = topic.children.filter(pk__in=counts).order_by(localized_name())
    reports = _reports_known_by(day).filter(
        pk__in=EvidenceLink.objects.public().filter(claim__in=claims.known_by(day.date)).values("evidence")
    )
    return _claims_page(
        request,
        "topic",
        claims,
        day,
        topic=topic,
        within=within,
        counts=counts,
        map=_map_of_reports(reports, claims.known_by(day.date)),
    )


@require_safe
def places_page(request: HttpRequest) -> HttpResponse:
    day = requested_as_of(request)
    claims, evidence = _claims_said_by(day), _reports_known_by(day)
    counts = _claims_within(Place, claims)
    reports = _rows_within(evidence)
    said = _rows_within(_statements_said_by(day))
    keys = {*counts, *reports, *said}
    rows = Place.objects.filter(pk__in=keys).select_related("parent").order_by(localized_name())
    shown = {"page": requested_page(request, rows), "map": _map_of_reports(evidence, claims)}
    return render(request, "claims/places.html", {**shown, "counts": counts, "reports": reports})


@require_safe
def place_page(request: HttpRequest, slug: str) -> HttpResponse:
    day = requested_as_of(request)
    place = get_object_or_404(Place.objects.select_related("parent__parent"), slug=slug)
    inside = Place.objects.within(place)
    claims = Claim.objects.published().filter(pk__in=Claim.objects.filter(places__in=inside).values("pk"))
    evidence = _reports_known_by(day).filter(place__in=inside)
    said = _statements_said_by(day).filter(place__in=inside)
    if not (claims.exists() or evidence.exists() or said.exists()):
        raise Http404
    reports = evidence.select_related("source", "relays", "place").order_by("-known", "pk")
    return _claims_page(
        request, "place", claims, day, place=place, reports=reports[:30], reported=reports.count(),
        statements=said.select_related("speaker", "place").order_by("-said_on")[:20],
        map=_map_of_reports(evidence, _claims_said_by(day), around=place),
    )  # fmt: skip


@require_safe
def sources_page(request: HttpRequest) -> HttpResponse:
    day = requested_as_of(request)
    evidence = _reports_known_by(day).annotate(publisher_key=Coalesce("relays", "source"))
    rows = (
        RECORD_KINDS["source"]
        .visible_rows(day.date)
        .annotate(
            reports=_number_of_rows(evidence, "publisher_key"),
            carried=_number_of_rows(evidence.filter(relays__isnull=False), "source"),
        )
        .order_by("reliability", localized_name())
    )
    return render(request, "claims/sources.html", {"page": requested_page(request, rows, 50)})


@require_safe
@follows_old_address("source")
def source_page(request: HttpRequest, slug: str) -> HttpResponse:
    day = requested_as_of(request)
    evidence, said = _reports_known_by(day), _statements_said_by(day)
    source = get_object_or_404(RECORD_KINDS["source"].visible_rows(day.date), slug=slug)
    reports = evidence.filter(Q(source=source) | Q(relays=source))
    reports = reports.select_related("source", "relays", "place").order_by("-known", "pk")
    statements = said.filter(source=source).select_related("speaker", "place").order_by("-said_on")[:20]
    context = {"source": source, "page": requested_page(request, reports), "statements": statements}
    context["history"] = history_query("source", slug, day)
    return render(request, "claims/source.html", context)


@require_safe
@tells_withdrawn(Evidence)
def evidence_page(request: HttpRequest, slug: str) -> HttpResponse:
    day = requested_as_of(request)
    known = _reports_known_by(day).select_related("source", "relays", "quotes", "origin", "place")
    evidence = get_object_or_404(known.prefetch_related("corrections"), slug=slug)
    links = (
        EvidenceLink.objects.graded()
        .filter(evidence=evidence, claim__in=_claims_said_by(day))
        .select_related("claim__statement__speaker")
        .prefetch_related("ratings")
        .order_by("claim__statement", "claim__position")
    )
    echoes = Evidence.objects.none()
    if evidence.origin:
        echoes = Evidence.objects.visible_on(day.date).filter(origin=evidence.origin).exclude(pk=evidence.pk)
    shown = list(echoes.select_related("source", "relays")[: MOST_ECHOES + 1])
    context = {
        "evidence": evidence,
        "page": requested_page(request, links),
        "echoes": shown[:MOST_ECHOES],
        "copies": PageCopy.objects.filter(evidence=evidence, fetched_at__date__lte=day.date)[:MOST_COPIES],
        "more_echoes": len(shown) > MOST_ECHOES,
        "corrections": [c for c in evidence.corrections.all() if c.corrected_on <= day.date],
        "history": history_query("evidence", slug, day),
    }
    return render(request, "claims/evidence.html", context)


def _number_of_rows(rows: QuerySet[Any], field: str) -> Coalesce:
    """The number of rows that refer to the record."""
    counted = (
        rows.filter(**{field: OuterRef("pk")}).order_by().values(field).annotate(n=Count("pk")).values("n")
    )
    return Coalesce(Subquery(counted), 0)


def _reports_known_by(day: AsOfDay) -> QuerySet[Evidence]:
    return Evidence.objects.visible_on(day.date)


def _statements_said_by(day: AsOfDay) -> QuerySet[Statement]:
    return Statement.objects.visible_on(day.date)


def _claims_said_by(day: AsOfDay) -> QuerySet[Claim]:
    return Claim.objects.visible_on(day.date)


def _claims_within(kind: type[Topic | Place], claims: QuerySet[Claim]) -> dict[int, int]:
    """The number of claims of each topic or place, with those of everything inside it, as on its page."""
    field = "topics" if kind is Topic else "places"
    through = getattr(Claim, field).through.objects.filter(claim__in=claims.order_by().values("pk"))
    return kind.objects.counts_within(through.values_list("claim_id", f"{kind._meta.model_name}_id"))


def _rows_within(rows: QuerySet[Any]) -> dict[int, int]:
    """The number of reports or statements of each place, with those of everything inside it, as on its page."""
    return Place.objects.counts_within(rows.filter(place__isnull=False).values_list("pk", "place_id"))


def _map_of_reports(
    evidence: QuerySet[Evidence], claims: QuerySet[Claim], around: Place | None = None
) -> DrawnMap | None:
    """A map of a page's reports; None if none has coordinates."""
    return draw_map(reports_by_place(evidence, claims), get_language() or "en", around)


def _require_any_claim(claims: QuerySet[Claim]) -> None:
    if not claims.exists():
        raise Http404
