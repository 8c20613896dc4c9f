"""The addresses of a fixture's records may be in any script, and stay the same when the file is loaded again."""

import pytest

from claims.models import Speaker, Topic
from tests.commands.fixture_files import check, faults
from tests.factories import TopicFactory

pytestmark = pytest.mark.django_db

ARABIC = [
    {"model": "claims.speaker", "fields": {"slug": "أحمد-السيد", "name": "أحمد السيّد"}},
    {"model": "claims.topic", "fields": {"name": "المساعدات"}},
]


def test_records_load_with_arabic_addresses_and_once(tmp_path):
    for _ in range(2):
        check(tmp_path, ARABIC, "loaddata")
    assert Speaker.objects.get().slug == "أحمد-السيد"
    assert Topic.objects.get().slug == "المساعدات"


def test_a_record_without_an_address_keeps_the_one_of_an_earlier_release(tmp_path):
    """Which knew Latin letters only, and called it after its kind."""
    TopicFactory(slug="topic", name="الحرب")
    former = TopicFactory(slug="topic-2", name="المساعدات")
    check(tmp_path, ARABIC, "loaddata")
    assert Topic.objects.get(name="المساعدات") == former
    assert Topic.objects.get(name="المساعدات").slug == "topic-2"


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("p\u0430ul", "mixes letters of several scripts in one word"),
        ("أَحمد", "Write this address as “أحمد”."),
        ("the mayor", "An address holds letters and digits of any script"),
    ],
)
def test_what_is_no_address_is_refused_with_a_sentence(tmp_path, slug, words):
    (line,) = faults(tmp_path, [{"model": "claims.speaker", "fields": {"slug": slug, "name": "Paul"}}])
    assert "field slug" in line
    assert words in line
