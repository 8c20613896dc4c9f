"""The comparison of two to four speakers, topics or periods."""

from typing import Any, Final

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.domain.dates import InvalidPartialDate, PartialDate
from claims.domain.vocabulary import State
from claims.drawing.state_stacks import STATE_ORDER
from claims.request_parameters import requested_as_of
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.comparison import (
    ComparedColumn,
    compare_subjects,
    compared_subjects,
    offered_subjects,
    shared_topics,
)
from claims.views.old_addresses import redirect_merged_choice

KINDS: Final = ("speaker", "topic", "period")
LEAST, MOST = 2, 4


@require_safe
def compare_page(request: HttpRequest) -> HttpResponse:
    day = requested_as_of(request)
    kind, texts = _requested_subjects(request)
    try:
        subjects = _subjects_on_day(kind, texts, day)
    except BadRequest:
        if moved := redirect_merged_choice(request, "speaker", "speaker"):
            return moved
        raise
    found = compare_subjects(subjects, day) if len(subjects) >= LEAST else []
    first = [column.first_words for column in found if column.first_words]
    return render(
        request,
        "claims/compare.html",
        {
            "columns": found,
            "subjects": subjects,
            "kind": kind,
            "shared": [
                (each.topic, list(zip(found, each.gaps, strict=True))) for each in shared_topics(found)
            ],
            "states": _states_beside_columns(found),
            "first_words": max(first, default=None),
            "choices": {
                each: offered_subjects(each, day, subjects if kind == each else []) for each in KINDS[:2]
            },
            "periods": [*(str(each) for each in subjects if kind == "period"), "", "", "", ""][:MOST],
        },
    )


def _requested_subjects(request: HttpRequest) -> tuple[str, list[str]]:
    """The kind of the compared subjects, and the subjects, each once, in the order of the address."""
    asked = {kind: [text.strip() for text in request.GET.getlist(kind) if text.strip()] for kind in KINDS}
    kinds = [kind for kind in KINDS if asked[kind]]
    if len(kinds) > 1:
        raise BadRequest(_("Speakers, topics and periods cannot be mixed. Compare two to four of one kind."))
    texts = list(dict.fromkeys(asked[kinds[0]])) if kinds else []
    if len(texts) > MOST:
        raise BadRequest(_("At most four can be compared at once. Remove some."))
    return (kinds[0] if kinds else "", texts)


def _subjects_on_day(kind: str, texts: list[str], day: AsOfDay) -> list[Any]:
    if kind == "period":
        return list(dict.fromkeys(map(_parse_period_text, texts)))
    subjects = compared_subjects(kind, texts, day) if kind else []
    known = {subject.slug for subject in subjects}
    for text in texts:
        if text not in known:
            raise BadRequest(
                _("Nothing that was public on that day speaks of “%(name)s”. Choose from the list.")
                % {"name": text[:40]}
            )
    return subjects


def _parse_period_text(text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except InvalidPartialDate as error:
        raise BadRequest(_(str(error))) from None


def _states_beside_columns(found: list[ComparedColumn]) -> list[tuple[State, list[int]]]:
    """The states that occur, each with its number of claims in every column."""
    present = {state: None for column in found for state in column.states}
    order = [state for state in STATE_ORDER if state in present]
    return [(state, [column.states.get(state, 0) for column in found]) for state in order]
