from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


def one_person_field() -> "models.BooleanField[bool, bool]":
    """The mark of what went public, or was decided, without a second person. Actions write it, no form has it."""
    return models.BooleanField(_("by one person; not reviewed"), default=False, editable=False)


class OnePersonMarked(models.Model):
    """A record that readers see only after a second person has agreed, or with this mark."""

    # What no save of an editor writes.
    decided: tuple[str, ...] = ("by_one_person",)

    by_one_person: Any = one_person_field()

    class Meta:
        abstract = True
