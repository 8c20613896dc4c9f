"""Who did it is held by the ledger too: another account put in its place past the software is found and named."""

import pytest

from claims.models import Entry, PublicName
from claims.records.accounts import account_columns
from tests.selectors import tampering
from tests.selectors.tampering import PARTS, PUBLIC, found, named, of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undone")]
ACCOUNTS = [
    pytest.param(model._meta.get_field(name), id=f"{model._meta.model_name}.{name}")
    for model in PUBLIC
    for name in account_columns(model)  # type: ignore[arg-type]  # the tuple is of several metaclasses
]


@pytest.mark.parametrize("field", ACCOUNTS)
def test_another_account_put_in_place_of_who_did_it_is_found_and_named(field):
    """Readers see none of these columns, so no form holds them: the entries do, by keys that only the desk has."""
    row = tampering.change(field)
    before, after = getattr(row, field.name), getattr(type(row).objects.get(pk=row.pk), field.name)
    (line, *_more) = of(named(row), found())
    assert PARTS[field.model][2] in line if field.model in PARTS else field.name in line
    assert str(before or "nobody") in line
    assert str(after) in line


def test_an_account_taken_off_an_entry_is_found(world):
    entry = Entry.objects.exclude(account=None).first()
    Entry.objects.filter(number=entry.number).update(account=None)
    assert f"account is nobody, entered as {entry.account}" in of(f"entry {entry.number}", found())[0]


def test_accounts_that_are_exchanged_together_with_what_an_entry_keeps_are_found(world):
    entry = Entry.objects.exclude(account=None).first()
    other = PublicName.objects.exclude(account=entry.account).first()
    who = entry.who.replace(PublicName.objects.get(account=entry.account).key, other.key)
    Entry.objects.filter(number=entry.number).update(account=other.account_id, who=who)
    assert "who did it is not what was entered" in of(f"entry {entry.number}", found())[0]


def test_another_key_of_an_account_is_found(world):
    PublicName.objects.filter(account=world.desk.publisher).update(key="0" * 32)
    assert any("an unknown account" in line for line in found())
