"""Prints the quotations and the events of an article, and stores nothing."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.domain.dates import InvalidPartialDate, PartialDate
from claims.ingest.documents import MOST_BYTES, DocumentText, UnreadableDocument, read_document
from claims.reading.articles import ArticleReading, read_article


class Command(BaseCommand):
    help = "Print who said what and what happened, as an article in a file tells it. Stores nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a .txt, .html, .docx or .pdf file, or - for text on standard input")
        parser.add_argument("--published", metavar="DAY", help="the day of publication, such as 2021-10-15")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *, file: str, published: str | None, **options: Any) -> None:
        try:
            document = _load(file)
            day = (
                PartialDate.parse(published or document.published)
                if published or document.published
                else None
            )
        except (UnreadableDocument, InvalidPartialDate) as error:
            raise CommandError(str(error)) from None
        reading = read_article(document.text, day)
        self.stdout.write(_as_json(reading) if options["json"] else _as_text(reading))


def _load(file: str) -> DocumentText:
    if file == "-":
        return read_document(sys.stdin.buffer.read(MOST_BYTES + 1), "")
    path = Path(file)
    try:
        with path.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise CommandError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}.") from None
    return read_document(content, path.suffix)


def _as_json(reading: ArticleReading) -> str:
    quotations = [
        {
            "text": one.text,
            "speaker": one.speaker,
            "said_on": _written(one.said_on),
            "verbatim": one.verbatim,
            "sentence": one.sentence,
        }
        for one in reading.quotations
    ]
    events = [
        {"sentence": one.sentence, "happened": _written(one.happened), "place": one.place}
        for one in reading.events
    ]
    return json.dumps({"quotations": quotations, "events": events}, ensure_ascii=False, indent=2)


def _written(day: PartialDate | None) -> str | None:
    return str(day) if day else None


def _as_text(reading: ArticleReading) -> str:
    lines = [f"{len(reading.quotations)} quotation(s)"]
    for quotation in reading.quotations:
        kind = "in quotation marks" if quotation.verbatim else "reported"
        lines += ["", f"{quotation.speaker} · {quotation.said_on or 'no day'} · {kind}", quotation.text]
    lines += ["", f"{len(reading.events)} event(s)"]
    for event in reading.events:
        lines += ["", f"{event.happened or 'no day'} · {event.place or 'no place'}", event.sentence]
    return "\n".join(lines)
