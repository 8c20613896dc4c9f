"""The page of a report says when a copy of it was kept, with its hash, and nothing else of the copy."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import NOW, EvidenceFactory, EvidenceLinkFactory, PageCopyFactory

pytestmark = pytest.mark.django_db

HASH = "0123456789abcdef" * 4


@pytest.fixture
def report():
    return EvidenceLinkFactory(published=True).evidence


def read(report, language="", query=""):
    return Client().get(f"{language}{report.get_absolute_url()}{query}").content.decode()


def test_readers_are_told_the_day_and_the_hash(report):
    copy = PageCopyFactory(body_sha256=HASH, address="https://news.example/private?key=1")
    copy.evidence.add(report)
    english, arabic = read(report), read(report, "/ar")
    assert f"Copy kept on {NOW.day} November 2026" in english
    assert "حُفظت نسخة" in arabic
    for shown in (english, arabic):
        assert f'<code title="{HASH}">0123456789abcdef…</code>' in shown
        assert "private" not in shown
        assert copy.file not in shown


def test_nothing_is_said_without_a_copy(report):
    PageCopyFactory()  # of another report
    assert "Copy kept" not in read(report)


def test_a_past_day_knows_no_later_copy(report):
    PageCopyFactory(fetched_at=NOW + timedelta(days=2)).evidence.add(report)
    assert "Copy kept" not in read(report, query=f"?as_of={NOW + timedelta(days=1):%Y-%m-%d}")


def test_a_copy_makes_nothing_public():
    draft = EvidenceFactory()
    PageCopyFactory().evidence.add(draft)
    assert Client().get(draft.get_absolute_url()).status_code == 404
