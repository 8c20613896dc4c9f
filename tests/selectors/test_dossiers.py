"""From stored rows to the method's inputs: only what counts, in a fixed number of queries."""

from datetime import date

import pytest

from claims.domain.dates import PartialDate
from claims.domain.vocabulary import ClaimKind, Credibility, Directness, Reliability
from claims.models import Claim
from claims.selectors.dossiers import DESK, build_dossiers, score_claim
from tests.factories import (
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    OriginFactory,
    RatingFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def of(claim, *statuses):
    return build_dossiers([claim], *statuses)[claim.pk]


def ids(claim, *statuses):
    return {link.id for link in of(claim, *statuses).links}


def test_every_grade_arrives_at_the_method():
    claim = ClaimFactory(kind="condition", bounded=True)
    evidence = EvidenceFactory(
        published=True, slug="trucks", event="2021-10", known="2021-11-02", credibility=2,
        source=SourceFactory(slug="daily", reliability="B"), origin=OriginFactory(slug="wire"),
    )  # fmt: skip
    link = EvidenceLinkFactory(claim=claim, evidence=evidence, indirect=True)
    for stance in (-2, 1):
        RatingFactory(link=link, stance=stance)
    dossier = of(claim)
    assert (dossier.kind, dossier.valid_until) == (ClaimKind.CONDITION, PartialDate.parse("2025-01-20"))
    (graded,) = dossier.links
    assert (graded.id, graded.publisher, graded.origin, graded.stances) == (
        "trucks",
        "daily",
        "wire",
        (-2, 1),
    )
    assert (graded.reliability, graded.credibility, graded.directness) == (
        Reliability.B, Credibility.PROBABLE, Directness.INDIRECT,
    )  # fmt: skip
    assert (str(graded.event), str(graded.known)) == ("2021-10", "2021-11-02")


def test_only_published_and_graded_evidence_counts():
    claim = ClaimFactory()
    for slug, variant in {"out": "published", "back": "withdrawn", "read": "in_review"}.items():
        EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(slug=slug, **{variant: True}), stance=-2)
    EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(slug="draft"), stance=-2)
    EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(slug="raw", ungraded=True), stance=-2)
    assert ids(claim) == {"out"}
    assert ids(claim, DESK) == {"out", "read", "draft"}


@pytest.mark.parametrize(("editors", "counted"), [(0, False), (1, False), (2, True), (3, True)])
def test_a_link_counts_for_readers_once_two_editors_have_graded_it(editors, counted):
    link = EvidenceLinkFactory(published=True)
    RatingFactory.create_batch(editors, link=link)
    assert (ids(link.claim) != set()) is counted
    assert ids(link.claim, DESK) != set()


def test_whoever_grades_grades_blind():
    """For an editor, a link that they have not graded has nobody's stance."""
    rating = RatingFactory(link__published=True, stance=-2)
    RatingFactory(link=rating.link, stance=1)
    for rater, stances in ((rating.rater, (-2, 1)), (UserFactory(editor=True), ())):
        (link,) = build_dossiers([rating.link.claim], DESK, rater=rater)[rating.link.claim_id].links
        assert link.stances == stances


def test_claims_keep_their_links_and_ratings_apart():
    evidence = EvidenceFactory(published=True)
    one, two = (EvidenceLinkFactory(evidence=evidence, stance=stance) for stance in (-2, 2))
    found = build_dossiers([one.claim, two.claim])
    assert [found[link.claim.pk].links[0].stances for link in (one, two)] == [(-2, -2), (2, 2)]


def test_a_claim_without_links_has_an_empty_dossier():
    assert of(ClaimFactory()).links == ()
    assert build_dossiers([]) == {}


def test_fifty_claims_cost_as_many_queries_as_one(django_assert_num_queries):
    evidence = [EvidenceFactory(published=True) for _ in range(2)]
    for _ in range(50):
        claim = ClaimFactory()
        for each in evidence:
            EvidenceLinkFactory(claim=claim, evidence=each, stance=-2)
    claims = list(Claim.objects.all())
    for n in (1, 50):
        with django_assert_num_queries(2):
            assert all(len(dossier.links) == 2 for dossier in build_dossiers(claims[:n]).values())


def test_a_report_counts_from_the_day_on_which_it_was_known():
    claim = ClaimFactory()
    for known in ("2021-11-02", "2021-12"):
        EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True, known=known), stance=-2)
    gaps = [
        score_claim(claim, date(*day)).gap
        for day in ((2021, 11, 1), (2021, 11, 2), (2021, 12, 30), (2021, 12, 31))
    ]
    assert gaps == [None, pytest.approx(200 / 3), pytest.approx(200 / 3), 75.0]
