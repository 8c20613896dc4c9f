"""Pages of a receipt with very many reports: the heaviest first, each page with the sum of the others."""

from collections.abc import Sequence
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
    def weighed(self) -> list[ReceiptRow]:
        return self._of(self.receipt.weighed)

    @cached_property
    def elsewhere(self) -> list[ReceiptRow]:
        """The rows with a mass that are on other pages."""
        return [row for row in self.receipt.weighed if not self.has(row)]

    @property
    def points_elsewhere(self) -> str:
        """The points of the rows on other pages. The sum of the rounded points, so that every page adds up."""
        points = sum((Decimal(row.points.replace("−", "-")) for row in self.elsewhere), Decimal())
        return signed_points(float(points), 2)


def rows_in_page_order(receipt: Receipt) -> list[ReceiptRow]:
    """All rows of the receipt, in the order of the pages."""
    return [*receipt.rows, *receipt.early, *receipt.late]
