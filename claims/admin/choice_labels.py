"""Choices labelled with their meaning."""

from enum import Enum
from typing import Any

from django.utils.translation import gettext as _

from claims.domain import vocabulary as v
from claims.domain.about import AboutSubject
from claims.models import Source, Speaker

TERMS: dict[str, type[Enum]] = {
    "about.subject": AboutSubject,
    "claim.kind": v.ClaimKind,
    "correction.kind": v.CorrectionKind,
    "evidence.credibility": v.Credibility,
    "evidencelink.directness": v.Directness,
    "origin.kind": v.OriginKind,
    "place.kind": v.PlaceKind,
    "searchnote.side": v.Side,
    "source.kind": v.SourceKind,
    "source.reliability": v.Reliability,
    "speaker.nature": v.Nature,
    "speaker.standing": v.ClaimStanding,
    "statement.reporting": v.Reporting,
}


def choices_with_meanings(field: Any, *, blank: bool) -> list[tuple[Any, str]] | None:
    """The field's choices, each with its meaning; None if the field's values are not from the vocabulary."""
    terms = TERMS.get(f"{field.model._meta.model_name}.{field.name}")
    if terms is None:
        return None
    rows: list[tuple[Any, str]] = [("", "—")] if blank else []
    return rows + [(term.value, choice_sentence(term)) for term in terms]


def choice_sentence(term: Any) -> str:
    """A choice in words: “2 · probably true: fits what is known, not confirmed”, or “direct · the report shows …”."""
    label, meaning = _(term.label), lower_first_letter(_(term.meaning).rstrip("."))
    is_grade = len(str(term.value)) == 1
    return f"{term.value} · {label}: {meaning}" if is_grade else f"{label} · {meaning}"


def pick_label(record: Any) -> str:
    """The record in a list to pick from; speakers with their latest office, sources with their kind."""
    match record:
        case Speaker():
            offices = [role.title for role in record.roles.all()]
            told = offices[-1] if offices else _(v.Nature(record.nature).label)
        case Source():
            told = _(v.SourceKind(record.kind).label)
        case _:
            return str(record)
    return f"{record} · {told}"


def lower_first_letter(text: str) -> str:
    return text if text.startswith("I ") else text[:1].lower() + text[1:]
