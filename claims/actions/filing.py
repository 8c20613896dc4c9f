"""Topics and places of several claims at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils.translation import gettext as _

from claims.actions.drafts import Draft, open_drafts
from claims.actions.editing import save
from claims.actions.rescoring import acquire_write_lock
from claims.actions.rule_violation import RuleViolation
from claims.models import Claim, Proposal
from claims.records.registry import KINDS_BY_MODEL

Chosen = Mapping[str, Iterable[Any]]  # rows by the name of the claim's field


@dataclass
class Filing:
    """How many claims changed, and the proposals that were made for those that readers see."""

    changed: int = 0
    proposals: list[Proposal] = field(default_factory=list)


@transaction.atomic
def file_claims(
    claims: Sequence[Claim],
    *,
    add: Chosen,
    remove: Chosen,
    by: User,
    now: datetime,
    reason: str = "",
) -> Filing:
    """Add topics and places to the claims, and take others away.

    Published claims share one proposal. A claim that the editor proposes to change already keeps its own proposal,
    which is edited further.
    """
    acquire_write_lock()
    _refuse_contradiction(add, remove)
    drafts = open_drafts(KINDS_BY_MODEL[Claim], [claim.pk for claim in claims], by)
    done, shared = Filing(), list[Proposal]()
    for claim in claims:
        draft = drafts.get(claim.pk)
        many = _chosen_rows(claim, draft, add, remove)
        if not many:
            continue
        own: list[Proposal] = []
        save(claim, by=by, now=now, reason=reason, many=many, draft=draft, proposals=own if draft else shared)
        done.changed += 1
        done.proposals += own
    done.proposals += shared
    return done


def _refuse_contradiction(add: Chosen, remove: Chosen) -> None:
    for name, rows in add.items():
        if both := set(rows) & set(remove.get(name, ())):
            raise RuleViolation(
                _("“%(record)s” can’t be added and taken away at once.") % {"record": both.pop()}
            )


def _chosen_rows(
    claim: Claim, draft: Draft | None, add: Chosen, remove: Chosen
) -> dict[str, list[models.Model]]:
    """The rows of each field that changes, on top of what the editor's own proposal holds."""
    proposed = draft.lay_over(claim) if draft else {}
    many = {}
    for name in {*add, *remove}:
        held = set(proposed.get(name, getattr(claim, name).all()))
        chosen = (held | set(add.get(name, ()))) - set(remove.get(name, ()))
        if chosen != held:
            many[name] = sorted(chosen, key=lambda row: row.pk)
    return many
