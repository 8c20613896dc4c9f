"""Reads the kept counts of public claims, in place of counting the claims."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet, Sum

from claims.domain.vocabulary import State
from claims.models import ClaimCount, PublicClaim
from claims.models.public_claim import Scope
from claims.selectors.claim_lists import GapAverage

SCOPES: Final = {"speaker": Scope.SPEAKER, "topic": Scope.TOPIC, "place": Scope.PLACE}
# Not how commitments were settled: that depends on the day, and few claims are.
COLUMNS: Final = ("standing", "kind", "state")
MILLIONTHS: Final = 1_000_000


def are_all_known(day: date) -> bool:
    """Whether readers of the day know of all public claims. The kept counts hold all of them."""
    return not PublicClaim.objects.filter(known_from__gt=day.isoformat()).exists()


@dataclass(frozen=True)
class CountedChoice:
    """The claims with some values, of the whole site or of some speakers, or of one topic or place."""

    values: Mapping[str, Collection[str]] = field(default_factory=dict)  # by the names in COLUMNS
    scope: str = ""  # a name in SCOPES
    nodes: Collection[int] = ()

    def counts_by(self, name: str) -> dict[str | int, int] | None:
        """The number of claims by a name in COLUMNS or SCOPES; None if no kept count tells."""
        if name in SCOPES:
            if self.scope:
                return None
            rows, column = ClaimCount.objects.filter(scope=SCOPES[name]), "node"
        else:
            rows, column = self._rows_of_scope(), name
        found = self._having_values(rows)
        if name == "state":
            found = found.exclude(state="")
        counted = found.filter(claims__gt=0).values(column).annotate(n=Sum("claims"))
        return {row[column]: row["n"] for row in counted.order_by()}

    def average(self) -> GapAverage:
        """The mean gap of the claims that have a verdict."""
        vague = Sum("claims", filter=Q(state=State.UNCHECKABLE), default=0)
        found = self._having_values(self._rows_of_scope()).aggregate(
            all=Sum("claims", default=0),
            n=Sum("scored", default=0),
            sum=Sum("headlines", default=0),
            vague=vague,
        )
        mean = found["sum"] / MILLIONTHS / found["n"] if found["n"] else None
        return GapAverage(mean, found["n"], found["all"] - found["n"] - found["vague"], found["vague"])

    def _rows_of_scope(self) -> QuerySet[ClaimCount]:
        if self.scope:
            return ClaimCount.objects.filter(scope=SCOPES[self.scope], node__in=self.nodes)
        return ClaimCount.objects.filter(scope=Scope.SITE, node=0)

    def _having_values(self, rows: QuerySet[ClaimCount]) -> QuerySet[ClaimCount]:
        return rows.filter(**{f"{name}__in": values for name, values in self.values.items()})
