"""The Syria dossier: whole, in official words letter for letter, and scored as its table says, on every day."""

import json
from collections import Counter
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from claims.domain.dossier import score_dossier, score_dossiers
from claims.domain.vocabulary import State
from claims.models import Claim, Evidence, EvidenceLink, SearchNote, Source, Speaker, Statement
from claims.selectors.dossiers import dossiers
from claims.selectors.readiness import missing, searches

pytestmark = pytest.mark.django_db

FIXTURE = Path(__file__).parent.parent / "fixtures" / "syria.json"
RECORDS = json.loads(FIXTURE.read_text(encoding="utf-8"))
TODAY = date(2026, 11, 22)
TERM_ENDS = date(2025, 1, 20)

C = dict(
    enumerate(
        [
            "humanitarian-access-expanded",
            "campaign-against-isis-sustained",
            "assad-held-to-account-by-sanctions",
            "local-ceasefires-hold",
            "violence-kept-down",
            "humanitarian-assistance-increased",
            "military-effort-confined-to-terrorist-threats",
            "political-settlement-advanced",
            "no-support-for-normalisation",
            "no-sanction-lifted",
            "reconstruction-still-opposed",
            "us-forces-stay-east-of-the-euphrates",
            "isis-networks-in-idlib-dismantled",
            "better-prepared-against-isis",
            "intelligence-rebuilt-against-sleeper-cells",
            "borders-controlled-with-neighbours",
            "extremist-propaganda-countered",
            "supportive-environments-dismantled",
            "isis-turns-to-city-attacks",
            "isis-kept-out-of-cities",
            "isis-exhausted-and-without-territory",
        ],
        start=1,
    )
)
OF_THE_TERM = [C[n] for n in range(1, 13)]


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker):
    """The fixture, loaded once for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", FIXTURE, verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def of_claim(loaded):
    claims = list(Claim.objects.all())
    by_key = dossiers(claims)
    return {claim.slug: by_key[claim.pk] for claim in claims}


# The table of results ---------------------------------------------------------------------------------------------

TABLE = [
    ("2021-10-31", 8, 73.0, State.MOSTLY_CONTRADICTS),
    ("2021-10-31", 5, 71.1, State.MOSTLY_CONTRADICTS),
    ("2021-10-31", 4, 68.8, State.MOSTLY_CONTRADICTS),
    ("2021-10-31", 2, 36.0, State.MOSTLY_MATCHES),
    ("2021-10-31", 1, 43.9, State.CONFLICTING),
    ("2021-10-31", 10, 66.7, State.INSUFFICIENT),
    ("2022-12-31", 6, 39.0, State.MOSTLY_MATCHES),
    ("2022-12-31", 9, 44.3, State.CONFLICTING),
    ("2022-12-31", 5, 75.3, State.MOSTLY_CONTRADICTS),
    ("2023-12-31", 6, 52.7, State.CONFLICTING),
    ("2023-12-31", 10, 71.4, State.MOSTLY_CONTRADICTS),
    ("2023-12-31", 1, 50.6, State.CONFLICTING),
    ("2024-12-31", 6, 60.2, State.CONFLICTING),
    ("2024-12-31", 2, 31.9, State.MOSTLY_MATCHES),
    ("2024-12-31", 1, 55.1, State.CONFLICTING),
    ("2025-05-15", 20, 52.6, State.CONFLICTING),
    ("2025-05-15", 21, 32.7, State.MOSTLY_MATCHES),
]


@pytest.mark.parametrize(("day", "n", "number", "state"), TABLE, ids=[f"C{row[1]} {row[0]}" for row in TABLE])
def test_the_gap_is_what_the_table_says_to_its_last_digit(of_claim, day, n, number, state):
    gap = score_dossier(of_claim[C[n]], date.fromisoformat(day))
    assert gap.state is state
    assert gap.gap == pytest.approx(number, abs=0.0501)


@pytest.mark.parametrize("n", [4, 5, 8, 9])
def test_when_it_was_said_nothing_was_known_and_there_is_no_number(of_claim, n):
    gap = score_dossier(of_claim[C[n]], date(2021, 10, 13))
    assert (gap.gap, gap.low, gap.high, gap.headline) == (None, None, None, None)
    assert gap.state is State.NO_EVIDENCE


def test_one_origin_is_not_enough_for_a_verdict_on_sanctions_in_2021(of_claim):
    gap = score_dossier(of_claim[C[10]], date(2021, 10, 31))
    assert (gap.origins, gap.headline) == (1, None)


@pytest.mark.parametrize("slug", OF_THE_TERM)
@pytest.mark.parametrize("day", [date(2025, 5, 15), date(2025, 7, 1), TODAY])
def test_nothing_after_the_term_moves_what_was_said_for_it(of_claim, slug, day):
    assert figures(score_dossier(of_claim[slug], day)) == figures(score_dossier(of_claim[slug], TERM_ENDS))


@pytest.mark.parametrize("n", [20, 21])
def test_what_speaks_of_today_goes_stale(of_claim, n):
    gap = score_dossier(of_claim[C[n]], TODAY)
    assert gap.state is State.STALE
    assert gap.headline is None


def test_every_verdict_of_today_is_tentative(of_claim):
    gaps = [score_dossier(dossier, TODAY) for dossier in of_claim.values()]
    assert [gap.tentative for gap in gaps if gap.headline is not None] == [True] * 9


def figures(gap):
    return (
        gap.gap, gap.low, gap.high, gap.state, gap.tentative, gap.contradicting, gap.supporting, gap.origins,
    )  # fmt: skip


# As of any day ----------------------------------------------------------------------------------------------------


def days_of(of_claim):
    """Every day on which anything becomes known or visible, the day before, and a sample of those between."""
    links = [link for dossier in of_claim.values() for link in dossier.links]
    turning = {day for link in links for day in (link.known_day, link.event_day, link.visible_from)}
    turning.add(TERM_ENDS)
    before = {day - timedelta(days=1) for day in turning}
    sample = {date(2019, 1, 1) + timedelta(days=n) for n in range(0, 2880, 97)}
    return sorted(turning | before | sample | {TODAY})


def test_as_of_a_day_equals_a_database_cut_off_at_that_day(of_claim):
    days = days_of(of_claim)
    assert len(days) > 90
    for day in days:
        cut = cut_off_at(day)
        asked = score_dossiers([(of_claim[slug], day) for slug in cut])
        then = score_dossiers([(dossier, day) for dossier in cut.values()])
        ever_after = score_dossiers([(dossier, TODAY) for dossier in cut.values()])
        for (slug, dossier), a, b, c in zip(cut.items(), asked, then, ever_after, strict=True):
            known = {link.id for link in dossier.links}
            assert figures(a) == figures(b), (slug, day)
            assert b.links == {key: part for key, part in a.links.items() if key in known}, (slug, day)
            assert not any(part.mass for key, part in a.links.items() if key not in known), (slug, day)
            if slug in OF_THE_TERM:  # these do not age
                assert figures(c) == figures(a), (slug, day)


def cut_off_at(day):
    """The dossiers of a database from which everything is deleted that was not known by the day."""
    with transaction.atomic():
        later = Evidence.objects.filter(known__last__gt=day.isoformat())
        EvidenceLink.objects.filter(evidence__in=later).delete()
        later.delete()
        claims = list(Claim.objects.all())
        by_key = dossiers(claims)
        transaction.set_rollback(True)
    return {claim.slug: by_key[claim.pk] for claim in claims}


def test_on_no_day_is_there_a_number_without_evidence(of_claim):
    cases = [(dossier, day) for day in days_of(of_claim) for dossier in of_claim.values()]
    numbers = [(gap.gap is None, gap.contradicting + gap.supporting == 0) for gap in score_dossiers(cases)]
    assert set(numbers) == {(True, True), (False, False)}


# What the fixture holds -------------------------------------------------------------------------------------------


def test_the_dossier_is_whole():
    counts = Counter(record["model"] for record in RECORDS)
    assert counts["claims.statement"] == 6
    assert counts["claims.claim"] == 21
    assert counts["claims.evidence"] == 36 + 16 + 2
    assert counts["claims.evidencelink"] == counts["claims.rating"] == 89


def test_the_fixture_holds_no_score():
    assert {"claims.claimgap", "claims.snapshot"}.isdisjoint(record["model"] for record in RECORDS)


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
    }


def test_the_claims_are_in_the_order_of_the_dossier_and_bounded_by_the_term():
    for n, slug in C.items():
        claim = Claim.objects.get(slug=slug)
        assert str(claim.valid_until) == ("2025-01-20" if n <= 12 else "None")
        assert claim.position == (n if n <= 11 else 1 if n in (12, 20, 21) else n - 12)


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
""".strip().splitlines()  # noqa: E501


def test_verbatim_statements_are_the_official_words_letter_for_letter():
    verbatim = Statement.objects.filter(reporting="verbatim").order_by("said_on", "pk")
    assert "\n\n".join(statement.text for statement in verbatim).split("\n\n") == OFFICIAL_WORDS


def test_every_span_stands_in_its_statement():
    for claim in Claim.objects.select_related("statement"):
        assert claim.quote, claim.slug
        assert claim.quote in claim.statement.text, claim.slug


def test_no_span_of_a_denial_loses_its_not():
    for claim in Claim.objects.filter(kind="denial"):
        assert "What we have not done" in claim.quote, claim.slug


def test_every_record_is_complete_and_published():
    for model in (Statement, Claim, Evidence):
        for record in model.objects.all():
            record.full_clean()
            assert record.is_published, record
            assert [item.label for item in missing(record) if not item.done] == [], record


def test_every_claim_says_what_was_searched_for_on_both_sides():
    for claim in Claim.objects.prefetch_related("search_notes"):
        assert [item.label for item in searches(claim) if not item.done] == [], claim.slug


def test_a_search_that_says_it_found_something_left_a_report_on_that_side():
    for note in SearchNote.objects.select_related("claim"):
        stances = note.claim.links.values_list("ratings__stance", flat=True)
        there = any(stance > 0 if note.side == "supporting" else stance < 0 for stance in stances)
        assert note.found == there, (note.claim.slug, note.side)


def test_every_link_says_why():
    assert not EvidenceLink.objects.filter(rationale="").exists()
    assert EvidenceLink.objects.filter(ratings__isnull=True).count() == 0


def test_every_grade_of_a_source_has_a_reason_of_its_own():
    reasons = Source.objects.values_list("reliability_reason", flat=True)
    assert all(reasons)
    assert len(set(reasons)) == len(reasons)


def test_every_report_of_public_record_has_its_full_address():
    urls = [url for url in Evidence.objects.values_list("url", flat=True) if url]
    assert len(urls) == 16 + 2
    assert all(url.startswith("https://") for url in urls)
    assert len(set(urls)) == len(urls)


def test_two_reports_of_one_event_share_their_origin():
    shared = Counter(slug for slug in Evidence.objects.values_list("origin__slug", flat=True) if slug)
    assert shared == {"samer-foz-delisting": 2, "ariha-shelling": 2}


def test_officials_experts_and_armed_groups_are_told_apart():
    standing = dict(Speaker.objects.values_list("slug", "standing"))
    assert standing.pop("orabi-orabi") == "expert"
    assert standing.pop("isis") == "armed_group"
    assert set(standing.values()) == {"official"}


# There and back ---------------------------------------------------------------------------------------------------


def dump():
    out = StringIO()
    call_command(
        "dumpdata", "claims", "auth.user", exclude=["claims.claimgap", "claims.snapshot"],
        natural_foreign=True, natural_primary=True, stdout=out,
    )  # fmt: skip
    return [normal(record) for record in json.loads(out.getvalue())]


def normal(record):
    """Keys of many-to-many fields in one order."""
    nested = {name: sorted(value) for name, value in record["fields"].items() if isinstance(value, list)
              and value and isinstance(value[0], list)}  # fmt: skip
    return {"model": record["model"], "fields": {**record["fields"], **nested}}


def test_what_is_dumped_is_what_was_loaded():
    dumped = dump()
    assert len(dumped) == len(RECORDS)
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
