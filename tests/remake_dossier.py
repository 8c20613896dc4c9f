"""Puts the Syria dossier through the house and writes the fixture anew: `python -m tests.remake_dossier`.

The site's past is the fixture of the last release: its ledger and its scores by gap-beta/1.0 stay as they were. On
27 November 2026 the records in `tests/dossier/` are entered, proposed, graded, accepted and published upon it, by
three people and by the product's own actions.
"""

import json
import os
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

FIXTURE = Path(__file__).parent.parent / "fixtures" / "syria.json"
PAST = "10b7f43"  # the release whose fixture is the site's past
UPGRADED = datetime(2026, 11, 27, 0, 10, tzinfo=UTC)
START = datetime(2026, 11, 27, 0, 30, tzinfo=UTC)

DUMPED = [
    "publicname", "topic", "place", "speaker", "role", "source", "sourcegrade", "origin", "statement", "claim",
    "evidence", "evidencelink", "rating", "searchnote", "correction", "about", "synonyms", "snapshot", "methodchange",
    "entry",
]  # fmt: skip


def main() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    past = load_past()

    from tests.dossier_house import House

    house = House(START)
    house.enter_records()
    house.revise_records()
    house.add_reports()
    write([record for record in past if record["model"] == "auth.user"])


def load_past() -> list[dict[str, Any]]:
    """The records of the last release, loaded as an operator loads them after the upgrade."""
    from django.core.management import call_command

    blob = f"{PAST}:fixtures/{FIXTURE.name}"
    text = subprocess.run(["git", "show", blob], check=True, capture_output=True, cwd=FIXTURE.parent).stdout
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch("django.utils.timezone.now", return_value=UPGRADED),
    ):
        path = Path(folder) / FIXTURE.name
        path.write_bytes(text)
        call_command("loaddata", path, verbosity=0)
    records: list[dict[str, Any]] = json.loads(text)
    return records


def write(users: list[dict[str, Any]]) -> None:
    from django.apps import apps
    from django.core import serializers

    from claims.ledger.verification import ledger_faults

    assert not list(ledger_faults()), list(ledger_faults())
    rows = [row for kind in DUMPED for row in apps.get_model("claims", kind)._base_manager.order_by("pk")]
    text = serializers.serialize(
        "json", rows, use_natural_foreign_keys=True, use_natural_primary_keys=True, ensure_ascii=False
    )
    records = [*users, *(tidy(record) for record in json.loads(text))]
    lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    FIXTURE.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def tidy(record: dict[str, Any]) -> dict[str, Any]:
    """Without the columns that are empty, which read as noise."""
    fields = {name: value for name, value in record["fields"].items() if value not in (None, "", {})}
    return {**record, "fields": fields}


if __name__ == "__main__":
    main()
