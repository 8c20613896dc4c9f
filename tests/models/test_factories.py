"""The factories themselves: one for each model, and every variant a row that validation lets pass."""

import pytest
from django.apps import apps
from django.db import models

from claims.models import ClaimGap, Revision, Snapshot
from claims.models.public_claim import KeptRow
from tests import factories

pytestmark = pytest.mark.django_db

FACTORIES = [
    factories.of(model)
    for model in apps.get_app_config("claims").get_models()
    if not issubclass(model, KeptRow)  # triggers make them
]
VARIANTS = [(factory, {}) for factory in FACTORIES]
VARIANTS += [(factory, {trait: True}) for factory in FACTORIES for trait in factory._meta.parameters]


def never_typed(model):
    """Columns that no form holds, so that their emptiness is for the constraints alone to judge."""
    return [field.name for field in model._meta.fields if field.null or isinstance(field, models.JSONField)]


@pytest.mark.parametrize(
    ("factory", "variant"), VARIANTS, ids=[f"{each.__name__}-{'-'.join(traits)}" for each, traits in VARIANTS]
)
def test_every_variant_makes_a_valid_row(factory, variant):
    row = factory(**variant)
    row.refresh_from_db()
    exclude = never_typed(type(row)) if isinstance(row, ClaimGap | Revision | Snapshot) else []
    row.clean_fields(exclude=exclude)
    row.clean()
    row.validate_unique()
    row.validate_constraints()


def test_a_published_claim_comes_with_its_published_statement():
    claim = factories.ClaimFactory(published=True)
    assert (claim.is_published, claim.statement.is_published) == (True, True)


@pytest.mark.parametrize("role", ["reporter", "editor", "publisher"])
def test_staff_are_in_the_group_of_their_role(role):
    user = factories.UserFactory(**{role: True})
    assert [group.name for group in user.groups.all()] == [f"{role}s"]
