"""A suppression deletes the copies of the reports that hold its text: rows with it, files once it is committed."""

import pytest

from claims.actions import accept_suppression, locate_text, request_suppression
from claims.copies.copy_store import site_copies
from claims.domain.vocabulary import SuppressionGround
from claims.models import PageCopy
from tests.factories import NOW, EvidenceFactory, PageCopyFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]

NAME = "Abu Fulan"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def copy_of(evidence=None, **fields):
    copy = PageCopyFactory(file=site_copies().keep(f"{fields} {evidence}".encode()), **fields)
    if evidence:
        copy.evidence.add(evidence)
    return copy


def suppress(text=NAME):
    publishers = UserFactory.create_batch(2, publisher=True)
    asked = request_suppression(
        text=text, ground=SuppressionGround.SAFETY, reason="A family asked.", by=publishers[0], now=NOW
    )
    accept_suppression(asked, by=publishers[1], now=NOW)


def test_the_copies_of_its_reports_go(django_capture_on_commit_callbacks):
    gone = copy_of(EvidenceFactory(summary=f"{NAME} crossed"))
    stays = copy_of(EvidenceFactory(summary="Trucks crossed"))
    with django_capture_on_commit_callbacks() as callbacks:
        suppress()
    assert list(PageCopy.objects.all()) == [stays]
    assert gone.file in site_copies().digests()  # until the deletion of the row is committed
    for callback in callbacks:
        callback()
    assert list(site_copies().digests()) == [stays.file]


@pytest.mark.parametrize("column", ["address", "final_address"])
def test_a_copy_whose_address_holds_the_text_goes(column, django_capture_on_commit_callbacks):
    other = "final_address" if column == "address" else "address"
    copy_of(**{column: "https://news.example/abu-fulan-speaks", other: "https://news.example/1"})
    assert [place.fields for place in locate_text(NAME)] == [(column,)]
    with django_capture_on_commit_callbacks(execute=True):
        suppress()
    assert not PageCopy.objects.exists()
    assert not [*site_copies().digests()]


def test_letters_of_a_hash_mean_nothing():
    copy = copy_of(body_sha256="ada0" * 16)
    suppress("Ada")
    assert list(PageCopy.objects.all()) == [copy]
