"""The way of a record to the public and back: one table of steps, each with what it takes."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from .vocabulary import Status, Step, WordChoice
from .vocabulary import gettext_noop as _

REQUIRED_GRADERS: Final = 2  # editors who must have graded a link before readers see it: no lone verdicts


def required_graders(*, by_one_person: bool) -> int:
    """The editors whom a link needs: two, or one where it went public by one person alone and is marked so."""
    return 1 if by_one_person else REQUIRED_GRADERS


class PublishingCheck(WordChoice):
    """What the second person has checked before publishing. Stored as data in the entry of the ledger."""

    WORDS = "words", _("words checked against the source"), _("I have read the source, and it says this.")
    CRITERION = "criterion", _("test applied"), _("I have held the reports against the claim’s written test.")
    COPY = "copy", _("archived copy opened"), _("The archived copy opens and shows what the source showed.")


class TwinGround(WordChoice):
    """In what two records agree that may be one, entered twice."""

    ADDRESS = "address", _("the same address"), _("They lead to one page.")
    WORDS = "words", _("the same words"), _("What happened is said in the same words.")
    OCCASION = (
        "occasion",
        _("the same publisher, day and place"),
        _("One publisher tells of one day and place."),
    )
    NAME = "name", _("the same name"), _("They are called the same.")


@dataclass(frozen=True, slots=True)
class StatusTransition:
    """From one status to another. `permission` is the verb of Django's permission on the record's model.

    `needs_reason`: whoever takes the step says why. With `takes_checks`, what they tick as checked says it too.
    """

    sources: frozenset[Status]
    target: Status
    permission: str
    needs_reason: bool
    second_person: bool = False
    takes_checks: bool = False

    def lacks_reason(self, reason: str, checks: Collection["PublishingCheck"] = ()) -> bool:
        return self.needs_reason and not (reason.strip() or (self.takes_checks and checks))


STATUS_TRANSITIONS: Final = {
    Step.SUBMIT: StatusTransition(frozenset({Status.DRAFT}), Status.IN_REVIEW, "change", needs_reason=False),
    Step.RETURN: StatusTransition(frozenset({Status.IN_REVIEW}), Status.DRAFT, "change", needs_reason=True),
    Step.PUBLISH: StatusTransition(
        frozenset({Status.IN_REVIEW}),
        Status.PUBLISHED,
        "publish",
        needs_reason=True,
        second_person=True,
        takes_checks=True,
    ),
    Step.WITHDRAW: StatusTransition(
        frozenset({Status.PUBLISHED}), Status.WITHDRAWN, "withdraw", needs_reason=True
    ),
    Step.REOPEN: StatusTransition(frozenset({Status.WITHDRAWN}), Status.DRAFT, "change", needs_reason=True),
}


def steps_from_status(status: Status) -> list[Step]:
    """What can be done with a record of that status."""
    return [step for step, transition in STATUS_TRANSITIONS.items() if status in transition.sources]
