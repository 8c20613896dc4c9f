"""Each public table has its description, and each description says what the product asks of it."""

import pytest
from django.apps import apps
from django.db.models.fields import NOT_PROVIDED
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from claims.models import (
    AgreementDay,
    ClaimGap,
    DeskStep,
    Entry,
    ErrorReport,
    Grading,
    ImportedRow,
    OldAddress,
    PageCopy,
    Proposal,
    PublicName,
    Revision,
    Suppression,
    Synonyms,
    TableImport,
)
from claims.models.public_claim import KeptRow
from claims.records.record_kind import PRIVATE_COLUMNS, RecordKind, public_columns
from claims.records.references import ReferenceKind
from claims.records.registry import KINDS_BY_MODEL, PAGE_KINDS, PARTS_BY_MODEL, RECORD_KINDS

# Tables without a description, and why.
WITHOUT_DESCRIPTION = {
    ClaimGap: "computed from the others",
    AgreementDay: "computed from the others",
    Entry: "the ledger itself",
    Grading: "ratings sum them up",
    ErrorReport: "readers write it, and only the desk sees it",
    DeskStep: "only the desk sees it",
    Proposal: "only the desk sees it",
    Revision: "only the desk sees it",
    OldAddress: "its merge stands in the ledger",
    Suppression: "readers see its entry alone",
    PublicName: "entries sign by it",
    Synonyms: "search reads it, and no page shows it",
    TableImport: "only the desk sees it",
    PageCopy: "readers see its day and its hash alone",
    ImportedRow: "only the desk sees it",
}
MODELS = [
    model
    for model in apps.get_app_config("claims").get_models()
    if model not in WITHOUT_DESCRIPTION and not issubclass(model, KeptRow)
]
KINDS = pytest.mark.parametrize("kind", RECORD_KINDS.values(), ids=lambda kind: kind.name)


def place_of(kind: RecordKind, attribute: str) -> str:
    return f"{type(kind).__module__.replace('.', '/')}.py: {type(kind).__name__}.{attribute}"


def form_of(model):
    """The columns that were in the form from the beginning, and where that is said."""
    if kind := KINDS_BY_MODEL.get(model):
        return kind.original_columns, place_of(kind, "original_columns")
    kind, part = PARTS_BY_MODEL[model]
    return frozenset(part.original_columns), place_of(kind, "parts")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_each_public_model_is_described(model):
    assert model in KINDS_BY_MODEL or model in PARTS_BY_MODEL, (
        f"{model.__name__}: describe it in claims/records/ and list the description in claims/records/registry.py"
    )


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_a_column_that_came_later_has_a_default_that_stands_for_its_absence(model):
    original, place = form_of(model)
    for field in model._meta.concrete_fields:
        if field.name in PRIVATE_COLUMNS or field.name in original or (field.is_relation and field.null):
            continue
        if model in PARTS_BY_MODEL and field.name == PARTS_BY_MODEL[model][1].owner:
            continue
        has_default = field.default is not NOT_PROVIDED or field.db_default is not NOT_PROVIDED
        assert has_default or field.null or field.empty_strings_allowed, (
            f"{model.__name__}.{field.name} has no default: entries made before it would no longer hold. "
            f"Give it one; do not add it to {place}"
        )


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_the_original_columns_exist(model):
    original, place = form_of(model)
    assert original <= public_columns(model).keys(), place


@KINDS
def test_the_attributes_name_fields_and_kinds_that_exist(kind):
    names = {field.name for field in kind.model._meta.get_fields()}
    columns = public_columns(kind.model).keys()
    assert kind.title_field in names or not (kind.has_page or kind.is_reference), place_of(
        kind, "title_field"
    )
    assert kind.official_words <= columns, place_of(kind, "official_words")
    assert kind.fixed_ends <= columns, place_of(kind, "fixed_ends")
    assert kind.hidden_in_diff <= columns, place_of(kind, "hidden_in_diff")
    assert set(kind.related_slugs) <= names, place_of(kind, "related_slugs")
    assert set(kind.history_stands_with) <= RECORD_KINDS.keys() & names, place_of(kind, "history_stands_with")
    assert len(kind.name) <= Entry._meta.get_field("kind").max_length, place_of(kind, "name")
    assert kind.label, place_of(kind, "label")


@KINDS
def test_a_many_to_many_field_stands_in_the_form(kind):
    fields = {field.name for field in kind.model._meta.many_to_many}
    assert fields == set(kind.related_slugs), place_of(kind, "related_slugs")


@KINDS
def test_a_kind_with_a_page_has_an_address_and_says_who_sees_it(kind):
    assert kind.has_page == (kind.name in PAGE_KINDS), "claims/records/registry.py: PAGE_KINDS"
    if not kind.has_page:
        return
    try:
        reverse(kind.name, args=["its-address"])
    except NoReverseMatch:
        pytest.fail(
            f"claims/urls.py has no page named {kind.name!r}, but {place_of(kind, 'has_page')} says so"
        )
    assert kind.visible_rows(timezone.localdate()).model is kind.model, place_of(kind, "visible_rows")


@KINDS
def test_a_revised_kind_says_who_decides_and_can_be_proposed(kind):
    known = {permission for model in MODELS for permission, _title in model._meta.permissions}
    assert not kind.is_revised or kind.decision_permission in known, place_of(kind, "decision_permission")
    ends = {field.name for field in Revision._meta.concrete_fields}
    assert kind.is_revised == (kind.name in ends), (
        f"claims/models/proposal.py: REVISED; {place_of(kind, 'is_revised')}"
    )


@KINDS
def test_a_reference_says_what_refers_to_it(kind):
    if not isinstance(kind, ReferenceKind):
        return
    for model, field in kind.references:
        related = model._meta.get_field(field).related_model
        assert related is kind.model, place_of(kind, "references")


@KINDS
@pytest.mark.django_db
def test_the_path_to_the_claims_that_it_moves_can_be_asked(kind):
    from claims.models import Claim

    for path in (*kind.claims_paths, *(path for part in kind.parts for path in part.claims_paths)):
        assert not Claim.objects.filter(**{path: 0}).exists(), place_of(kind, "claims_paths")
