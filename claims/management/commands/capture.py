"""Keeps copies of pages of other sites. Run again, it fetches again, and stores nothing for a page that is the same."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from claims.actions import CopyFate, keep_page_copy
from claims.models import Evidence, PageCopy
from claims.outgoing.fetching import Visitor
from claims.outgoing.public_hosts import MOST_LETTERS, read_target
from claims.outgoing.rules import FetchFault, OutgoingRules, site_rules


class Command(BaseCommand):
    help = "Fetch pages and keep copies of them as WARC files. Exit 1 if one could not be kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "addresses", nargs="*", metavar="URL", help="without any: standard input, one a line"
        )
        parser.add_argument(
            "--evidence", type=int, metavar="ID",
            help="the evidence that the pages are of: the number in its address on the desk",
        )  # fmt: skip

    def handle(self, *, addresses: list[str], evidence: int | None, **options: Any) -> None:
        linked = _find_evidence(evidence) if evidence is not None else None
        try:
            rules = site_rules()
        except FetchFault as fault:
            raise CommandError(str(fault)) from None
        given = list(dict.fromkeys(addresses or _addresses_of_input()))
        visitor, failed = Visitor(rules), 0
        for number, address in enumerate(given, 1):
            try:
                words = _keep(visitor, rules, address, linked)
            except (FetchFault, OSError) as fault:
                failed += 1
                words = f"refused: {address}: {fault}"
            self.stdout.write(f"{number} of {len(given)}  {_in_plain_letters(words)}")
            self.stdout.flush()
        if failed:
            raise CommandError(f"{failed} of {len(given)} could not be kept.", returncode=1)


def _find_evidence(number: int) -> Evidence:
    found = Evidence.objects.filter(pk=number).first()
    if found is None:
        raise CommandError(f"There is no evidence {number}.")
    return found


def _addresses_of_input() -> list[str]:
    lines = sys.stdin.buffer.read().decode(errors="replace").splitlines()
    return [line.strip() for line in lines if line.strip()]


def _keep(visitor: Visitor, rules: OutgoingRules, address: str, evidence: Evidence | None) -> str:
    """What became of the address. Raises FetchFault or OSError if it is not kept."""
    written = str(read_target(address, rules))
    if len(written) > MOST_LETTERS:
        raise FetchFault(f"The address is longer than {MOST_LETTERS} letters.")
    copy, fate = keep_page_copy(address=written, page=visitor.fetch(written), evidence=evidence)
    match fate:
        case CopyFate.KEPT:
            return f"kept: {address} ({copy.kind}, {copy.size:,} bytes, SHA-256 {copy.body_sha256})"
        case CopyFate.LINKED:
            return f"held already: {address}, {_since(copy)}; now linked to the evidence"
        case CopyFate.HELD:
            return f"held already: {address}, {_since(copy)}; nothing changed"


def _since(copy: PageCopy) -> str:
    return f"with the same body since {timezone.localtime(copy.fetched_at):%Y-%m-%d}"


def _in_plain_letters(words: str) -> str:
    """The words without what would steer a terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in words)
