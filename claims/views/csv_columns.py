"""The columns of the CSV files in their order, each with what stands in it."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CLAIM_COLUMNS: Final[dict[str, Promise]] = {
    "claim": _("The claim’s identifier, as in the address of its page."),
    "url": _("The address of the claim’s page."),
    "text": _("The claim: the one sentence that is tested."),
    "kind": _("What kind of claim it is, such as fact, denial or commitment."),
    "quotation": _("What was said, letter for letter, with the words that govern it."),
    "criterion": _("How the claim is tested."),
    "answer": _("What happened, in a few words."),
    "uncheckable": _("Why the claim cannot be checked, if it cannot."),
    "speaker": _("The speaker’s identifier."),
    "speaker_name": _("The speaker’s name."),
    "statement": _("The identifier of the statement that the claim is taken from."),
    "said_on": _("The day it was said."),
    "topics": _("The identifiers of the claim’s topics, separated by semicolons."),
    "places": _("The identifiers of the claim’s places, separated by semicolons."),
    "valid_from": _("The first day that the claim is judged by, if it has one."),
    "valid_until": _("The last day that the claim is judged by, if it has one."),
    "settled_as": _("How a commitment ended: kept, partly kept, broken, blocked or withdrawn; else empty."),
    "settled_on": _("The day on which the commitment was settled."),
    "as_of": _("The day for which the row holds: what was known then."),
    "state": _("The verdict as a code, which is the same in every language."),
    "verdict": _("The verdict in words."),
    "tentative": _("Whether the likely range has 50 inside it; empty without a verdict."),
    "gap": _("The gap, from 0 (matches what happened) to 100 (contradicts it); empty without a verdict."),
    "low": _("The lower end of the likely range."),
    "high": _("The upper end of the likely range."),
    "events_against": _("How many independent events contradict the claim."),
    "events_for": _("How many independent events support the claim."),
    "publishers": _("How many publishers report these events."),
    "state_when_said": _("The verdict as a code on the day it was said; empty if that day is not known."),
    "gap_when_said": _("The gap on the day it was said; empty without a verdict."),
    "review": _("That one person graded and published it, and nobody reviewed it; else empty."),
}
REPORT_COLUMNS: Final[dict[str, Promise]] = {
    "claim": _("The claim’s identifier, as in the address of its page."),
    "report": _("The report’s identifier."),
    "report_url": _("The address of the report’s page on this site."),
    "summary": _("What the report says, in our words."),
    "event": _("The day of the event, no more precise than it is known."),
    "known": _("The day on which the report became known."),
    "source": _("The identifier of the source in which we read the report."),
    "source_name": _("The name of that source."),
    "publisher": _(
        "The identifier of whoever made the report, if the source only passed it on; else of the source."
    ),
    "publisher_name": _("The publisher’s name."),
    "address": _("The address at which the report can be read."),
    "archived_address": _("The address of an archived copy."),
    "reference": _("Where else the report can be read, such as a printed page."),
    "no_address_reason": _("Why the report has no address, if it has none."),
    "reliability": _("The publisher’s grade, from A (completely reliable) to F (cannot be judged)."),
    "credibility": _("The report’s grade, from 1 (confirmed) to 6 (cannot be judged)."),
    "directness": _("How directly the report bears on the claim: decisive, direct, indirect or contextual."),
    "interested": _("Whether the report serves the side it comes from; it then counts half."),
    "stance": _("How the report bears on the claim, from strongly_contradicts to strongly_supports."),
    "weight": _(
        "How much the report counts: strength × reliability × credibility × directness, less for interest and age."
    ),
    "counted": _("Whether the report adds points; a second report of an event adds none."),
    "points": _("By how much the report moves the gap: + against the claim, − for it."),
    "rationale": _("Why the report bears on the claim: each grader’s own words, a line each."),
    "review": _("That one person graded and published it, and nobody reviewed it; else empty."),
    "as_of": _("The day for which the row holds: what was known then."),
}
