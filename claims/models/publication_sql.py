"""The rules of who sees a row, as SQL for views and triggers."""

from claims.domain.vocabulary import Status

from .base import Publishable


def published_sql(model: type[Publishable], aliases: dict[str, str]) -> str:
    """The model's rule `published_with` as SQL. `aliases` names the table at the end of each path."""
    return " AND ".join(
        f"{aliases[path]}.status = '{Status.PUBLISHED.value}'" for path in model.published_with
    )


def known_from_sql(model: type[Publishable], aliases: dict[str, str]) -> str:
    """SQL for the day from which readers know of a row: the last day of its partial date."""
    path, separator, column = model.known_from.rpartition("__")
    return f"substr({aliases[path + separator]}.{column}, 12, 10)"
