"""Who made a change, and entries about accounts, in the language of the page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from claims.actions.account_holding import HELD
from claims.domain.vocabulary import Act
from claims.ledger.accounts import ACCOUNTS
from claims.ledger.public_forms import PublicForm
from claims.ledger.writer import ChangeReason, append_forms
from claims.models import Entry
from claims.selectors.localized_wording import signature_in_words
from tests.actions.test_whole_life import lived
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=2)


@pytest.fixture
def claim():
    return lived((UserFactory(editor=True), UserFactory(editor=True), UserFactory(publisher=True)))[0]


def test_an_entry_about_accounts_says_what_it_is_in_the_language_of_the_page(look, claim):
    form = PublicForm(ACCOUNTS, "records", {"held": 1})  # as `hold_accounts` enters it in an upgrade
    append_forms([(Act.IMPORT, form)], ChangeReason(act=Act.IMPORT, now=LATER, reason=HELD), who="{}")
    row = look("/changes/").all("li", "report")[0]
    assert row.one("p", "what").text == "accounts behind 1 public record"
    assert "From here on the ledger holds which accounts" in row.text
    row = look("/ar/changes/").all("li", "report")[0]
    assert row.one("p", "what").text == "الحسابات وراء سجل منشور واحد"
    assert "من هنا فصاعداً يحفظ السجل العام" in row.text
    assert "records" not in row.text
    feed = Client().get("/changes/feed/").content.decode()
    assert ": accounts behind 1 public record</title>" in feed


def test_an_editor_without_a_full_name_is_called_an_editor_in_the_language_of_the_page(look, claim):
    number = Entry.objects.filter(kind="claim", act="publish").latest("number").number
    by = Entry.objects.get(number=number).told["by"]
    assert by.startswith("editor ")
    code = by.removeprefix("editor ")
    assert by in look(f"/changes/{number}/").main.text
    assert f"المحرر {code}" in look(f"/ar/changes/{number}/").one("header", "opening").text
    assert f"المحرر {code}" in look("/ar/changes/?act=publish").main.text


def test_a_full_name_that_begins_with_the_word_stays_as_it_is():
    with override("ar"):
        assert signature_in_words("editor at large") == "editor at large"
