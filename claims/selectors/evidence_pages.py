"""Pages of a receipt with very many reports: the heaviest first, each page with the sum of the others."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from claims.domain.wording import signed_points
from claims.models import EvidenceLink
from claims.selectors.receipts import Receipt, ReceiptRow

AT_ONCE: Final = 60  # reports on one page


@dataclass(frozen=True)
class EvidencePage:
    """The rows of one page, grouped by side as in the receipt."""

    receipt: Receipt
    rows: Sequence[ReceiptRow]

    @cached_property
    def _keys(self) -> set[object]:
        return {row.grades.id for row in self.rows}

    def has(self, row: ReceiptRow) -> bool:
        return row.grades.id in self._keys

    def _of(self, rows: Sequence[ReceiptRow]) -> list[ReceiptRow]:
        return [row for row in rows if self.has(row)]

    @property
    def links(self) -> list[EvidenceLink]:
        """The links of all rows on the page, counted or not."""
        return [row.link for row in self.rows]

    @property
    def contradicting(self) -> list[ReceiptRow]:
        return self._of(self.receipt.contradicting)

    @property
    def supporting(self) -> list[ReceiptRow]:
        return self._of(self.receipt.supporting)

    @property
    def context(self) -> list[ReceiptRow]:
        return self._of(self.receipt.context)

    @property
    def early(self) -> list[ReceiptRow]:
        return self._of(self.receipt.early)

    @property
    def late(self) -> list[ReceiptRow]:
        return self._of(self.receipt.late)

    @property
    def against(self) -> list[list[ReceiptRow]]:
        """The events that contradict the claim, the heaviest first, each with its reports."""
        return self._events("contradicting")

    @property
    def in_favour(self) -> list[list[ReceiptRow]]:
        """The events that support the claim, in the same way."""
        return self._events("supporting")

    def _events(self, side: str) -> list[list[ReceiptRow]]:
        events: dict[Hashable, list[ReceiptRow]] = {}
        for row in self.rows:  # in the order of the receipt
            if row.side == side and row.score.visible:
                events.setdefault(row.origin, []).append(row)
        return list(events.values())

    @property
    def sum(self) -> str:
        """“50 + 33.33 − 4.00”: the starting point, then the points of all reports of each side, if it has any."""
        sides = (_sum_of_points(self.receipt.side(side)) for side in ("contradicting", "supporting"))
        return " ".join(["50", *(f"{points[0]} {points[1:]}" for points in sides if points[0] in "+−")])

    @property
    def weighed(self) -> list[ReceiptRow]:
        return self._of(self.receipt.weighed)

    @cached_property
    def elsewhere(self) -> list[ReceiptRow]:
        """The rows with a mass that are on other pages."""
        return [row for row in self.receipt.weighed if not self.has(row)]

    @property
    def points_elsewhere(self) -> str:
        """The points of the rows on other pages: the sum of the rounded points, so that every page adds up."""
        return _sum_of_points(self.elsewhere)


def _sum_of_points(rows: Iterable[ReceiptRow]) -> str:
    return signed_points(float(sum((Decimal(row.points.replace("−", "-")) for row in rows), Decimal())), 2)


def rows_in_page_order(receipt: Receipt) -> list[ReceiptRow]:
    """All rows of the receipt, in the order of the pages."""
    return [*receipt.rows, *receipt.early, *receipt.late]
