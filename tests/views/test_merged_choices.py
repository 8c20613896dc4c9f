"""A filter or a lens that names a merged record by its old address leads on to the new one, for ever."""

import pytest
from django.test import Client

from tests.factories import ClaimFactory, OldAddressFactory

pytestmark = pytest.mark.django_db


def led(address):
    response = Client().get(address)
    return response.status_code, response.headers.get("Location")


def test_the_list_keeps_its_other_filters():
    speaker = ClaimFactory(published=True).statement.speaker
    OldAddressFactory(kind="speaker", slug="old", leads_to=speaker.slug)
    assert led("/en/claims/?kind=fact&speaker=old") == (301, f"/en/claims/?kind=fact&speaker={speaker.slug}")
    assert led("/en/claims/?speaker=nobody") == (200, None)


def test_a_lens_keeps_what_else_it_leaves_out():
    claim = ClaimFactory(published=True)
    page = f"/ar/claims/{claim.slug}/"
    OldAddressFactory(kind="source", slug="old", leads_to="new")
    assert led(f"{page}?without=old&without=new&lens=primary") == (301, f"{page}?without=new&lens=primary")


@pytest.mark.parametrize("path", ["/en/claims.csv", "/en/evidence.csv"])
def test_the_data_of_a_list_keep_its_other_filters(path):
    speaker = ClaimFactory(published=True).statement.speaker
    OldAddressFactory(kind="speaker", slug="old", leads_to=speaker.slug)
    assert led(f"{path}?kind=fact&speaker=old") == (301, f"{path}?kind=fact&speaker={speaker.slug}")
    assert led(f"{path}?speaker={speaker.slug}") == (200, None)
    assert led(f"{path}?speaker=nobody") == (400, None)


def test_a_comparison_keeps_who_else_is_compared():
    one, other = (ClaimFactory(published=True).statement.speaker.slug for _ in range(2))
    OldAddressFactory(kind="speaker", slug="old", leads_to=one)
    assert led(f"/en/compare/?speaker=old&speaker={other}") == (
        301,
        f"/en/compare/?speaker={one}&speaker={other}",
    )
    assert led(f"/en/compare/?speaker={one}&speaker=old") == (301, f"/en/compare/?speaker={one}")
    assert led("/en/compare/?speaker=nobody&speaker=noone") == (400, None)
