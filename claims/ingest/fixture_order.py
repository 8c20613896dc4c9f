"""The order in which a fixture's records are stored: each after those that it refers to."""

from collections.abc import Iterator

from django.db.models import Model

from .fixture_file import FixtureRecord, fixture_fields, related_model


def in_order(records: list[FixtureRecord]) -> Iterator[FixtureRecord]:
    by_model: dict[type[Model], list[FixtureRecord]] = {}
    for record in records:
        by_model.setdefault(record.model, []).append(record)
    for model in _ordered_models(list(by_model)):
        yield from _parents_first(model, by_model[model])


def _ordered_models(models: list[type[Model]]) -> list[type[Model]]:
    """Each after those that its fields refer to."""
    ordered: dict[type[Model], None] = {}
    seen: set[type[Model]] = set()

    def place(model: type[Model]) -> None:
        if model in seen:
            return
        seen.add(model)
        for one in fixture_fields(model).values():
            if target := related_model(one):
                place(target)
        ordered[model] = None

    for model in models:
        place(model)
    return [model for model in ordered if model in models]


def _parents_first(model: type[Model], records: list[FixtureRecord]) -> Iterator[FixtureRecord]:
    """Records that refer to others of their own kind, after those."""
    names = [name for name, one in fixture_fields(model).items() if related_model(one) is model]
    if not names:
        yield from records
        return
    known = {record.name: record for record in records if record.name}
    known |= {str(record.pk): record for record in records if record.pk is not None}
    ordered: dict[FixtureRecord, None] = {}
    for record in records:
        _place_record(record, names, known, ordered, [])
    yield from ordered


def _place_record(
    record: FixtureRecord,
    names: list[str],
    known: dict[str, FixtureRecord],
    ordered: dict[FixtureRecord, None],
    way: list[FixtureRecord],
) -> None:
    for name in names:
        value = record.values.get(name)
        parent = known.get(str(value[0] if isinstance(value, list) and value else value))
        if parent is None or parent in ordered or value is None:
            continue
        if parent is record or parent in way:
            record.add_fault(name, f"It leads back to the record itself, by way of “{parent.name}”.")
            del record.values[name]
        else:
            _place_record(parent, names, known, ordered, [*way, record])
    ordered[record] = None
