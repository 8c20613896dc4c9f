"""The state of one POST to the desk, stored on the request for the hooks of Django's admin."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.domain.vocabulary import Outcome
from claims.models import Proposal


@dataclass
class Submission:
    """The state of one POST. `DeskAdmin` starts it around a view; its hooks pass it on to actions, and read it.

    Django passes only the request to these hooks. docs/decisions/0019 gives the reasons.
    """

    refusal: str = ""  # the message of the rule that the save broke; the form is shown again with it
    proposals: list[Proposal] = field(default_factory=list)  # made instead of changes to public records


def start_submission(request: HttpRequest, refusal: str) -> None:
    request.desk_submission = Submission(refusal)  # type: ignore[attr-defined]


def submission_of(request: HttpRequest) -> Submission:
    """The submission of the request; an empty one if the request sends nothing."""
    return getattr(request, "desk_submission", None) or Submission()


def proposal_message(proposals: list[Proposal]) -> SafeString | str:
    """What a save of a public record did instead of changing it."""
    waiting = [each for each in proposals if each.outcome == Outcome.PENDING]
    if not waiting:
        return _("Nothing differs from what readers see any more, so your proposal was taken back.")
    page = reverse("admin:claims_proposal_change", args=[waiting[0].pk])
    return format_html(
        _("What readers see stays as it is until a second person accepts {}."),
        format_html('<a href="{}">{}</a>', page, _("your proposal")),
    )
