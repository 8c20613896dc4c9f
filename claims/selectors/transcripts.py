"""A statement as an annotated transcript: its words, with each claim's span marked and its verdict beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from claims.domain.vocabulary import Reporting
from claims.languages import primary_language
from claims.models import Claim, Statement
from claims.models.translated import Translated, text_direction
from claims.selectors.claim_lists import ListedClaim
from claims.text.quotations import nest_quotation_marks, quotation_marks
from claims.text.spans import find_span
from claims.text.transcripts import PlacedSpan, Segment, cut_into_segments

FIELDS = (
    "text",
    "reported_text",
)  # the words of a statement: those quoted, and those that the source reports


@dataclass(frozen=True, slots=True)
class NumberedClaim:
    """A claim with its number on the page: its words and its verdict have the same one."""

    number: int
    row: ListedClaim


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage, with the quotation marks that open the words before it or close them after it."""

    opening: str
    segments: list[Segment]
    closing: str
    claims: list[NumberedClaim]  # whose marked words begin in it


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement's quoted or reported words in one language. `field`: the one of FIELDS that they are of."""

    field: str
    text: str
    language: str
    translator: str = ""
    is_quoted: bool = False  # whether the spans of claims are copied from it
    is_translation: bool = False
    is_verbatim: bool = True

    @property
    def direction(self) -> str:
        return text_direction(self.language)

    @property
    def quotes(self) -> tuple[str, str]:
        """The marks around words that were said so; none around what the source reports."""
        return quotation_marks(primary_language(self.language)) if self.is_verbatim else ("", "")


@dataclass(frozen=True, slots=True)
class MarkedWording:
    wording: Wording
    passages: list[Passage]


@dataclass(frozen=True, slots=True)
class TranscriptPart:
    """Words in the language of the page where there are such, and the same words in other languages."""

    lead: MarkedWording
    others: list[MarkedWording]


@dataclass(frozen=True, slots=True)
class Transcript:
    parts: list[TranscriptPart]
    claims: dict[int, NumberedClaim]
    unmarked: list[NumberedClaim]  # claims whose words were not found in the leading words

    @property
    def marked(self) -> int:
        return len(self.claims) - len(self.unmarked)


def build_transcript(
    statement: Statement, rows: Sequence[ListedClaim], language: str, first_number: int = 1
) -> Transcript:
    """The transcript for a page in the language. Claims are numbered in the order of their words."""
    parts = [found for field in FIELDS if (found := _wordings(statement, field, language))]
    leads = [wordings[0] for wordings in parts]
    marked, unmarked = _in_order_of_words(rows, leads)
    claims = {n: NumberedClaim(n, row) for n, row in enumerate([*marked, *unmarked], start=first_number)}
    return Transcript(
        [
            TranscriptPart(
                _mark_wording(wordings[0], claims.values()),
                [_mark_wording(wording, claims.values()) for wording in wordings[1:]],
            )
            for wordings in parts
        ],
        claims,
        list(claims.values())[len(marked) :],
    )


def _wordings(statement: Statement, field: str, language: str) -> list[Wording]:
    """The words of a field in each language that the page shows, the one that leads first; empty without words."""
    is_verbatim = field == "text" and statement.reporting == Reporting.VERBATIM
    original = statement.original_text if field == "text" else ""
    quoted = Wording(
        field, getattr(statement, field), statement.language, statement.translator, is_quoted=True,
        is_translation=bool(original), is_verbatim=is_verbatim,
    )  # fmt: skip
    found = [quoted, Wording(field, original, statement.original_language, is_verbatim=is_verbatim)]
    if language not in {primary_language(wording.language) for wording in found}:
        text, by = Translated.said_in(statement, field, language), statement.translated_by(language)
        found.append(Wording(field, text, language, by, is_translation=True, is_verbatim=is_verbatim))
    written = [replace(wording, text=wording.text.strip()) for wording in found if wording.text.strip()]
    return sorted(written, key=lambda wording: primary_language(wording.language) != language)


def _in_order_of_words(
    rows: Sequence[ListedClaim], leads: Sequence[Wording]
) -> tuple[list[ListedClaim], list[ListedClaim]]:
    """The claims whose words stand in the leading words, in the order of these, and the others."""
    placed, unmarked = [], []
    for number, row in enumerate(rows):
        places = [
            (part, span.start, -span.end)
            for part, wording in enumerate(leads)
            for span in _place_claims(wording, [NumberedClaim(number, row)])
        ]
        if places:
            placed.append((places[0], number, row))
        else:
            unmarked.append(row)
    return [row for _place, _number, row in sorted(placed, key=lambda each: each[:2])], unmarked


def _place_claims(wording: Wording, claims: Iterable[NumberedClaim]) -> list[PlacedSpan]:
    placed = []
    for each in claims:
        quote, governing_words = _said_in_wording(each.row.claim, wording)
        at = find_span(wording.text, quote, governing_words)
        if at >= 0:
            placed.append(PlacedSpan(each.number, at, at + len(quote)))
    return placed


def _said_in_wording(claim: Claim, wording: Wording) -> tuple[str, str]:
    """A claim's span and the words that govern it, as they stand in these words; empty if they stand in others."""
    if wording.field != claim.statement.text_field_of(claim.quote):
        return "", ""
    if wording.is_quoted:
        return claim.quote, claim.governing_words
    language = primary_language(wording.language)
    return claim.said_in("quote", language), claim.said_in("governing_words", language)


def _mark_wording(wording: Wording, claims: Iterable[NumberedClaim]) -> MarkedWording:
    numbered = {each.number: each for each in claims}
    cut = cut_into_segments(wording.text, _place_claims(wording, numbered.values()))
    passages = []
    for place, segments in enumerate(cut, start=1):
        begun = [mark.number for segment in segments for mark in segment.marks if mark.begins]
        opening = wording.quotes[0] if place == 1 else ""
        closing = wording.quotes[1] if place == len(cut) else ""
        claims_here = [numbered[number] for number in begun]
        passages.append(Passage(opening, _nest_marks(segments, wording), closing, claims_here))
    return MarkedWording(wording, passages)


def _nest_marks(segments: Sequence[Segment], wording: Wording) -> list[Segment]:
    """Within a translation of ours stand the inner quotation marks of its language. Quoted words stay as they are."""
    if not (wording.is_translation and wording.is_verbatim) or wording.is_quoted:
        return list(segments)
    language = primary_language(wording.language)
    return [each._replace(text=nest_quotation_marks(each.text, language)) for each in segments]
