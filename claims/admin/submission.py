"""What one POST to the desk has led to so far, kept on its request for the hooks of Django's admin."""

from dataclasses import dataclass, field

from django.http import HttpRequest

from claims.models import Proposal


@dataclass
class Submission:
    """`DeskAdmin` starts it around a view; its hooks pass it on to actions, and read it.

    Django calls these with the request and nothing else of ours; docs/decisions/0019 says why it hangs there.
    """

    refusal: str = ""  # what an action refused at the first try; the form is shown again with it
    proposals: list[Proposal] = field(default_factory=list)  # made in place of changes that readers would see


def start_submission(request: HttpRequest, refusal: str) -> None:
    request.desk_submission = Submission(refusal)  # type: ignore[attr-defined]


def submission_of(request: HttpRequest) -> Submission:
    """An empty one for a request that sends nothing."""
    return getattr(request, "desk_submission", None) or Submission()
