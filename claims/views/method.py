"""The page that explains the method.

Its constants come from the code, and its example is computed for each request.
"""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from claims.domain import gap
from claims.domain.dates import PartialDate
from claims.domain.dossier import Dossier, Link, score_dossier
from claims.domain.evidence_counts import count_evidence
from claims.domain.pooled_mass import ALONE_LIMIT
from claims.domain.vocabulary import ClaimKind, Credibility, Directness, Reliability, Stance, State
from claims.domain.wording import round_to_sum
from claims.request_parameters import requested_as_of
from claims.selectors.agreement import RELIABLE, TENTATIVE, agreement_by_month
from claims.selectors.localized_wording import verdict_in_words
from claims.selectors.methods_in_use import methods_with_first_days
from claims.selectors.verdict_sentence import verdict_sentence

DAY = date(2024, 3, 31)
WORDS = gettext_noop("“The bridge is open again,” a ministry says, and everyone agrees on what that means.")
REPORTS = {
    "photographs": gettext_noop("Dated photographs show the roadway still missing."),
    "agency": gettext_noop("An agency says that nothing crosses."),
    "copy": gettext_noop("A newspaper carries the agency’s story."),
    "driver": gettext_noop("A driver says that he crossed."),
}


def _example_report(
    key: str, stance: Stance, reliability: Reliability, credibility: Credibility, event: str, publisher: str
) -> Link:
    known = PartialDate.day(date(2024, 3, 5))
    return Link(key, (stance,), reliability, credibility, Directness.DIRECT, None, known, event, publisher)


EXAMPLE = Dossier(
    ClaimKind.FACT,
    links=(
        _example_report(
            "photographs",
            Stance.STRONGLY_CONTRADICTS,
            Reliability.A,
            Credibility.CONFIRMED,
            "the roadway",
            "an archive of pictures",
        ),
        _example_report(
            "agency",
            Stance.STRONGLY_CONTRADICTS,
            Reliability.B,
            Credibility.PROBABLE,
            "the crossing",
            "the agency",
        ),
        _example_report(
            "copy",
            Stance.STRONGLY_CONTRADICTS,
            Reliability.B,
            Credibility.POSSIBLE,
            "the crossing",
            "the agency",
        ),
        _example_report(
            "driver",
            Stance.PARTLY_SUPPORTS,
            Reliability.F,
            Credibility.POSSIBLE,
            "the driver’s trip",
            "the driver",
        ),
    ),
)


@require_safe
def method_page(request: HttpRequest) -> HttpResponse:
    day = requested_as_of(request)
    answer = score_dossier(EXAMPLE, DAY)
    parts = [answer.links[link.id] for link in EXAMPLE.links]
    points = round_to_sum(answer.gap, [part.contribution for part in parts])
    rows = [
        {
            "text": _(REPORTS[str(link.id)]),
            "link": link,
            "part": part,
            "stance": Stance(link.stances[0]),
            "points": text,
        }
        for link, part, text in zip(EXAMPLE.links, parts, points, strict=True)
    ]
    return render(
        request,
        "claims/method.html",
        {
            "name": gap.METHOD_VERSION,
            "methods": methods_with_first_days(),
            "verdict": verdict_in_words(answer.state, tentative=answer.tentative),
            "sentence": verdict_sentence(count_evidence(EXAMPLE, answer), answer),
            "interested": gap.INTERESTED_WEIGHT,
            "alone": ALONE_LIMIT,
            "publisher_mass": gap.PUBLISHER_MASS,
            "words": _(WORDS),
            "example": EXAMPLE,
            "answer": answer,
            "rows": rows,
            "reliability": [(grade, weight) for grade, weight in gap.RELIABILITY_WEIGHT.items()],
            "credibility": [(grade, weight) for grade, weight in gap.CREDIBILITY_WEIGHT.items()],
            "directness": [(grade, weight) for grade, weight in gap.DIRECTNESS_WEIGHT.items()],
            "stances": [(stance, abs(stance) / 2) for stance in Stance],
            "states": list(State),
            "bands": gap.STATE_BANDS,
            "half_lives": [(kind, days) for kind, days in gap.HALF_LIFE_DAYS.items()],
            "enough_mass": gap.ENOUGH_MASS,
            "enough_publishers": gap.ENOUGH_PUBLISHERS,
            "conflict_mass": gap.CONFLICT_MASS,
            "conflict_share": round(gap.CONFLICT_SHARE * 100),
            "confidence": round(100 - 200 * gap.INTERVAL_TAIL),
            "agreement": agreement_by_month(day),
            "single_editor": settings.SINGLE_EDITOR,
            "tentative": TENTATIVE,
            "reliable": RELIABLE,
        },
    )
