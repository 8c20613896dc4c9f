"""A claim's data says what its figures are about, and where each report can be read."""

import json

import pytest
from django.core.management import call_command

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("syria")]

DENIAL = "/claims/no-sanction-lifted/"


@pytest.fixture
def row(client):
    return client.get(f"/en{DENIAL}dossier.json").json()[0]


def test_the_quotation_of_a_denial_carries_its_negation_and_who_said_it(row):
    assert "not" in row["quotation"]
    assert row["quotation_as_said"]["with_governing_words"]
    assert row["speaker"]["name"] == "Antony Blinken"
    assert row["statement"]["said_on"] == "2021-10-13"
    assert row["criterion"]
    assert row["verdict"]["words"]


def test_each_report_names_its_publisher_and_where_it_can_be_read(row):
    assert [report["id"] for report in row["reports"]] == [link["id"] for link in row["dossier"]["links"]]
    for report in row["reports"]:
        assert report["source"]["name"]
        assert report["publisher"]["name"]
        assert report["url"] or report["reference"] or report["no_address_reason"]


def test_it_is_still_read_by_the_command_with_the_same_result(client, tmp_path, capsys):
    answer = client.get(f"/en{DENIAL}dossier.json")
    file = tmp_path / "dossier.json"
    file.write_bytes(answer.content)
    call_command("score_dossier", str(file))
    (scored,) = json.loads(capsys.readouterr().out)
    now = answer.json()[0]["now"]
    assert (scored["gap"], scored["state"]) == pytest.approx((now["gap"], now["state"]))


def test_a_claim_s_page_names_its_data(client):
    link = f'<link rel="alternate" type="application/json" href="/en{DENIAL}dossier.json"'
    assert link in client.get(f"/en{DENIAL}").content.decode()
