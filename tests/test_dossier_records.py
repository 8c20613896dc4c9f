"""What the Syria dossier's fixture holds: all of it, complete, in official words letter for letter, there and back."""

import json
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from claims.ledger.verification import ledger_faults
from claims.models import (
    Claim,
    Entry,
    Evidence,
    EvidenceLink,
    SearchNote,
    Snapshot,
    Source,
    Speaker,
    Statement,
)
from claims.models.public_claim import KeptRow
from claims.selectors.applied_tests import times_tests_were_applied
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.readiness import readiness_items
from claims.text.quotations import sentences_around_span
from tests.dossier_records import read_fields
from tests.dossier_rows import differs
from tests.syria import RECORDS, C, load_for_a_module

pytestmark = pytest.mark.django_db

loaded = pytest.fixture(load_for_a_module, scope="module", autouse=True)

LINKS = 202 + 8 + 2  # of the last release eight are context now; two are of the repetition


def test_the_dossier_is_whole():
    counts = Counter(record["model"] for record in RECORDS)
    assert counts["claims.statement"] == 8
    assert counts["claims.claim"] == 22
    assert counts["claims.evidence"] == 135
    assert counts["claims.evidencelink"] == LINKS
    assert counts["claims.rating"] == 2 * LINKS


def test_the_fixture_holds_no_present_score():
    assert "claims.claimgap" not in {record["model"] for record in RECORDS}


def test_the_dossier_has_been_through_the_house():
    """A second person for each record, two gradings for each link, both searches, notices, and a ledger that holds."""
    assert not list(ledger_faults())
    for model in (Statement, Claim, Evidence):
        for record in model.objects.all():
            assert record.is_published
            assert record.published_by not in (record.created_by, record.changed_by)
    assert EvidenceLink.objects.graded().count() == LINKS
    assert set(Entry.objects.values_list("act", flat=True)) >= {
        "publish", "grade", "revise", "correct", "score", "search", "refer", "method",
    }  # fmt: skip


def test_nobody_can_sign_in_with_an_account_of_the_fixture():
    users = [record["fields"] for record in RECORDS if record["model"] == "auth.user"]
    assert {user["username"] for user in users} == {"editor", "reviewer", "publisher"}
    assert {user["password"] for user in users} == {"!"}
    assert not any(user["is_superuser"] for user in users)


def test_the_statements_carry_as_many_claims_as_the_dossier_says():
    claims = {statement.slug: statement.claims.count() for statement in Statement.objects.all()}
    assert claims == {
        "blinken-2021-10-13": 11,
        "biden-administration-assurance-2021": 1,
        "security-official-2025": 7,
        "us-policy-on-isis": 1,
        "orabi-2025": 1,
        "isis-video-2025-04-20": 0,
        "blinken-2023-05-04": 1,
        "al-baba-2025-11-08": 0,
    }


def test_the_site_keeps_what_it_said_by_the_method_of_its_day():
    methods = Counter(Snapshot.objects.filter(claim__slug=C[10]).values_list("method", flat=True))
    assert methods.keys() == {"gap-beta/1.0", "gap-beta/2.0"}
    assert Entry.objects.filter(act="method").count() == 1


def test_the_times_of_the_ledger_never_run_backwards():
    times = list(Entry.objects.order_by("number").values_list("at", flat=True))
    assert times == sorted(times)


def test_the_test_of_each_claim_that_has_one_was_applied_before_its_answer_was_accepted():
    claims = list(Claim.objects.all())
    applied = times_tests_were_applied(claims, AsOfDay(date(2026, 11, 28)))
    assert {claim.slug for claim in claims} - applied.keys() == {
        C[18],
        C[19],
    }  # not looked at yet; uncheckable


def test_no_reason_in_the_ledger_says_what_nobody_did():
    last = Entry.objects.filter(kind="evidence", at__date__gte="2026-11-27")
    assert not any("archived copy" in entry.told["reason"] for entry in last)


@pytest.mark.parametrize("name", ["claims", "evidence", "sources", "statements"])
def test_each_record_is_what_its_file_says(name):
    model = {"claims": Claim, "evidence": Evidence, "sources": Source, "statements": Statement}[name]
    for fields in read_fields(name):
        assert not differs(model.objects.get(slug=fields["slug"]), fields), fields["slug"]


def test_the_claims_are_in_the_order_of_the_dossier():
    for n, slug in C.items():
        claim = Claim.objects.get(slug=slug)
        assert claim.position == (n if n <= 11 else 1 if n in (12, 20, 21, 22) else n - 12)


def test_one_commitment_is_settled_and_one_claim_cannot_be_checked():
    settled = Claim.objects.exclude(settled_as="").get()
    assert (settled.slug, settled.settled_as, str(settled.settled_on)) == (C[12], "kept", "2025-01-20")
    assert Claim.objects.exclude(uncheckable_reason="").get().slug == C[19]


def test_a_place_at_risk_is_not_shown():
    report = Evidence.objects.exclude(risk="none").get()
    assert (report.place.slug, report.exact_place.slug) == ("syria", "north-east-syria")


def test_one_claim_says_an_earlier_one_again():
    again = Claim.objects.get(repeats__isnull=False)
    assert (again.slug, again.repeats.slug) == (C[22], C[9])
    assert again.statement.speaker == again.repeats.statement.speaker
    assert again.statement.said_on > again.repeats.statement.said_on


def test_one_quotation_stands_in_its_original_language():
    statement = Statement.objects.exclude(original_text="").get()
    assert (statement.slug, statement.original_language) == ("al-baba-2025-11-08", "ar")
    assert statement.said_in("text", "ar") == statement.original_text


OFFICIAL_WORDS = """
expanding humanitarian access for people who desperately need that assistance, and we had some success, as you know, with renewing the critical corridor in northwestern Syria to do that.
sustaining the campaign that we have with the coalition against ISIS and al-Qaeda in Syria,
making clear our commitment, our ongoing commitment to demand accountability from the [Bashar] Assad regime and the preservation of basic international norms like promoting human rights and nonproliferation through the imposition of targeted sanctions; and sustaining local ceasefires, which are in place in different parts of the country,
As we’re moving forward, in the time ahead, keeping violence down; increasing humanitarian assistance and focusing our military efforts on any terrorist groups that pose a threat to us or to our partners, with the intent and capacity to do that. These are going to be the critical areas of focus for us, and they’re also, I think, important to advancing a broader political settlement to the Syrian conflict consistent with UN Security Council Resolution 2254.
What we have not done and what we do not intend to do is to express any support for efforts to normalize relations or rehabilitate Mr. Assad, or lifted a single sanction on Syria or changed our position to oppose the reconstruction of Syria until there is irreversible progress toward a political solution, which we believe is necessary and vital.
We know ISIS well—we’ve dealt with them in Idlib and succeeded in dismantling their networks, even at times when the group was stronger financially and militarily, and we were far weaker than we are today,
Now, we are more prepared and more experienced.
comprehensive security strategy
Inside cities, the group could activate sleeper cells to carry out such attacks and may use unregulated or informal neighborhoods as temporary hideouts,
exhaustion and attrition,
ISIS may attempt to exploit frustration among fighters from other armed factions—especially those with jihadist backgrounds—who feel alienated by the Syrian government’s rhetoric, which has shifted away from Islamist narratives.
The group is relying increasingly on inciteful rhetoric to undermine the credibility of the new administration,
""".strip().splitlines()  # noqa: E501


def test_verbatim_statements_are_the_official_words_letter_for_letter():
    verbatim = Statement.objects.filter(reporting="verbatim", original_text="").order_by("said_on", "pk")
    assert "\n\n".join(statement.text for statement in verbatim).split("\n\n") == OFFICIAL_WORDS


def test_every_span_stands_in_its_statement():
    for claim in Claim.objects.select_related("statement"):
        assert claim.quote, claim.slug
        assert claim.statement.holds(claim.quote), claim.slug


def test_each_denial_has_its_own_clause_of_the_sentence_and_is_shown_with_its_not():
    denials = list(Claim.objects.filter(slug__in=[C[9], C[10], C[11]]).select_related("statement"))
    assert len({claim.quote for claim in denials}) == len(denials)
    for claim in denials:
        assert "What we have not done" in sentences_around_span(claim.statement.text, claim.quote).before, (
            claim.slug
        )


def test_every_record_is_complete_and_published():
    for model in (Statement, Claim, Evidence):
        for record in model.objects.all():
            record.full_clean()
            assert record.is_published, record
            assert [item.label for item in readiness_items(record) if not item.done] == [], record


def test_every_claim_says_what_was_searched_for_on_both_sides():
    for claim in Claim.objects.prefetch_related("search_notes"):
        assert {note.side for note in claim.search_notes.all()} >= {"supporting", "contradicting"}, claim.slug


def test_a_search_that_says_it_found_something_left_a_report_on_that_side():
    for note in SearchNote.objects.filter(searched_on="2026-11-26").select_related("claim"):
        stances = note.claim.links.values_list("ratings__stance", flat=True)
        there = any(stance > 0 if note.side == "supporting" else stance < 0 for stance in stances)
        assert note.found == there, (note.claim.slug, note.side)


def test_every_link_is_graded_by_two():
    assert {link.ratings.count() for link in EvidenceLink.objects.all()} == {2}


def test_every_grade_of_a_source_has_a_reason_of_its_own():
    reasons = Source.objects.exclude(reliability="F").values_list("reliability_reason", flat=True)
    assert all(reasons)


def test_every_report_can_be_followed():
    for report in Evidence.objects.all():
        assert report.url.startswith("http") or report.reference, report.slug


def test_reports_of_one_event_share_it():
    shared = Counter(slug for slug in Evidence.objects.values_list("origin__slug", flat=True) if slug)
    assert shared["samer-foz-delisting"] == shared["veto-of-july-2023"] == 3
    assert shared == Counter(fields["origin"][0] for fields in read_fields("evidence") if "origin" in fields)


def test_officials_experts_and_armed_groups_are_told_apart():
    standing = dict(Speaker.objects.values_list("slug", "standing"))
    assert standing.pop("orabi-orabi") == "expert"
    assert standing.pop("isis") == "armed_group"
    assert set(standing.values()) == {"official"}


# There and back ---------------------------------------------------------------------------------------------------


def dump():
    out = StringIO()
    call_command(
        "dumpdata", "claims", "auth.user", exclude=["claims.claimgap", "claims.agreementday"],
        natural_foreign=True, natural_primary=True, stdout=out,
    )  # fmt: skip
    return [normal(record) for record in json.loads(out.getvalue())]


def normal(record):
    """Keys of many-to-many fields in one order."""
    nested = {name: sorted(value) for name, value in record["fields"].items() if isinstance(value, list)
              and value and isinstance(value[0], list) and name != "parts"}  # fmt: skip
    return {**record, "fields": {**record["fields"], **nested}}


def test_what_is_dumped_is_what_was_loaded():
    dumped = dump()
    # Loading scores as of today, which may be news; the ledger tells of it, and of who signs by which name.
    # Gradings are made of the ratings, and kept rows by triggers.
    today = {"claims.snapshot", "claims.entry", "claims.publicname", "claims.grading"}
    today |= {model._meta.label_lower for model in apps.get_models() if issubclass(model, KeptRow)}
    assert sum(d["model"] not in today for d in dumped) == sum(r["model"] not in today for r in RECORDS)
    for record in map(normal, RECORDS):
        twins = [
            d
            for d in dumped
            if d["model"] == record["model"] and d["fields"].items() >= record["fields"].items()
        ]
        assert len(twins) == 1, record


def test_loading_a_dump_again_changes_nothing(tmp_path):
    before = dump()
    (tmp_path / "dump.json").write_text(json.dumps(before), encoding="utf-8")
    call_command("loaddata", tmp_path / "dump.json", verbosity=0)
    assert dump() == before
