"""A reader on a phone reports an error in Arabic, without a script; an editor answers; the reader sees the answer."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from claims.models import ErrorReport
from tests.e2e.editors import Desk
from tests.e2e.readers import C6, NARROW, WIDE, overflow, violations
from tests.factories import NOW, ErrorReportFactory, UserFactory

FORM = "/report-an-error/claim/humanitarian-assistance-increased/"
ADDRESS = re.compile(r"/ar/error-reports/[0-9a-f-]{36}/$")
WORDS = "قيل ذلك في الرابع عشر."
ANSWER = "صحّحنا اليوم."


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport=NARROW, java_script_enabled=False)
    yield context.new_page()
    context.close()


def let_time_pass(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(minutes=1))


def test_a_reader_reports_an_error_and_sees_what_became_of_it(site, page, phone, monkeypatch, complaints):
    phone.goto(f"{site}/ar{C6}")
    phone.locator('footer a[href*="report-an-error"]').click()
    phone.locator("#id_text").fill(WORDS)
    phone.locator("#id_reader_address").fill("nobody")
    let_time_pass(monkeypatch)
    phone.locator(".letter button").click()
    expect(phone.locator("#reader_address-error")).not_to_be_empty()
    expect(phone.locator("#id_text")).to_have_value(WORDS)
    phone.locator("#id_reader_address").fill("reader@example.org")
    phone.locator(".letter button").click()
    expect(phone).to_have_url(ADDRESS)
    kept = phone.url
    assert kept in phone.locator(".address").inner_text()
    assert phone.context.cookies() == []

    desk = Desk(page, site, UserFactory(editor=True))
    page.locator("#desk-error_reports a").first.click()
    desk.shows("reader@example.org")
    page.locator("input[name=state][value=accepted]").check()
    page.locator("#id_answer").fill(ANSWER)
    desk.save()
    expect(desk.told).to_contain_text("changed successfully")
    assert ErrorReport.objects.get().answer == ANSWER

    phone.goto(kept)
    expect(phone.locator("main")).to_contain_text(ANSWER)
    assert "reader@example.org" not in phone.content()
    assert WORDS not in phone.content()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1180", "390"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_on_any_page_of_a_report(site, page, complaints, language, size, scheme):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    claim = ErrorReportFactory().claim
    waiting, answered = ErrorReportFactory(claim=claim), ErrorReportFactory(claim=claim, accepted=True)
    found = {}
    for path in (FORM, waiting.get_absolute_url(), answered.get_absolute_url()):
        page.goto(f"{site}/{language}{path}")
        found[path] = violations(page), overflow(page)
    page.goto(f"{site}/{language}{FORM}")
    page.locator(".letter button").click()  # refused: faster than a person writes
    expect(page.locator("[role=alert]")).to_be_visible()
    found["refused"] = violations(page), overflow(page)
    assert {path: problems for path, problems in found.items() if problems != ([], 0)} == {}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_new_on_the_desks_pages_of_reports(site, page, complaints, language):
    report = ErrorReportFactory()
    Desk(page, site, UserFactory(publisher=True))
    for address in ("changelist", "change"):
        keys = [report.pk] if address == "change" else []
        page.goto(f"{site}/{language}{reverse(f'admin:claims_errorreport_{address}', args=keys)}")
        expect(page.locator("h1")).not_to_be_empty()
        assert overflow(page) <= 0
