"""Values of columns as JSON has them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from claims.domain.dates import PartialDate


def json_value(value: Any) -> Any:
    """A column's value as JSON has it; times to the millisecond, so that dumping and loading a row changes nothing."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="milliseconds")
        case date():
            return value.isoformat()
        case PartialDate() | Decimal():
            return str(value)
    return value
