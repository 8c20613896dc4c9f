"""The way of a record to the public and back: one table of steps, each with what it takes."""

from dataclasses import dataclass
from typing import Final

from .vocabulary import Status, Step

REQUIRED_GRADERS: Final = 2  # editors who must have graded a link before readers see it: no lone verdicts


@dataclass(frozen=True, slots=True)
class StatusTransition:
    """From one status to another. `permission` is the verb of Django's permission on the record's model."""

    sources: frozenset[Status]
    target: Status
    permission: str
    needs_reason: bool
    second_person: bool = False


STATUS_TRANSITIONS: Final = {
    Step.SUBMIT: StatusTransition(frozenset({Status.DRAFT}), Status.IN_REVIEW, "change", needs_reason=False),
    Step.RETURN: StatusTransition(frozenset({Status.IN_REVIEW}), Status.DRAFT, "change", needs_reason=True),
    Step.PUBLISH: StatusTransition(
        frozenset({Status.IN_REVIEW}), Status.PUBLISHED, "publish", needs_reason=True, second_person=True
    ),
    Step.WITHDRAW: StatusTransition(
        frozenset({Status.PUBLISHED}), Status.WITHDRAWN, "withdraw", needs_reason=True
    ),
    Step.REOPEN: StatusTransition(frozenset({Status.WITHDRAWN}), Status.DRAFT, "change", needs_reason=True),
}


def steps_from_status(status: Status) -> list[Step]:
    """What can be done with a record of that status."""
    return [step for step, transition in STATUS_TRANSITIONS.items() if status in transition.sources]
