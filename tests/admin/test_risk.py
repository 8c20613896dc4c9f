"""The risk of naming a place, at the desk: both places are seen there, and what an editor has to know is said."""

import pytest

from claims.models import Evidence, Proposal
from tests.actions.desk import known
from tests.admin.posting import address, listing, rule_on, send, text
from tests.factories import EvidenceFactory, PlaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ariha():
    syria = PlaceFactory(name="Syria", country=True)
    idlib = PlaceFactory(name="Idlib governorate", kind="province", parent=syria)
    return PlaceFactory(name="Ariha", parent=idlib)


def risk(client, evidence, value, **more):
    return text(send(client, address(evidence), {"risk": value, **more}))


def test_an_editor_gives_a_risk_and_still_sees_the_exact_place(editor, ariha):
    draft = EvidenceFactory(place=ariha)
    page = risk(editor, draft, "province")
    draft.refresh_from_db()
    assert (draft.place.name, draft.exact_place.name) == ("Idlib governorate", "Ariha")
    assert "Ariha, for the desk alone. Readers see: Idlib governorate." in page


def test_saving_other_fields_leaves_the_exact_place(editor, ariha):
    draft = EvidenceFactory(place=ariha)
    risk(editor, draft, "country")
    send(editor, address(draft), {"summary": "Other words."})
    draft.refresh_from_db()
    assert (draft.place.name, draft.exact_place.name, draft.summary) == ("Syria", "Ariha", "Other words.")


def test_an_editor_is_told_when_no_province_is_known_around_the_place(editor):
    syria = PlaceFactory(name="Syria", country=True)
    draft = EvidenceFactory(place=PlaceFactory(name="Baghouz", parent=syria))
    page = risk(editor, draft, "province")
    assert "No province is entered around “Baghouz”, so readers see: Syria." in page
    assert "No country is entered around" in risk(editor, EvidenceFactory(place=PlaceFactory()), "country")


def test_an_editor_is_told_that_the_past_still_tells_the_place_and_what_to_do(editor, publisher, ariha):
    published = known(EvidenceFactory(published=True, place=ariha))
    page = risk(editor, published, "province", why="A witness lives there.")
    assert "Readers have seen “Ariha” here" in page
    assert "suppression" in page
    proposal = Proposal.objects.get()
    both = text(publisher.get(address(proposal)))
    assert "Ariha" in both
    assert "Idlib governorate" in both
    rule_on(publisher, proposal, "accept")
    published = Evidence.objects.get(pk=published.pk)
    assert (published.place.name, published.exact_place.name) == ("Idlib governorate", "Ariha")


def test_a_draft_whose_risk_is_raised_was_seen_by_nobody(editor, ariha):
    assert "Readers have seen" not in risk(editor, EvidenceFactory(place=ariha), "province")


def test_the_list_marks_what_is_shown_coarsely_and_finds_it_by_its_exact_place(editor, ariha):
    draft = EvidenceFactory(place=ariha, summary="Trucks were stopped")
    EvidenceFactory(summary="Another report")
    risk(editor, draft, "withheld")
    assert text(editor.get(listing(Evidence))).count("show no place") == 2  # in the row and among the filters
    found = text(editor.get(listing(Evidence) + "?q=Ariha"))
    assert "Trucks were stopped" in found
    assert "Another report" not in found
