"""`import_table` enters the rows of a table as drafts of one editor, and tells every fault by row and column."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims.ledger.verification import ledger_faults
from claims.models import (
    Claim,
    DeskStep,
    Entry,
    Evidence,
    EvidenceLink,
    ImportedRow,
    Place,
    SearchNote,
    Source,
    Speaker,
    Statement,
    TableImport,
)
from tests import factories as f
from tests.commands.imported_tables import REPORTS, run

pytestmark = pytest.mark.django_db

# What becomes of good rows --------------------------------------------------------------------------------------------


def test_reports_become_drafts_of_the_importer(tmp_path, ann, held):
    assert "2 row(s): 2 new, 0 changed, 0 unchanged" in run(tmp_path, "evidence", REPORTS)
    first, second = Evidence.objects.order_by("pk")
    assert (first.status, first.created_by, first.changed_by) == ("draft", ann, ann)
    assert (str(first.known), str(first.event), first.place.slug) == ("2021-11-02", "2021-11-01", "idlib")
    assert (str(second.known), second.slug) == ("2021-11", "trucks-turned-back-twice")
    assert first.address_key
    assert first.words_key


def test_nothing_of_it_is_published_and_the_ledger_is_as_before(tmp_path, ann, held):
    before = Entry.objects.count()
    run(tmp_path, "evidence", REPORTS)
    assert Entry.objects.count() == before
    assert not list(ledger_faults())


def test_a_dry_run_says_the_same_and_stores_nothing(tmp_path, ann, held):
    out = run(tmp_path, "evidence", REPORTS, "--dry-run")
    assert "2 new" in out
    assert "Nothing was stored" in out
    assert not Evidence.objects.exists()
    assert not TableImport.objects.exists()
    assert not DeskStep.objects.exists()


def test_a_dossier_in_seven_tables(tmp_path, ann):
    steps = {
        "speakers": "name,nature\nRula Nasser,person\n",
        "sources": "name;kind;reliability;reliability_reason\nRelief Watch;monitor or NGO;B;Mostly right.\n",
        "places": "id,name,kind,within\np1,Idlib province,province,\np2,Bab al-Hawa,site,p1\n",
        "statements": "id,title,speaker,said on,source,the words\n"
        "s1,Remarks,Rula Nasser,May 2021,Relief Watch,The crossing is open to all aid.\n",
        "claims": "id,statement,proposition,kind,span,places\n"
        "c1,s1,The crossing is open,fact,The crossing is open,p2; Idlib province\n",
        "evidence": "id,summary,known,source,place\nr1,Trucks crossed,2021-06-02,Relief Watch,Bab al-Hawa\n",
        "links": "claim,evidence,bears\nc1,r1,indirect\n",
        "searches": "claim,side,sought,where,outcome,searched on\n"
        "c1,supporting,trucks,the archive,Nothing.,3 June 2021\n",
    }
    for kind, table in steps.items():
        assert "1 new" in run(tmp_path, kind, table) or kind == "places"
    claim = Claim.objects.get()
    assert Place.objects.get(name="Bab al-Hawa").parent.name == "Idlib province"
    assert sorted(claim.places.values_list("name", flat=True)) == ["Bab al-Hawa", "Idlib province"]
    assert (claim.statement.speaker, claim.created_by) == (Speaker.objects.get(), ann)
    assert claim.gap.state == "no_evidence"
    link = EvidenceLink.objects.get()
    assert (link.claim, link.evidence, link.directness) == (claim, Evidence.objects.get(), "indirect")
    assert not link.ratings.exists()
    assert SearchNote.objects.get().searched_by == ann
    assert Source.objects.get().kind == "monitor"


def test_headings_and_values_in_arabic(tmp_path, ann, held):
    table = "ما حدث,متى نُشر,المصدر,العربية\nعبرت الشاحنات,٢ تشرين الثاني ٢٠٢١,Relief Watch,x\n"
    assert "There is no column “العربية”" in run(tmp_path, "evidence", table)
    assert "1 new" in run(tmp_path, "evidence", table, "--map", "العربية=")
    assert str(Evidence.objects.get().known) == "2021-11-02"


def test_columns_matched_by_hand(tmp_path, ann, held):
    table = "Report,Day,Paper\nTrucks crossed,2021-11-02,Relief Watch\n"
    pairs = ["Report=summary", "Day=when it was published", "Paper=source"]
    assert "1 new" in run(tmp_path, "evidence", table, *[part for pair in pairs for part in ("--map", pair)])


@pytest.mark.parametrize("kind", ["json", "tsv", "semicolons", "utf-16", "bom"])
def test_other_forms_of_the_same_table(tmp_path, ann, held, kind):
    names, cells = ["summary", "known", "source"], ["Trucks “crossed”", "2021-11-02", "Relief Watch"]
    content = {
        "json": json.dumps([dict(zip(names, cells, strict=True))]).encode(),
        "tsv": "\n".join("\t".join(line) for line in (names, cells)).encode(),
        "semicolons": "\n".join(";".join(line) for line in (names, cells)).encode(),
        "utf-16": "\n".join("\t".join(line) for line in (names, cells)).encode("utf-16"),
        "bom": "\n".join(",".join(line) for line in (names, cells)).encode("utf-8-sig"),
    }[kind]
    assert "1 new" in run(tmp_path, "evidence", content)
    assert Evidence.objects.get().summary == "Trucks “crossed”"


def test_a_place_at_risk_is_made_coarse_as_on_the_desk(tmp_path, ann, held):
    f.PlaceFactory(name="Clinic", kind="site", parent=f.PlaceFactory(name="Aleppo province", kind="province"))
    run(
        tmp_path,
        "evidence",
        "summary,known,source,place,risk\nX,2021,Relief Watch,Clinic,show the province only\n",
    )
    report = Evidence.objects.get()
    assert (report.place.name, report.exact_place.name) == ("Aleppo province", "Clinic")


def test_a_pasted_span_takes_the_letters_of_the_statement(tmp_path, ann):
    f.StatementFactory(slug="remarks", text="We said: “aid comes first”, and it does.")
    run(
        tmp_path,
        "claims",
        'statement,proposition,kind,span\nremarks,Aid first,priority,"""aid comes first"""\n',
    )
    assert Claim.objects.get().quote == "“aid comes first”"


# Faults ---------------------------------------------------------------------------------------------------------------

FAULTY = """id,summary,known,source,place,url,credibility
a,Trucks crossed,32 May 2021,Relief Wach,Idlib,ftp://relief.example,9
b,,2021-11-02,Relief Watch,Homs,,
c,Trucks left,2021-11-02,Relief Watch,,,2
"""


def test_every_fault_is_told_at_once_by_row_and_column(tmp_path, ann, held):
    out = run(tmp_path, "evidence", FAULTY)
    for told in (
        "Row 2, known: ", "Row 2, source: There is no source “Relief Wach”. Do you mean “Relief Watch”?",
        "Row 2, url: ", "Row 2, credibility: “9” is none of its values.", "Row 3, summary: It is missing.",
        "Row 3, place: There is no place “Homs”.", "3 row(s): 1 new, 0 changed, 0 unchanged, 0 left out, 2 with faults",
        "Nothing was imported.",
    ):  # fmt: skip
        assert told in out
    assert not Evidence.objects.exists()


def test_only_the_good_rows_by_choice_and_the_rest_once_mended(tmp_path, ann, held):
    run(tmp_path, "evidence", FAULTY, "--only-good")
    assert list(Evidence.objects.values_list("summary", flat=True)) == ["Trucks left"]
    mended = (
        FAULTY.replace("32 May", "3 May").replace("Wach", "Watch").replace("ftp", "https").replace(",9", ",3")
    )
    mended = mended.replace("b,,", "b,Trucks came,").replace("Homs", "")
    assert "2 new, 0 changed, 1 unchanged" in run(tmp_path, "evidence", mended)
    assert Evidence.objects.count() == 3


def test_a_column_of_no_such_name_is_named_with_the_nearest(tmp_path, ann, held):
    out = run(tmp_path, "evidence", "sumary,known,source\nX,2021,Relief Watch\n")
    assert "There is no column “sumary” for evidence. Do you mean “summary”?" in out
    assert "A column is missing: “what happened” (summary)." in out


@pytest.mark.parametrize("column", ["status", "Published by", "stance"])
def test_what_people_decide_is_not_imported(tmp_path, ann, held, column):
    out = run(tmp_path, "evidence", f"summary,known,source,{column}\nX,2021,Relief Watch,published\n")
    assert f"“{column}” is not imported" in out
    assert not Evidence.objects.exists()


def test_a_constraint_of_the_database_is_told_in_its_words(tmp_path, ann):
    out = run(tmp_path, "places", "name,latitude,longitude\nA,95,36\nB,35,36\nC,12,\n")
    assert "Row 2, latitude: Give both, latitude from −90 to 90" in out
    assert "Row 4, latitude: Give both" in out
    assert "1 new" in out
    assert not Place.objects.exists()


def test_a_row_that_refers_to_a_faulty_row_falls_with_it(tmp_path, ann):
    out = run(tmp_path, "places", "id,name,latitude,within\na,A,95,\nb,B,,a\n", "--only-good")
    assert "Row 3: It refers to row 2, which has a fault." in out
    assert not Place.objects.exists()


def test_a_name_that_two_records_have(tmp_path, ann):
    f.SourceFactory(name="Daily", slug="daily-london")
    f.SourceFactory(name="Daily", slug="daily-amman")
    out = run(tmp_path, "evidence", "summary,known,source\nX,2021,Daily\n")
    assert "Several records are called “Daily”. Write the address of one: daily-amman, daily-london." in out


# Who may, and when not ------------------------------------------------------------------------------------------------


def test_who_may_not_enter_records_imports_none(tmp_path, held):
    f.UserFactory(username="ann")
    assert "ann may not enter evidence" in run(tmp_path, "evidence", REPORTS)
    assert not Evidence.objects.exists()


def test_a_search_on_a_published_claim_is_left_to_the_desk(tmp_path, ann):
    f.ClaimFactory(published=True, slug="open")
    table = (
        "claim,side,sought,where,outcome,searched_on\nopen,supporting,trucks,archive,Nothing.,2021-06-03\n"
    )
    assert "Row 2, claim: “Assistance is being increased" in run(tmp_path, "searches", table)
    assert not SearchNote.objects.exists()


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["evidence"], "Name the file"),
        (["evidence", "no.csv", "--as", "ann"], "no.csv cannot be read"),
        (["evidence", "no.csv"], "--as NAME"),
        (["evidence", "no.csv", "--as", "carl"], "There is no account “carl”"),
        (["evidence", "no.csv", "--as", "ann", "--map", "x"], "cannot be read"),
        (["evidence", "\0", "--as", "ann"], "cannot be read"),
    ],
)
def test_a_wrong_call_says_what_to_write(ann, options, why):
    with pytest.raises(CommandError, match=why):
        call_command("import_table", *options)


@pytest.mark.parametrize(
    "kind", ["statements", "claims", "sources", "speakers", "places", "evidence", "links", "searches"]
)
def test_a_template_is_understood_as_it_is(tmp_path, ann, kind):
    out = StringIO()
    call_command("import_table", kind, "--template", stdout=out)
    told = run(tmp_path, kind, out.getvalue() + "x\n")
    assert "There is no column" not in told
    assert "are both" not in told


def test_statement_rows_keep_the_rules_of_the_form(tmp_path, ann, held):
    f.SpeakerFactory(name="Rula Nasser")
    table = (
        "title,speaker,said_on,source,text,original_text\nRemarks,Rula Nasser,2021,Relief Watch,Open.,مفتوح\n"
    )
    out = run(tmp_path, "statements", table)
    assert "original_language: Say which language" in out or "language of the original: Say which" in out
    assert not Statement.objects.exists()
    assert not ImportedRow.objects.exists()


# Addresses in any script


def test_rows_get_addresses_in_their_own_script_and_are_named_by_them(tmp_path, ann):
    run(tmp_path, "places", "name,kind,slug\nحلب,town,\nدمشق,town,دِمَشـق\n")
    assert set(Place.objects.values_list("slug", flat=True)) == {"حلب", "دمشق"}
    run(tmp_path, "places", "name,kind,parent\nالجميلية,area,حَلَب\n")
    assert Place.objects.get(name="الجميلية").parent.slug == "حلب"


def test_a_table_with_an_address_of_two_scripts_is_refused_in_words(tmp_path, ann):
    assert "mixes letters of several scripts" in run(
        tmp_path, "speakers", "name,nature,slug\nPaul,person,p\u0430ul\n"
    )
    assert not Speaker.objects.exists()
