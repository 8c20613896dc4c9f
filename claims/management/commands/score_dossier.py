"""Scores dossiers from a file, without a database, to compare the method with one's own figures."""

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.domain.dates import DatePrecision, InvalidPartialDate, PartialDate
from claims.domain.dossier import Gap, LinkScore, score_dossiers
from claims.ingest.dossier_json import DossierFileError, read_dossiers


class Command(BaseCommand):
    help = "Score the dossiers in a JSON file and print the results as a JSON list. Needs no database."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a JSON list of dossiers; - reads standard input")
        parser.add_argument(
            "--as-of", metavar="DAY", help="score every dossier on this day instead of its own"
        )

    def handle(self, *, file: str, as_of: str | date | None = None, **options: Any) -> None:
        try:
            cases = read_dossiers(read_dossier_file(file), parse_day_option(as_of))
        except DossierFileError as error:
            count = len(error.problems)
            total = f"{count} problem{'s' if count > 1 else ''}; nothing was scored. Counting starts at 0."
            raise CommandError("\n".join([*error.problems, total]), returncode=2) from None
        gaps = score_dossiers([(case.dossier, case.as_of) for case in cases])
        self.stdout.write(json.dumps([gap_as_json(gap) for gap in gaps], indent=2, allow_nan=False))


def read_dossier_file(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a path that holds a NUL
        raise CommandError(f"{file} cannot be read: {error}", returncode=2) from None


def parse_day_option(as_of: str | date | None) -> date | None:
    if as_of is None or isinstance(as_of, date):
        return as_of
    try:
        period = PartialDate.parse(as_of)
    except InvalidPartialDate as error:
        raise CommandError(f"--as-of: {error}", returncode=2) from None
    if period.precision is not DatePrecision.DAY:
        raise CommandError(f"--as-of: {as_of} is not one day; write a day such as 2021-10-13.", returncode=2)
    return period.last


def gap_as_json(gap: Gap) -> dict[str, Any]:
    """The gap as a dictionary with the field names of the test vectors, followed by the details of each link."""
    return {
        "as_of": gap.as_of.isoformat(),
        "gap": gap.gap,
        "low": gap.low,
        "high": gap.high,
        "state": gap.state,
        "tentative": gap.tentative,
        "S": gap.contradicting,
        "R": gap.supporting,
        "N": {"against": gap.publishers_against, "for": gap.publishers_for},
        "contributions": {
            str(key): link.contribution for key, link in gap.links.items() if link.contribution
        },
        "links": {str(key): link_part_as_json(link) for key, link in gap.links.items()},
    }


def link_part_as_json(link: LinkScore) -> dict[str, Any]:
    return {
        "visible": link.visible,
        "mass": link.mass,
        "counted": link.counted,
        "contribution": link.contribution,
        "gap_without": link.gap_without,
        "state_without": link.state_without,
    }
