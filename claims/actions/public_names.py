"""Gives all accounts new public names, and says so in the ledger."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from claims.actions.rescoring import acquire_write_lock
from claims.domain.vocabulary import Act
from claims.ledger.public_forms import PublicForm
from claims.ledger.signatures import SIGNATURES
from claims.ledger.writer import ChangeReason, append_forms
from claims.models import PublicName
from claims.models.public_name import make_public_name

RENAMED = gettext_noop(
    "Editors without a full name sign by new random names from here on. Earlier entries keep the names that they were "
    "signed with, and nothing says which new name takes the place of which."
)


@transaction.atomic
def rename_signatures(*, now: datetime) -> int:
    """Give each account that has a public name a new one. Returns their number.

    An entry says so, without which name became which: who guessed an old one does not learn the new one.
    """
    acquire_write_lock()
    names = list(PublicName.objects.select_for_update())
    if not names:
        return 0
    for each in names:
        each.name = make_public_name()
    PublicName.objects.bulk_update(names, ["name"])
    record = {"renamed": len(names)}
    append_forms(
        [(Act.RENAME, PublicForm(SIGNATURES, "editors", record))],
        ChangeReason(act=Act.RENAME, now=now, reason=RENAMED),
    )
    return len(names)
