"""What the pages of records say: statements, reports, speakers, topics, places, sources, the front page, the method."""

import pytest
from django.db.models import Q

from claims.domain import gap
from claims.domain.vocabulary import State
from claims.models import Claim, Evidence, Source, Statement
from tests.actions.desk import contradicted
from tests.factories import (
    NOW,
    ClaimFactory,
    CorrectionFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    OriginFactory,
    PlaceFactory,
    RoleFactory,
    SourceFactory,
    SpeakerFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db
on_syria = pytest.mark.usefixtures("syria")


@on_syria
def test_words_that_are_kept_without_a_claim_say_so(look):
    page = look(Statement.objects.get(speaker__slug="isis").get_absolute_url())
    assert "No claim has been drawn from this statement." in page.main.text


@on_syria
def test_a_report_shows_its_source_both_grades_in_words_and_what_it_bears_on(look):
    report = Evidence.objects.get(slug="resolution-2585-extends-corridor")
    page = look(report.get_absolute_url())
    assert page.one("h1").text == report.summary
    assert "A, completely reliable" in page.main.text
    assert "1, confirmed outside this dossier" in page.main.text
    bears = page.one("section", aria_labelledby="bears")
    assert [link.attributes["href"] for link in bears.all("a")] == [
        link.claim.get_absolute_url() for link in report.links.order_by("claim__statement", "claim__position")
    ]
    assert "strongly supports" in bears.text


def test_a_report_names_who_else_carried_the_same_origin_and_not_itself(look):
    origin = OriginFactory(name="One wire story")
    first, second = (EvidenceFactory(published=True, origin=origin) for _ in range(2))
    text = look(first.get_absolute_url()).one("dl", "facts-list").all("div")[3].text
    assert "One wire story (event)" in text
    assert f"also reported: {second.source}" in text
    assert str(first.source) not in text


def test_a_report_names_its_publisher_who_carried_it_and_whom_it_quotes(look):
    agency, paper = SourceFactory(name="The Agency"), SourceFactory(name="The Paper")
    minister = SpeakerFactory(name="A minister")
    report = EvidenceFactory(published=True, source=paper, relays=agency, quotes=minister)
    facts = look(report.get_absolute_url()).one("dl", "facts-list").text
    assert "The Agency: A, completely reliable; carried by The Paper" in facts
    assert "Quotes A minister" in facts
    for publisher in (agency, paper):
        assert "The Agency, carried by The Paper" in look(publisher.get_absolute_url()).main.text
    assert look(minister.get_absolute_url()).one("h1").text == "A minister"
    listed = look("/sources/").main.text
    assert "news organisation · 1 report" in listed


def test_a_source_that_nobody_graded_is_not_called_unjudgeable(look):
    paper = SourceFactory(name="The Paper", reliability="F", reliability_reason="")
    agency = SourceFactory(name="The Agency", reliability="F", reliability_reason="Nobody knows who runs it.")
    EvidenceFactory(published=True, source=paper, relays=agency)
    first = look("/sources/").main
    pages = [first, look("/sources/?page=2").main] if first.all("nav") else [first]
    listed = [item.text for page in pages for item in page.all("li")]
    assert "The Paper not graded · news organisation · carried 1 report of another" in listed
    assert "F, cannot be judged · news organisation · 1 report" in " ".join(listed)
    assert "Not graded." in look(paper.get_absolute_url()).main.text
    assert "F, cannot be judged. Nobody knows who runs it." in look(agency.get_absolute_url()).main.text


def test_a_report_without_an_address_says_where_else_it_can_be_read_or_why_not(look):
    report = EvidenceFactory(published=True, url="", reference="An-Nahar, 3 May 2014, page 7")
    assert "to be read in: An-Nahar, 3 May 2014, page 7" in look(report.get_absolute_url()).main.text
    report = EvidenceFactory(published=True, url="", no_address_reason="Its witness would be in danger.")
    assert "no address: Its witness would be in danger." in look(report.get_absolute_url()).main.text
    older = EvidenceFactory(published=True, url="")
    assert (
        "not recorded: it was published before this was required" in look(older.get_absolute_url()).main.text
    )


def test_a_report_of_unknown_day_and_no_origin_says_so(look):
    page = look(EvidenceFactory(published=True, event=None, known="2021-07").get_absolute_url())
    assert "day unknown · known July 2021" in page.main.text
    assert "no other report of it on this site" in page.main.text
    assert "No published claim, so far." in page.main.text


def test_a_speaker_shows_each_office_with_its_years(look):
    claim = ClaimFactory(published=True)
    RoleFactory(speaker=claim.statement.speaker, title="Envoy", start="2019-03", end="2021")
    page = look(claim.statement.speaker.get_absolute_url())
    assert "Envoy, March 2019 – 2021" in page.one("header", "opening").one("p", "meta").text
    assert "Official, person" in page.one("header", "opening").one("p", "meta").text


def test_a_speaker_of_statements_without_claims_has_a_page(look):
    statement = StatementFactory(published=True)
    page = look(statement.speaker.get_absolute_url())
    assert statement.title in page.main.text
    assert not page.all("li", "claim-row")


@on_syria
def test_a_topic_counts_the_claims_within_it_and_names_its_parts(look):
    page = look("/topics/humanitarian-aid/")
    parts = page.main.text.split("Within it:")[1]
    assert "Humanitarian access" in parts
    lines = {item.one("h2").text: item.one("p").text for item in look("/topics/").all("li", "report")}
    own = Claim.objects.filter(topics__slug="humanitarian-access").count()
    assert lines["Humanitarian access"].startswith(f"{own} claim")


@on_syria
def test_a_place_holds_what_happened_in_the_places_within_it(look):
    page = look("/places/syria/")
    within = Q(place__slug="syria") | Q(place__parent__slug="syria") | Q(place__parent__parent__slug="syria")
    reports = Evidence.objects.filter(within).known_by(NOW.date()).order_by("-known", "pk")
    assert reports.count() < Evidence.objects.filter(within).count()  # one is of “2026”, which is not over
    shown = [item.one("h3").text for item in page.one("section", aria_labelledby="reports").all("li")]
    assert shown == [report.summary for report in reports[:30]]
    assert f"The latest of {reports.count()} reports." in page.main.text


@on_syria
def test_a_source_shows_its_grade_the_reason_and_its_reports(look):
    source = Source.objects.get(slug="asharq-al-awsat")
    page = look(source.get_absolute_url())
    assert "B, usually reliable." in page.one("p", "lead").text
    assert source.reliability_reason in page.one("p", "lead").text
    assert "page 1 of 2" in page.main.text
    assert "Antony Blinken · 13 October 2021" in page.main.text


def test_a_correction_stands_on_the_list_and_above_what_it_corrects(look):
    claim = ClaimFactory(published=True)
    correction = CorrectionFactory(claim=claim, effect="The gap fell from 60 to 52.")
    for address in ("/corrections/", claim.get_absolute_url()):
        text = look(address).main.text
        assert correction.what_was_wrong in text
        assert "The gap fell from 60 to 52." in text
    links = [a.attributes["href"] for row in look("/corrections/").all("li", "report") for a in row.all("a")]
    assert claim.get_absolute_url() in {link.partition("#")[0] for link in links}


def test_the_method_takes_its_constants_from_the_code(look, monkeypatch):
    monkeypatch.setattr(gap, "RELIABILITY_WEIGHT", dict.fromkeys(gap.RELIABILITY_WEIGHT, 0.875))
    monkeypatch.setattr(gap, "METHOD_VERSION", "gap-test/9")
    text = look("/method/").main.text
    assert "completely reliable0.875" in text
    assert "In force: gap-test/9" in text


def test_the_method_explains_every_verdict_and_computes_its_example(look):
    page = look("/method/")
    terms = [term.text for term in page.one("section", aria_labelledby="states").all("dt")]
    assert terms == [state.label for state in State]
    points = [row.all("td")[-1].text for row in page.one("table", "receipt").all("tr")[1:]]
    *parts, total = (float(text.replace("−", "-")) for text in points)
    assert sum(parts) == pytest.approx(total)
    # One A1 report and a B2 story that a second paper repeats, against a driver whom nobody can judge.
    contradicting, supporting = 1 + 0.75 * 0.75, 0.5 * 0.5 * 0.5
    assert total == pytest.approx(100 * (contradicting + 1) / (contradicting + supporting + 2), abs=0.005)


def test_a_place_without_coordinates_or_parent_still_opens(look):
    evidence = EvidenceFactory(published=True)
    link = EvidenceLinkFactory(claim=ClaimFactory(published=True), evidence=evidence, stance=1)
    place = PlaceFactory(latitude=None, longitude=None)
    link.claim.places.add(place)
    page = look(place.get_absolute_url())
    assert "None" not in page.main.text


def test_a_report_on_the_page_of_a_claim_says_where_it_can_be_read(look):
    report = EvidenceFactory(
        published=True, url="", reference="An-Nahar, page 7", archived_url="https://copy.example/1"
    )
    link = EvidenceLinkFactory(published=True, evidence=report, stance=-2)
    page = look(link.claim.get_absolute_url())
    row = page.one("li", "report", id=f"report-{report.slug}")
    assert "to be read in: An-Nahar, page 7" in row.text
    assert "https://copy.example/1" in {link.attributes.get("href") for link in row.all("a")}


def test_a_report_leads_to_the_data_of_the_claims_on_which_it_bears(look):
    claim = contradicted()
    page = look(claim.links.first().evidence.get_absolute_url())
    (link,) = page.all("link", rel="alternate", type_="application/json")
    assert link.attributes["href"] == f"/claims/{claim.slug}/dossier.json"
    assert link.attributes["title"] == claim.called
