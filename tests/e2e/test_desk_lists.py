"""The desk's lists on a phone: what stands in a row is on the screen."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import expect

from tests.factories import ClaimFactory, UserFactory

from .editors import Desk

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

PHONE = 390


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_list_on_a_phone_shows_state_and_needs(page, live_server, language):
    ClaimFactory(criterion="", answer="")
    desk = Desk(page, live_server.url, UserFactory(editor=True))
    page.set_viewport_size({"width": PHONE, "height": 800})
    with override(language):
        page.goto(desk.live + reverse("admin:claims_claim_changelist"))
    for name in ("proposition", "badge", "needs"):
        cell = page.locator(f"#result_list .field-{name}")
        expect(cell).to_be_visible()
        box = cell.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
