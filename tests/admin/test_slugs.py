"""The address that an editor types: stored in its one spelling, and refused where it could be taken for another."""

from claims.models import Speaker
from tests.factories import SpeakerFactory

from .posting import address, errors_of, listing, send


def test_a_typed_address_is_stored_in_its_one_spelling(editor):
    send(editor, listing(Speaker, "add"), {"name": "أحمد", "nature": "person", "slug": "أَحْمَد-الســيّد"})
    assert Speaker.objects.get().slug == "أحمد-السيد"


def test_an_address_with_letters_of_two_scripts_in_a_word_is_refused_in_words(editor):
    answer = send(editor, listing(Speaker, "add"), {"name": "Paul", "nature": "person", "slug": "p\u0430ul"})
    assert "mixes letters of several scripts in one word" in errors_of(answer)
    assert not Speaker.objects.exists()


def test_an_address_with_capitals_that_stands_stays(editor):
    speaker = SpeakerFactory(slug="Mayor_Of-Town")
    send(editor, address(speaker), {"about": "Since 2020."})
    speaker.refresh_from_db()
    assert (speaker.slug, speaker.about) == ("Mayor_Of-Town", "Since 2020.")
