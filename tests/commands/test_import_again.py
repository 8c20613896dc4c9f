"""What a table repeats: records of the site, its own rows, and rows that were imported before."""

import pytest

from claims.models import DeskStep, Evidence, TableImport
from tests import factories as f
from tests.commands.imported_tables import REPORTS, run

pytestmark = pytest.mark.django_db


# Duplicates -----------------------------------------------------------------------------------------------------------


def test_what_may_be_here_already_is_shown_and_another_is_another(tmp_path, ann, held):
    f.EvidenceFactory(summary="Trucks at the gate", url="https://relief.example/1")
    table = "summary,known,source,url{}\nTrucks crossed,2021,Relief Watch,http://www.relief.example/1{}\n"
    out = run(tmp_path, "evidence", table.format("", ""))
    assert "Row 2: “Trucks at the gate” may be the same, and is here already: " in out
    assert "1 new" in run(tmp_path, "evidence", table.format(",another", ",yes"))


def test_two_rows_that_say_the_same(tmp_path, ann, held):
    row = "X,2021,Relief Watch,https://relief.example/5\n"
    assert "Row 3: Row 2 says the same." in run(tmp_path, "evidence", f"summary,known,source,url\n{row}{row}")
    other = row.replace("X", "Y")
    out = run(tmp_path, "evidence", f"summary,known,source,url\n{row}{other}")
    assert "Row 3: It may be the same as row 2" in out


def test_a_report_counted_twice_on_a_claim_is_refused(tmp_path, ann):
    claim = f.ClaimFactory(slug="open")
    f.EvidenceLinkFactory(claim=claim, evidence=f.EvidenceFactory(url="https://relief.example/1"))
    f.EvidenceFactory(slug="again", url="https://relief.example/1")
    out = run(tmp_path, "links", "claim,evidence\nopen,again\n")
    assert "Row 2, why it is another report: This report may be " in out
    assert "1 new" in run(tmp_path, "links", "claim,evidence,distinct_reason\nopen,again,Another edition.\n")


# Again ----------------------------------------------------------------------------------------------------------------


def test_a_second_run_changes_nothing_and_says_so(tmp_path, ann, held):
    run(tmp_path, "evidence", REPORTS)
    steps = DeskStep.objects.count()
    assert "0 new, 0 changed, 2 unchanged" in run(tmp_path, "evidence", REPORTS)
    assert (Evidence.objects.count(), TableImport.objects.count(), DeskStep.objects.count()) == (2, 1, steps)


def test_without_ids_the_same_rows_are_recognised(tmp_path, ann, held):
    table = "\n".join(line.partition(",")[2] for line in REPORTS.splitlines())
    run(tmp_path, "evidence", table)
    assert "2 unchanged" in run(tmp_path, "evidence", table)


def test_a_changed_row_changes_its_draft_and_leaves_what_the_desk_wrote(tmp_path, ann, held):
    run(tmp_path, "evidence", REPORTS)
    Evidence.objects.filter(slug="trucks-turned-back-twice").update(detail="Seen by two.")
    out = run(tmp_path, "evidence", REPORTS.replace("turned back, twice", "turned back"))
    assert "1 changed, 1 unchanged" in out
    report = Evidence.objects.get(slug="trucks-turned-back-twice")
    assert (report.summary, report.detail) == ("Trucks turned back", "Seen by two.")


def test_a_field_that_changed_on_the_desk_too_is_not_overwritten(tmp_path, ann, held):
    run(tmp_path, "evidence", REPORTS)
    Evidence.objects.filter(slug="trucks-turned-back-twice").update(summary="Trucks stood")
    out = run(tmp_path, "evidence", REPORTS.replace("turned back, twice", "turned back"))
    assert "Row 3, summary: It was changed on the desk too, after the import." in out
    assert Evidence.objects.get(slug="trucks-turned-back-twice").summary == "Trucks stood"


@pytest.mark.parametrize("status", ["published", "in_review"])
def test_what_is_past_a_draft_is_not_changed_by_a_table(tmp_path, ann, held, status):
    report = f.EvidenceFactory(**{status: True}, summary="Trucks crossed")
    f.ImportedRowFactory(external_id="r1", record_id=report.pk, given={"summary": "Trucks crossed"})
    out = run(tmp_path, "evidence", "id,summary,known,source\nr1,Trucks left,2021,Relief Watch\n")
    assert "1 with faults" in out
    assert "on the desk" in out
    report.refresh_from_db()
    assert report.summary == "Trucks crossed"


def test_a_draft_deleted_on_the_desk_does_not_come_back(tmp_path, ann, held):
    run(tmp_path, "evidence", REPORTS)
    Evidence.objects.get(slug="trucks-turned-back-twice").delete()
    out = run(tmp_path, "evidence", REPORTS)
    assert "1 unchanged, 1 left out" in out
    assert "Its record was deleted on the desk." in out
