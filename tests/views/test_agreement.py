"""The page, the command line, the stored gap and the file of inputs tell the same figures, to the last digit."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from claims.models import Claim
from claims.selectors.receipts import load_receipt
from claims.templatetags.question_tags import mass_figure
from tests.factories import NOW
from tests.views.page import points_of, sum_of_points, weighed_reports

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("syria")]

TODAY = NOW.date()
DAYS_OF = {
    "humanitarian-assistance-increased": ["2021-10-13", "2021-10-31", "2023-12-31", "2026-11-22"],
    "no-sanction-lifted": ["2021-10-31", "2023-12-31", "2026-11-22"],
    "violence-kept-down": ["2021-10-13", "2021-10-31", "2026-11-22"],
    "isis-kept-out-of-cities": ["2026-02-28", "2026-11-22"],
    "better-prepared-against-isis": ["2025-05-31", "2026-11-22"],
}


@pytest.fixture(params=[(slug, day) for slug, days in DAYS_OF.items() for day in days], ids=" ".join)
def case(request):
    return request.param


@pytest.fixture
def claim(case):
    return Claim.objects.get(slug=case[0])


@pytest.fixture
def day(case):
    return date.fromisoformat(case[1])


@pytest.fixture
def shown(claim, day):
    return load_receipt(claim, day)


@pytest.fixture
def page_of_day(look_again, claim, day):
    return look_again(claim.get_absolute_url() + ("" if day == TODAY else f"?as_of={day}"))


def test_the_page_shows_the_receipts_figures(page_of_day, shown):
    if shown.gap.gap is None:
        assert not weighed_reports(page_of_day)
        return
    assert str(sum_of_points(page_of_day)[-1]) == f"{shown.gap.gap:.2f}"
    items = {item.attributes["id"]: item for item in weighed_reports(page_of_day)}
    assert len(items) == len(shown.weighed)
    for row in shown.weighed:
        item = items[f"report-{row.link.evidence.slug}"]
        assert points_of(item) == Decimal(row.points.replace("−", "-"))
        assert item.one("p", "product").all("b")[-1].text == mass_figure(row.score.mass)
        if not row.is_echo:
            without = (
                "there would be no number"
                if row.score.gap_without is None
                else f"{row.score.gap_without:.2f}"
            )
            assert (
                f"Without this report {without}." in item.text or f"the gap would be {without}." in item.text
            )


def test_the_command_line_prints_the_same_receipt(page_of_day, claim, day, shown):
    out = StringIO()
    call_command("gap", claim.slug, as_of=str(day), stdout=out)
    printed = out.getvalue()
    assert page_of_day.one("h2", id_="verdict").text in printed
    if page_of_day.all("span", "sum"):
        assert f"gap {sum_of_points(page_of_day)[-1]}," in printed
    for row in shown.weighed:
        assert f"{row.points.rjust(6)}  " in printed or f"\n{row.points}  " in printed.replace("\n ", "\n")


def test_the_command_line_gives_the_same_figures_as_json(claim, day, shown):
    out = StringIO()
    call_command("gap", claim.slug, as_of=str(day), json=True, stdout=out)
    printed = json.loads(out.getvalue())
    assert (printed["gap"], printed["low"], printed["high"], printed["state"]) == (
        shown.gap.gap, shown.gap.low, shown.gap.high, shown.gap.state,
    )  # fmt: skip


def test_the_inputs_recompute_to_the_pages_number(client, tmp_path, claim, day, shown):
    file = tmp_path / "dossier.json"
    file.write_bytes(client.get(f"{claim.get_absolute_url()}dossier.json", {"as_of": str(day)}).content)
    out = StringIO()
    call_command("score_dossier", str(file), stdout=out)
    (answer,) = json.loads(out.getvalue())
    assert (answer["gap"], answer["low"], answer["high"]) == (shown.gap.gap, shown.gap.low, shown.gap.high)
    assert (answer["state"], answer["tentative"]) == (shown.gap.state, shown.gap.tentative)


def test_the_inputs_hold_nothing_that_was_not_known_on_the_day(client, claim, day):
    answer = client.get(f"{claim.get_absolute_url()}dossier.json", {"as_of": str(day)})
    assert answer.headers["Content-Type"] == "application/json"
    ((only),) = answer.json()
    assert only["dossier"]["as_of"] == str(day)
    assert all(link["known"] <= str(day) for link in only["dossier"]["links"])


def test_the_list_shows_the_pages_numbers(look_again, claim, day, shown):
    address = "/claims/" + ("" if day == TODAY else f"?as_of={day}")
    rows = look_again(address).all("li", "claim-row")
    (row,) = (row for row in rows if row.one("h3").text == claim.proposition)
    gap = shown.gap
    expected = "—" if gap.headline is None else f"{gap.gap:.0f} {gap.low:.0f}–{gap.high:.0f}"
    assert row.one("p", "gap").text == expected
