"""What each page costs in queries: pinned, and the same for thirty records as for three."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.actions import record_outside_changes, rescore_claims
from claims.domain.vocabulary import State
from claims.models import Claim
from tests.factories import (
    NOW,
    ClaimFactory,
    CorrectionFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    OriginFactory,
    PlaceFactory,
    RatingFactory,
    RoleFactory,
    SearchNoteFactory,
    SourceFactory,
    StatementFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

PAST = "?as_of=2026-11-20"
CHOICES = (
    "?speaker={speaker}&topic={topic}&place={place}&kind=fact&q=aid&gap_max=99&said_from=2021&"
    + "&".join(f"state={state}" for state in State)
)
# Queries today, and as of a past day.
COSTS = {
    "/": (14, 19),
    "/claims/": (23, 25),
    "/search/?q=hub": (12, 12),
    "/search/?q=hub&kind=evidence": (6, 6),
    "/search/?q=nothing+hub": (8, 8),
    "/claims/?q=nothing+hub&kind=fact": (22, 22),
    "/claims/{claim}/": (15, 16),  # with the verdict by another method, and whether the test was applied
    "/claims/{claim}/?lens=primary&without={source}&r_A=.9": (16, 17),
    "/claims/{claim}/dossier.json": (9, 9),
    "/claims/{claim}/@1/": (11, 11),
    "/claims/{claim}/@1/cite.bib": (10, 10),
    "/claims/{claim}/@1/card.png": (10, 10),
    "/claims/{claim}/embed/": (5, 5),
    "/claims/{claim}/@1/embed/": (10, 10),
    "/oembed/?url=/claims/{claim}/": (6, 6),
    "/oembed/?url=/claims/{claim}/@1/": (10, 10),
    "/statements/{statement}/": (13, 16),  # with the number of claims by verdict, of all pages
    "/evidence/{evidence}/": (8, 8),  # with its copies
    "/speakers/": (3, 3),
    "/speakers/{speaker}/": (15, 20),
    "/topics/": (3, 3),
    "/topics/{topic}/": (17, 20),
    "/places/": (8, 8),
    "/places/{place}/": (18, 21),
    "/sources/": (2, 2),
    "/sources/{source}/": (5, 5),
    "/compare/": (2, 2),
    "/compare/?speaker={speaker}&speaker={other}": (12, 20),
    "/compare/?period=2021&period=2020-01/2026-12": (11, 19),
    "/corrections/": (5, 5),
    "/corrections/feed/": (4, 4),
    "/feed/": (10, 10),
    "/topics/{topic}/feed/": (12, 12),
    "/speakers/{speaker}/feed/": (12, 12),
    "/claims/{claim}/feed/": (12, 12),
    "/robots.txt": (0, 0),
    "/sitemap.xml": (7, 7),
    "/sitemap-claim.xml": (2, 2),
    "/changes/": (6, 6),
    "/changes/?record=claim:{claim}": (9, 9),
    "/changes.json": (6, 6),
    "/changes/feed/": (6, 6),
    "/method/": (2, 2),
    "/about/": (1, 1),
    "/privacy/": (0, 0),
    "/report-an-error/claim/{claim}/": (1, 1),
    "/data/": (0, 0),
}


class World:
    """Hubs with spokes: a claim with many reports, a report on many claims, and so on for every noun."""

    def __init__(self):
        self.statement = StatementFactory(published=True, title="Hub", place=PlaceFactory(name="Hub place"))
        self.topic, self.origin = TopicFactory(name="Hub topic"), OriginFactory()
        self.claim = ClaimFactory(published=True, statement=self.statement, proposition="The hub of aid")
        self.evidence = EvidenceFactory(
            published=True, source=self.statement.source, place=self.statement.place, origin=self.origin
        )
        self.claim.topics.add(self.topic)
        self.claim.places.add(self.statement.place)
        EvidenceLinkFactory(claim=self.claim, evidence=self.evidence, stance=2)
        self.other = ClaimFactory(published=True).statement.speaker

    def grow(self, n):
        for number in range(n):
            self.add_claim(number)
            self.add_report(number)
        rescore_claims(Claim.objects.all(), as_of=timezone.localdate(), now=NOW)
        record_outside_changes(now=NOW - timedelta(days=2), reason="Loaded.")

    def add_claim(self, number):
        """One of the hub's speaker, topic, place, statement and report; every other one has its own of each."""
        own = number % 2
        statement = StatementFactory(published=True, place=PlaceFactory(parent=self.statement.place))
        if not own:
            statement = self.statement
        sister = StatementFactory(
            published=True,
            speaker=self.statement.speaker,
            source=self.statement.source,
            place=self.statement.place,
        )
        for words in (statement, sister):
            claim = ClaimFactory(published=True, statement=words)
            claim.topics.add(self.topic, TopicFactory(parent=self.topic))
            claim.places.add(PlaceFactory(parent=self.statement.place))
            EvidenceLinkFactory(claim=claim, evidence=self.evidence, stance=-2)
            CorrectionFactory(claim=claim)
        CorrectionFactory(claim=None, statement=sister)
        RoleFactory(speaker=self.statement.speaker)

    def add_report(self, number):
        evidence = EvidenceFactory(
            published=True, source=SourceFactory(), place=PlaceFactory(), origin=OriginFactory()
        )
        echo = EvidenceFactory(
            published=True, source=self.statement.source, place=self.statement.place, origin=self.origin
        )
        self.claim.topics.add(TopicFactory())
        for report in (evidence, echo):
            link = EvidenceLinkFactory(claim=self.claim, evidence=report, stance=number % 5 - 2)
            RatingFactory(link=link, stance=1)
        SearchNoteFactory(claim=self.claim)
        CorrectionFactory(claim=self.claim)
        CorrectionFactory(claim=None, evidence=self.evidence)

    def address(self, path, day=""):
        path = path + (day.replace("?", "&") if "?" in path else day)
        return path.format(
            claim=self.claim.slug, statement=self.statement.slug, evidence=self.evidence.slug,
            speaker=self.statement.speaker.slug, topic=self.topic.slug, place=self.statement.place.slug,
            source=self.statement.source.slug, other=self.other.slug,
        )  # fmt: skip


def queries(address):
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(address)
    assert response.status_code == 200, address
    return [query["sql"] for query in captured]


def costs(world):
    return {path: tuple(len(queries(world.address(path, day))) for day in ("", PAST)) for path in COSTS}


@pytest.fixture
def world():
    return World()


def test_each_page_costs_what_is_pinned_here_and_growth_costs_nothing(world):
    world.grow(3)
    assert costs(world) == COSTS
    world.grow(27)
    assert costs(world) == COSTS


def test_a_list_with_every_filter_costs_no_more_for_more_claims(world):
    world.grow(3)
    few = [len(queries(world.address(f"/claims/{CHOICES}{day}"))) for day in ("", "&as_of=2026-11-20")]
    world.grow(27)
    many = [len(queries(world.address(f"/claims/{CHOICES}{day}"))) for day in ("", "&as_of=2026-11-20")]
    assert many == few
    assert many == [26, 47]


def test_the_next_page_costs_what_the_first_does(world):
    world.grow(30)
    for path in (
        "/claims/",
        "/speakers/",
        "/topics/",
        "/places/",
        "/corrections/",
        world.address("/topics/{topic}/"),
    ):
        assert len(queries(f"{path}?page=2")) == len(queries(path)), path


def test_no_query_is_asked_twice_for_one_page(world):
    world.grow(3)
    for path in COSTS:
        if "/compare/?" in path:
            continue  # their lists may hold the same claims
        asked = queries(world.address(path))
        assert len(asked) == len(set(asked)), path
