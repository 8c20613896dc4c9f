"""Since when a site has used each version of the method."""

from datetime import date

from django.db.models import Min
from django.utils import timezone

from claims.domain.methods import METHODS, ScoringMethod
from claims.models import Snapshot


def methods_with_first_days() -> list[tuple[ScoringMethod, date]]:
    """The methods, newest first, each with the day of the first version that it scored here.

    Of a method that scored none, the day of its release.
    """
    firsts = Snapshot.objects.order_by().values_list("method").annotate(first=Min("taken_at"))
    days = {name: timezone.localdate(first) for name, first in firsts}
    return [(method, days.get(method.name, method.released_on)) for method in reversed(METHODS)]
