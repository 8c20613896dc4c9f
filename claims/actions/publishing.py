"""The way of a record to the public and back: each step with its who, its when and its reason."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from claims.domain.vocabulary import Status
from claims.models import Claim, Evidence, Statement
from claims.selectors.readiness import missing

from .editing import rescore_after
from .refusal import Refused
from .rescoring import take_turn

Record = Claim | Evidence | Statement


@transaction.atomic
def publish(record: Record, *, by: User, now: datetime) -> None:
    """Show a record to everyone. Refused with every reason that stands against it."""
    _allow(record, "publish", by)
    _lock(record)
    if record.status == Status.PUBLISHED:
        raise Refused(_("“%(record)s” is published already.") % {"record": record})
    if reasons := [item.sentence for item in missing(record) if not item.done]:
        raise Refused(
            _("“%(record)s” cannot be published yet: %(reasons)s")
            % {"record": record, "reasons": " ".join(reasons)}
        )
    record.status = Status.PUBLISHED
    record.published_at, record.published_by = now, by
    record.withdrawn_at = record.withdrawn_by = None
    record.withdrawal_reason = ""
    _store(record, now)


@transaction.atomic
def withdraw(record: Record, *, by: User, reason: str, now: datetime) -> None:
    """Take a published record back; it stays on the desk, with the reason."""
    _allow(record, "withdraw", by)
    _lock(record)
    if record.status != Status.PUBLISHED:
        raise Refused(
            _("“%(record)s” is not published, so there is nothing to withdraw.") % {"record": record}
        )
    if not reason.strip():
        raise Refused(
            _("Say why “%(record)s” is withdrawn: readers will see the reason.") % {"record": record}
        )
    record.status = Status.WITHDRAWN
    record.withdrawn_at, record.withdrawn_by, record.withdrawal_reason = now, by, reason.strip()
    _store(record, now)


def _allow(record: Record, verb: str, by: User) -> None:
    if not by.has_perm(f"claims.{verb}_{record._meta.model_name}"):
        raise PermissionDenied(_("Your account may not do this: ask a publisher."))


def _lock(record: Record) -> None:
    """Read the row again under a lock, so that of two at once exactly one decides."""
    take_turn()
    current = type(record)._base_manager.select_for_update().get(pk=record.pk)
    record.refresh_from_db(fields=[field.attname for field in current._meta.concrete_fields])


def _store(record: Record, now: datetime) -> None:
    record.changed_at = now
    record.save()
    rescore_after([record], now=now)
