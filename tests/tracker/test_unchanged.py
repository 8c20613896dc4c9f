"""On a poor line a page that has not changed is not sent again; a changed one, or another language, always is."""

import pytest
from django.utils import timezone

from claims.actions import record_outside_changes, rescore_claims
from claims.models import Claim
from tests.factories import NOW, ClaimFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    claim = ClaimFactory(published=True)
    rescore_claims(Claim.objects.all(), as_of=timezone.localdate(), now=NOW)
    return claim


def again(client, address, tag, **headers):
    return client.get(address, headers={"if-none-match": tag, **headers})


def test_an_unchanged_page_answers_304_without_its_bytes(client, claim):
    address = claim.get_absolute_url()
    tag = client.get(address).headers["ETag"]
    answer = again(client, address, tag)
    assert (answer.status_code, answer.content) == (304, b"")
    assert not answer.cookies


def test_also_one_that_goes_compressed_over_the_line(client, claim):
    address, packed = claim.get_absolute_url(), {"accept-encoding": "gzip"}
    tag = client.get(address, headers=packed).headers["ETag"]
    assert again(client, address, tag, **packed).status_code == 304


def test_a_changed_page_is_sent(client, claim):
    tag = client.get(claim.get_absolute_url()).headers["ETag"]
    Claim.objects.filter(pk=claim.pk).update(criterion="Something else would settle it.")
    assert again(client, claim.get_absolute_url(), tag).status_code == 200


def test_the_same_address_in_another_language_is_sent(client, claim):
    address = claim.get_absolute_url()
    tag = client.get(address).headers["ETag"]
    assert again(client, address, tag, **{"accept-language": "ar"}).status_code == 200


@pytest.mark.parametrize("path", ["", "embed/", "@1/card.png"])
def test_a_304_leaves_the_policies_that_came_with_what_the_browser_keeps(client, claim, path):
    """Or a frame on another's site, and a card, would be refused from the second time on."""
    record_outside_changes(now=NOW, reason="Loaded.")
    address = claim.get_absolute_url() + path
    tag = client.get(address).headers["ETag"]
    answer = again(client, address, tag)
    assert answer.status_code == 304
    for name in ("Content-Security-Policy", "X-Frame-Options", "Cross-Origin-Resource-Policy"):
        assert name not in answer.headers


def test_the_desk_is_never_kept(admin_client):
    response = admin_client.get("/admin/")
    assert "ETag" not in response.headers
    assert "no-store" in response.headers["Cache-Control"]
