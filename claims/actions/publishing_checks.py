"""What a publisher may say they have checked of a record: only what the record has."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext as _

from claims.actions.rule_violation import RuleViolation
from claims.domain.workflow import PublishingCheck
from claims.records.registry import KINDS_BY_MODEL

# The column without which the check cannot have been made.
NEEDED = {PublishingCheck.CRITERION: "criterion", PublishingCheck.COPY: "archived_url"}


def _has_what_was_checked(record: Any, check: PublishingCheck) -> bool:
    return check not in NEEDED or bool(getattr(record, NEEDED[check], ""))


def checks_of_record(record: Any, checks: Collection[PublishingCheck]) -> list[PublishingCheck]:
    """Those of the checks that can have been made of the record."""
    kind: Any = KINDS_BY_MODEL[type(record)]  # of a publishable kind
    return [check for check in kind.checks if check in checks and _has_what_was_checked(record, check)]


def possible_checks(records: Iterable[Any]) -> list[PublishingCheck]:
    """What can have been checked of at least one of the records."""
    found = {check for record in records for check in checks_of_record(record, list(PublishingCheck))}
    return [check for check in PublishingCheck if check in found]


def refuse_unfounded_checks(record: Any, checks: Collection[PublishingCheck]) -> None:
    """Nobody can have checked what the record does not have. Raises RuleViolation."""
    words = {
        PublishingCheck.COPY: _(
            "“%(record)s” has no archived copy. Enter one, or do not tick that it opens."
        ),
        PublishingCheck.CRITERION: _("“%(record)s” has no written test, so none was applied."),
    }
    for check, sentence in words.items():
        if check in checks and not _has_what_was_checked(record, check):
            raise RuleViolation(sentence % {"record": record})
