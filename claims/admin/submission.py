"""The state of one POST to the desk, stored on the request for the hooks of Django's admin."""

from dataclasses import dataclass, field

from django.http import HttpRequest

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
