"""Which text a page in a language shows."""

import pytest
from django.utils import translation

from tests.factories import ClaimFactory, SpeakerFactory, StatementFactory

pytestmark = pytest.mark.django_db
ARABIC = {"ar": {"name": "وزير", "by": "A. T."}}


def test_a_page_shows_the_translation_where_there_is_one_and_the_original_otherwise():
    speaker = SpeakerFactory(name="Minister", about="Of the road.", translations=ARABIC)
    with translation.override("ar"):
        assert speaker.shown() == ("وزير", "ar", True)
        assert speaker.shown("about") == ("Of the road.", "en", False)
    assert speaker.shown() == ("Minister", "en", False)


def test_a_name_that_is_written_in_the_pages_language_is_no_translation():
    speaker = SpeakerFactory(name="وزير", translations={"ar": {"name": "آخر", "by": "A. T."}})
    with translation.override("ar"):
        assert speaker.shown() == ("وزير", "ar", False)


def test_where_the_words_are_a_translation_themselves_what_was_said_is_their_arabic():
    said = StatementFactory(text="The road is open.", original_text="الطريق مفتوح.", original_language="ar")
    with translation.override("ar"):
        assert said.shown("text").text == "الطريق مفتوح."


def test_a_span_is_in_the_language_of_its_statement():
    statement = StatementFactory(text="Der Weg ist frei.", language="de")
    assert ClaimFactory(statement=statement, quote="Weg").shown("quote") == ("Weg", "de", False)
