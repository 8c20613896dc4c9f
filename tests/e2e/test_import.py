"""A table with three bad rows among many, in the browser: looked at, mended, imported and undone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from claims.models import Evidence
from tests.factories import SourceFactory, UserFactory

from .editors import Desk

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

FAULTY = {7: ("2021-01-01", "32 May"), 70: ("Watch", "Wach"), 130: ("Truck 130 crossed", "")}


def table(*, is_mended):
    lines = ["id,summary,known,source"]
    for n in range(150):
        line = f"r{n},Truck {n} crossed,2021-01-01,Watch"
        lines.append(line if is_mended or n not in FAULTY else line.replace(*FAULTY[n]))
    return {"name": "trucks.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}


def test_three_bad_rows_are_mended_and_the_table_is_imported(page, live_server, complaints):
    SourceFactory(name="Watch")
    desk = Desk(page, live_server.url, UserFactory(editor=True))
    page.goto(live_server.url + reverse("admin:claims_tableimport_changelist"))
    page.get_by_label("Each row is one of").select_option("evidence")
    page.get_by_label("File", exact=True).set_input_files(table(is_mended=False))
    page.get_by_role("button", name="Check the table").click()
    expect(page.locator("tr", has=page.locator(".desk-need"))).to_have_count(3)
    expect(page.locator("tbody tr").nth(1)).to_contain_text("Do you mean “Watch”?")
    assert not Evidence.objects.exists()

    page.get_by_role("link", name="Give a mended table").click()
    page.get_by_label("Each row is one of").select_option("evidence")
    page.get_by_label("File", exact=True).set_input_files(table(is_mended=True))
    page.get_by_role("button", name="Check the table").click()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(desk.told).to_contain_text("The table was imported. new: 150.")
    assert Evidence.objects.filter(status="draft").count() == 150

    page.get_by_role("button", name="Undo").click()
    expect(desk.told).to_contain_text("Undone: trucks.csv")
    assert not Evidence.objects.exists()
