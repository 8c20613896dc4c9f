"""A desk of one: what a person may do without a second one, and the mark that it leaves.

The setting SINGLE_EDITOR only permits. What went public without a second person is marked on its row, and so in its
public form and in the ledger. The mark goes when a second person publishes the record or grades the link.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from claims.actions.desk_memory import row_writer_keys, writer_keys
from claims.actions.rule_violation import RuleViolation
from claims.domain.vocabulary import Status
from claims.domain.workflow import REQUIRED_GRADERS
from claims.models import Claim, Evidence, EvidenceLink
from claims.selectors.publication import rows_made_public


def may_act_alone() -> bool:
    """Whether one person may publish, grade and accept without a second one."""
    return bool(settings.SINGLE_EDITOR)


def objection_to_publisher(record: Any, key: int) -> str:
    """Why this account does not publish the record; empty if another person wrote all of it, or one may act alone."""
    return "" if may_act_alone() else own_part_of_publication(record, key)


def own_part_of_publication(record: Any, key: int) -> str:
    """What the account wrote of the record, or of what becomes visible with it, in a sentence; empty for nothing."""
    if key in writer_keys(record):
        return _(
            "You wrote “%(record)s”, in whole or in part. A second person publishes it: ask another publisher."
        ) % {"record": record}
    for companion in rows_made_public(record):
        if key in row_writer_keys(companion):
            return _(
                "You wrote “%(part)s”, which readers would see with “%(record)s”. A second person publishes it: "
                "ask another publisher."
            ) % {"part": companion, "record": record}
    return ""


def mark_if_alone(record: Any, key: int) -> None:
    """Mark the record if the publisher wrote it or what becomes visible with it. Raises RuleViolation without
    the setting.
    """
    own_part = own_part_of_publication(record, key)
    if own_part and not may_act_alone():
        raise RuleViolation(own_part)
    record.by_one_person = bool(own_part)


def can_be_reviewed(record: Any, key: int) -> bool:
    """Whether one person published the record alone, and this account is a second one, who may publish it again."""
    return bool(record.is_published and record.by_one_person) and not own_part_of_publication(record, key)


def refuse_claim_of_lone_gradings(record: Any) -> None:
    """A claim keeps its mark while a grading of one person counts on it, so its reports are graded first."""
    if isinstance(record, Claim) and (link := record.links.public().filter(by_one_person=True).first()):
        raise RuleViolation(
            _("One person alone graded “%(link)s”. Grade it first, then publish “%(record)s” again.")
            % {"link": link, "record": record}
        )


def refuse_unless_alone_allowed(sentence: str) -> None:
    """Refuse with the sentence what a second person decides, unless one person may act alone."""
    if not may_act_alone():
        raise RuleViolation(sentence)


def mark_accepted_revision(record: Any, *, is_alone: bool) -> None:
    """Mark what somebody proposed and accepted alone.

    Where nobody publishes the record, a second person who accepts a later revision takes the mark away.
    """
    if is_alone:
        record.by_one_person = True
    elif isinstance(record, EvidenceLink):
        record.by_one_person = record.by_one_person and record.ratings.count() < REQUIRED_GRADERS
    elif not hasattr(record, "published_by_id"):
        record.by_one_person = False


def mark_links_made_public(record: Any) -> list[Claim]:
    """Mark the links that the publication of the record shows with one grading. Returns the claims that it marks."""
    match record:
        case Claim():
            links = EvidenceLink.objects.filter(claim=record)
        case Evidence():
            links = EvidenceLink.objects.filter(evidence=record)
        case _:
            return []
    graded = _with_published_ends(links).exclude(n__gte=REQUIRED_GRADERS)
    alone = {link.pk for link in graded if link.n and may_act_alone()}
    EvidenceLink.objects.filter(pk__in=[link.pk for link in graded if link.pk not in alone]).update(
        by_one_person=False
    )
    return _mark_links(alone)


def mark_graded_links(
    links: Iterable[EvidenceLink], *, public: Iterable[EvidenceLink], first_by_grader: set[int]
) -> list[Claim]:
    """Mark the links that readers see with one grading, and unmark those that a further editor has graded.

    `public` are those that readers saw before; `first_by_grader` are the keys of those that this editor had not graded.
    Returns the claims that are marked with them.
    """
    seen = {link.pk for link in public}
    found = list(_with_published_ends(EvidenceLink.objects.filter(pk__in=[link.pk for link in links])))
    reviewed = [link.pk for link in found if link.n >= REQUIRED_GRADERS and link.pk in first_by_grader]
    EvidenceLink.objects.filter(pk__in=reviewed).update(by_one_person=False)
    return _mark_links({link.pk for link in found if link.n == 1 and may_act_alone() and link.pk not in seen})


def _with_published_ends(links: QuerySet[EvidenceLink]) -> Any:
    """The links whose claim and report are published, each with the number of its graders as `n`."""
    ends = links.filter(claim__status=Status.PUBLISHED, evidence__status=Status.PUBLISHED)
    return ends.annotate(n=Count("ratings"))


def _mark_links(keys: set[int]) -> list[Claim]:
    """Mark the links, and the published claims whose verdict rests on them."""
    EvidenceLink.objects.filter(pk__in=keys).update(by_one_person=True)
    claims = list(Claim.objects.filter(links__in=keys, by_one_person=False).distinct())
    Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(by_one_person=True)
    return claims
