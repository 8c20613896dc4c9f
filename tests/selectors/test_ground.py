"""Reports counted by place, each once, by how it bears on the claims at hand."""

from datetime import date

import pytest
from django.utils import translation

from claims.models import Claim, Evidence
from claims.selectors import ground_reports as selector
from claims.selectors.ground_reports import reports_by_place
from claims.selectors.place_maps import draw_map
from tests.factories import ClaimFactory, EvidenceFactory, EvidenceLinkFactory, PlaceFactory, RatingFactory

pytestmark = pytest.mark.django_db


def reports():
    return Evidence.objects.published().known_by(date(2026, 1, 1))


def counted(claims=None):
    found = reports_by_place(reports(), Claim.objects.published() if claims is None else claims)
    return {located.place.name: located.cells for located in found.places}


def report(place, *stances, **fields):
    evidence = EvidenceFactory(published=True, place=place, **fields)
    for stance in stances:
        EvidenceLinkFactory(claim=ClaimFactory(published=True), evidence=evidence, stance=stance)
    return evidence


@pytest.fixture
def idlib():
    return PlaceFactory(name="Idlib", latitude="35.93", longitude="36.63")


def test_each_report_is_counted_once_whatever_it_bears_on(idlib):
    report(idlib, -2, -1)
    report(idlib, 1)
    report(idlib, 2, -2)
    report(idlib, 0)
    report(idlib)
    assert counted() == {"Idlib": [1, 1, 1, 2]}


def test_the_median_of_the_gradings_says_which_way(idlib):
    evidence = report(idlib, -1)
    link = evidence.links.get()
    RatingFactory.create_batch(3, link=link, stance=2)
    assert counted() == {"Idlib": [0, 0, 1, 0]}


def test_it_bears_only_on_the_claims_at_hand_and_on_what_is_public(idlib):
    evidence = report(idlib, -2)
    assert counted(Claim.objects.none()) == {"Idlib": [0, 0, 0, 1]}
    EvidenceLinkFactory(claim=ClaimFactory(), evidence=evidence, stance=2)  # a draft's
    lone = EvidenceLinkFactory(claim=ClaimFactory(published=True), evidence=evidence)
    RatingFactory(link=lone, stance=2)  # one grading is no verdict
    assert counted() == {"Idlib": [1, 0, 0, 0]}


def test_drafts_and_what_came_later_are_nowhere(idlib):
    EvidenceFactory(place=idlib)
    report(idlib, -1, known="2026-05-01")
    assert counted() == {}


def test_places_with_more_reports_come_first_and_the_rest_is_summed_up(idlib, monkeypatch):
    for _ in range(2):
        report(idlib, -1)
    report(PlaceFactory(name="Homs"))
    report(None)
    monkeypatch.setattr(selector, "MOST_PLACES", 1)
    found = reports_by_place(reports(), Claim.objects.published())
    assert [located.place.name for located in found.places] == ["Idlib"]
    assert (found.more, found.nowhere, found.withheld, found.latest_only) == (1, 1, 0, False)


def test_of_too_many_only_the_latest_are_counted_and_it_is_said(idlib, monkeypatch):
    report(idlib, -1, known="2024-01-01")
    report(idlib, 1, known="2025-01-01")
    monkeypatch.setattr(selector, "MOST_REPORTS", 1)
    found = reports_by_place(reports(), Claim.objects.published())
    assert [located.cells for located in found.places] == [[0, 0, 1, 0]]
    assert found.latest_only


def test_what_is_shown_coarsely_is_counted(idlib):
    report(idlib, -1, risk="province")
    report(idlib, -1)
    report(None, risk="withheld")
    found = reports_by_place(reports(), Claim.objects.published())
    assert [located.coarse for located in found.places] == [1]
    assert (found.nowhere, found.withheld) == (1, 1)


# The map --------------------------------------------------------------------------------------------------------------


def mapped(around=None):
    return draw_map(reports_by_place(reports(), Claim.objects.published()), "en", around)


def test_a_map_of_a_town_shows_its_country(idlib):
    report(idlib, -1)
    box = mapped().frame.box
    assert box.holds((42.3, 37.3))  # Syria's far corner
    assert [word.text for word in mapped().words if word.text in {"Iraq", "Türkiye"}]


def test_what_lies_far_from_the_bulk_or_has_no_point_is_named_beside_the_map(idlib):
    for _ in range(5):
        report(idlib, -1)
    report(PlaceFactory(name="Washington", latitude="38.9", longitude="-77"))
    report(PlaceFactory(name="Somewhere", latitude=None, longitude=None))
    found = mapped()
    assert [drawn.located.place.name for drawn in found.drawn] == ["Idlib"]
    assert [located.place.name for located in found.outside] == ["Somewhere", "Washington"]


def test_a_province_and_a_country_are_tinted_and_a_town_is_not(idlib):
    homs = PlaceFactory(name="Homs governorate", kind="province", latitude="34.3", longitude="38")
    syria = PlaceFactory(name="Syria", kind="country", latitude="35", longitude="38.5")
    badia = PlaceFactory(name="Badia", kind="area", latitude="34.5", longitude="39")
    for place in (idlib, homs, syria, badia):
        report(place, -1)
    drawn = {each.located.place.name: each for each in mapped().drawn}
    assert {name for name, each in drawn.items() if each.outline} == {"Homs governorate", "Syria"}
    assert {name for name, each in drawn.items() if each.rough} == {"Homs governorate", "Syria", "Badia"}
    assert {name for name, each in drawn.items() if each.area} == {"Badia"}
    assert len(drawn["Homs governorate"].outline) < len(drawn["Syria"].outline)


def test_the_circle_of_a_province_says_nothing_of_a_town_in_it():
    for latitude, longitude in (("36.5", "40.75"), ("37.03", "41.2")):
        report(PlaceFactory(name="Hasakah", kind="province", latitude=latitude, longitude=longitude))
    one, other = (each.circle.spot for each in mapped().drawn)
    assert (one.x, one.y) == (other.x, other.y)
    assert (one.x, one.y) != mapped().frame.place((40.75, 36.5))


def test_there_is_no_map_where_nothing_has_a_point():
    report(PlaceFactory(latitude=None, longitude=None), -1)
    report(None, -1)
    assert mapped() is None


def test_a_places_own_map_is_around_it_even_if_nothing_is_reported_from_it():
    place = PlaceFactory(name="Hama governorate", kind="province", latitude="35.1", longitude="37")
    found = mapped(around=place)
    assert found.drawn == []
    assert found.here
    assert found.frame.box.holds((37, 35.1))


def test_a_places_name_is_in_the_pages_language(idlib):
    idlib.translations = {"ar": {"name": "إدلب", "by": "A translator"}}
    idlib.save()
    report(idlib, -1)
    with translation.override("ar"):
        found = draw_map(reports_by_place(reports(), Claim.objects.published()), "ar")
    assert [drawn.circle.spot.name for drawn in found.drawn] == ["إدلب"]
    assert "تركيا" in [word.text for word in found.words]
