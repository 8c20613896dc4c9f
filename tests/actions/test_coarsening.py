"""The place that readers see is made coarse where it is stored; the exact one stays on the desk."""

import json
from datetime import timedelta

import pytest

from claims.actions import (
    accept_proposal,
    choose_shown_place,
    publish_record,
    save,
    submit_for_review,
    take_back_proposal,
    undo_step,
)
from claims.domain.vocabulary import Risk
from claims.models import Entry, Evidence, Place
from tests.actions.desk import known, last, pending, propose, stored
from tests.factories import NOW, EvidenceFactory, PlaceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def syria():
    return PlaceFactory(name="Syria", country=True)


@pytest.fixture
def idlib(syria):
    return PlaceFactory(name="Idlib governorate", kind="province", parent=syria)


@pytest.fixture
def ariha(idlib):
    return PlaceFactory(name="Ariha", parent=idlib)


@pytest.fixture
def published(ariha):
    return known(EvidenceFactory(published=True, place=ariha))


def places(evidence):
    found = stored(evidence)
    return found.place and found.place.name, found.exact_place and found.exact_place.name


def keep(evidence, by, **changes):
    for name, value in changes.items():
        setattr(evidence, name, value)
    save(evidence, by=by, now=NOW)
    return places(evidence)


@pytest.mark.parametrize(
    ("risk", "shown"),
    [("none", "Ariha"), ("province", "Idlib governorate"), ("country", "Syria"), ("withheld", None)],
)
def test_readers_see_what_the_risk_allows(ariha, risk, shown):
    found = choose_shown_place(ariha, Risk(risk))
    assert (found and found.name) == shown


def test_where_no_province_is_known_the_country_stands_for_it_and_else_nothing(syria):
    area = PlaceFactory(name="Northern Syria", kind="area", parent=syria)
    assert choose_shown_place(PlaceFactory(parent=area), Risk.PROVINCE) == syria
    assert choose_shown_place(PlaceFactory(), Risk.PROVINCE) is None
    assert choose_shown_place(PlaceFactory(), Risk.COUNTRY) is None
    assert choose_shown_place(None, Risk.PROVINCE) is None


def test_a_province_is_no_more_exact_than_itself(idlib, syria):
    assert choose_shown_place(idlib, Risk.PROVINCE) == idlib
    assert choose_shown_place(syria, Risk.PROVINCE) == syria


def test_places_that_lie_within_each_other_end_somewhere(ariha, idlib, syria):
    Place.objects.filter(pk=idlib.pk).update(parent=ariha, kind="area")
    ariha.refresh_from_db()
    assert choose_shown_place(ariha, Risk.COUNTRY) is None


# Drafts


def test_a_draft_keeps_its_exact_place_on_the_desk(writer, ariha):
    draft = EvidenceFactory.build(place=ariha, source=EvidenceFactory().source, risk="province")
    assert keep(draft, writer) == ("Idlib governorate", "Ariha")


def test_raising_lowering_and_lifting_the_risk_starts_from_the_exact_place_each_time(writer, ariha):
    draft = EvidenceFactory(place=ariha)
    assert keep(draft, writer, risk="withheld") == (None, "Ariha")
    assert keep(stored(draft), writer, risk="province") == ("Idlib governorate", "Ariha")
    assert keep(stored(draft), writer, risk="country") == ("Syria", "Ariha")
    assert keep(stored(draft), writer, summary="Other words.") == ("Syria", "Ariha")
    assert keep(stored(draft), writer, risk="none") == ("Ariha", None)


def test_another_place_entered_under_a_risk_is_the_exact_one(writer, ariha, idlib):
    draft = EvidenceFactory(place=ariha)
    keep(draft, writer, risk="province")
    jisr = PlaceFactory(name="Jisr al-Shughur", parent=idlib)
    assert keep(stored(draft), writer, place=jisr) == ("Idlib governorate", "Jisr al-Shughur")


def test_undoing_a_risk_puts_both_places_back(writer, ariha):
    draft = EvidenceFactory(place=ariha)
    keep(draft, writer, risk="country")
    undo_step(last(writer), by=writer, now=LATER)
    assert places(draft) == ("Ariha", None)
    assert stored(draft).risk == "none"


def test_a_report_that_is_published_under_a_risk_has_never_told_its_place(writer, publisher, ariha):
    draft = EvidenceFactory(place=ariha, created_by=writer, changed_by=writer)
    keep(draft, writer, risk="province")
    submit_for_review(draft, by=writer, now=NOW, reason="")
    publish_record(stored(draft), by=publisher, now=NOW, reason="Checked.")
    assert places(draft) == ("Idlib governorate", "Ariha")
    assert "ariha" not in "".join(Entry.objects.values_list("content", flat=True)).lower()
    assert not Entry.objects.filter(kind="place", subject="ariha").exists()


# Published


def test_a_risk_of_published_evidence_is_proposed_with_both_places_and_told_with_one(
    writer, publisher, published
):
    proposal = propose(published, writer, risk="province")
    assert places(published) == ("Ariha", None)
    (revision,) = proposal.revisions.all()
    assert revision.changes == {"risk": "province", "place": "idlib-governorate", "exact_place": "ariha"}
    told = Entry.objects.count()
    accept_proposal(proposal, by=publisher, now=LATER)
    assert places(published) == ("Idlib governorate", "Ariha")
    new = Entry.objects.filter(number__gt=told)
    assert new
    assert "ariha" not in "".join(new.values_list("content", flat=True)).lower()
    record = json.loads(new.get(kind="evidence").content)["record"]
    assert (record["place"], record["risk"]) == ("idlib-governorate", "province")
    assert "exact_place" not in record


def test_lifting_the_risk_of_published_evidence_puts_the_place_back(writer, publisher, published):
    accept_proposal(propose(published, writer, risk="country"), by=publisher, now=LATER)
    accept_proposal(propose(stored(published), writer, risk="none"), by=publisher, now=LATER)
    assert places(published) == ("Ariha", None)


def test_a_better_exact_place_in_the_same_province_changes_nothing_that_readers_see(
    writer, publisher, published, idlib
):
    accept_proposal(propose(published, writer, risk="province"), by=publisher, now=LATER)
    told = Entry.objects.count()
    proposal = propose(stored(published), writer, place=PlaceFactory(name="Saraqib", parent=idlib))
    assert proposal.revisions.get().changes == {"exact_place": "saraqib"}
    accept_proposal(proposal, by=publisher, now=LATER)
    assert places(published) == ("Idlib governorate", "Saraqib")
    assert Entry.objects.count() == told


def test_a_further_save_never_brings_the_exact_place_beside_a_waiting_risk(
    writer, publisher, published, idlib
):
    propose(published, writer, risk="province")
    propose(stored(published), writer, place=PlaceFactory(name="Saraqib", parent=idlib))
    propose(stored(published), writer, summary="Other words.")
    accept_proposal(pending(published), by=publisher, now=LATER)
    assert places(published) == ("Idlib governorate", "Saraqib")
    assert stored(published).risk == "province"


def test_a_further_save_may_raise_a_waiting_risk(writer, publisher, published):
    propose(published, writer, risk="province")
    propose(stored(published), writer, risk="withheld")
    accept_proposal(pending(published), by=publisher, now=LATER)
    assert places(published) == (None, "Ariha")


def test_a_further_save_beside_a_waiting_lift_keeps_the_place_that_comes_back(writer, publisher, published):
    accept_proposal(propose(published, writer, risk="province"), by=publisher, now=LATER)
    propose(stored(published), writer, risk="none")
    propose(stored(published), writer, summary="Other words.")
    accept_proposal(pending(published), by=publisher, now=LATER)
    assert places(published) == ("Ariha", None)


def test_a_further_save_beside_a_raised_country_risk_keeps_the_exact_place(writer, publisher, published):
    accept_proposal(propose(published, writer, risk="province"), by=publisher, now=LATER)
    propose(stored(published), writer, risk="country")
    propose(stored(published), writer, summary="Other words.")
    accept_proposal(pending(published), by=publisher, now=LATER)
    assert places(published) == ("Syria", "Ariha")


def test_a_proposal_taken_back_leaves_the_place_as_it_was(writer, published):
    take_back_proposal(propose(published, writer, risk="withheld"), by=writer, now=LATER)
    assert places(published) == ("Ariha", None)


def test_a_place_that_was_moved_since_is_shown_as_it_lies_when_the_proposal_is_accepted(
    writer, publisher, published, ariha, syria
):
    proposal = propose(published, writer, risk="province")
    aleppo = PlaceFactory(name="Aleppo governorate", kind="province", parent=syria)
    ariha.parent = aleppo
    save(ariha, by=writer, now=NOW, reason="It lies there.")
    accept_proposal(proposal, by=publisher, now=LATER)
    assert places(published) == ("Aleppo governorate", "Ariha")


def test_nothing_that_readers_see_asks_for_the_exact_place():
    assert not Evidence._meta.get_field("exact_place").editable
    assert Evidence._meta.get_field("exact_place").remote_field.related_name == "+"
