"""Two records of one speaker or source become one; their references, gaps and ledger stay true."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from claims.actions import CorrectionNotice, RuleViolation, merge_records
from claims.domain.vocabulary import CorrectionKind
from claims.models import Entry, Evidence, OldAddress, Role, Source, Speaker, Statement
from tests.actions.desk import known, propose
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    ImportedRowFactory,
    RoleFactory,
    SourceFactory,
    SpeakerFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]
REASON = "One ministry under two spellings."


def merge(kept, gone, by, **more):
    merge_records(kept, gone, by=by, now=NOW, reason=REASON, **more)


def test_what_a_speaker_said_and_held_moves_and_the_ledger_says_why(publisher):
    kept, gone = SpeakerFactory(name="The Ministry"), SpeakerFactory(name="Ministry")
    said = StatementFactory(published=True, speaker=gone)
    draft = StatementFactory(speaker=gone)
    RoleFactory(speaker=kept, title="Envoy", start="2021")
    RoleFactory(speaker=gone, title="Envoy", start="2021")
    RoleFactory(speaker=gone, title="Minister", start="2020")
    member, report = SpeakerFactory(institution=gone), EvidenceFactory(published=True, quotes=gone)
    known(said)
    merge(kept, gone, publisher)
    assert not Speaker.objects.filter(slug=gone.slug).exists()
    assert set(Statement.objects.filter(speaker=kept)) == {said, draft}
    assert sorted(Role.objects.filter(speaker=kept).values_list("title", flat=True)) == ["Envoy", "Minister"]
    assert Speaker.objects.get(pk=member.pk).institution == kept
    assert Evidence.objects.get(pk=report.pk).quotes == kept
    told = Entry.objects.get(act="merge")
    assert (told.kind, told.subject, told.told["record"]) == ("speaker", "ministry", None)
    assert (told.told["reason"], told.told["merged_into"]) == (REASON, kept.slug)
    moved = Entry.objects.filter(kind="statement", subject=said.slug).latest("number")
    assert (moved.told["record"]["speaker"], moved.told["reason"]) == (kept.slug, REASON)
    assert OldAddress.objects.get(kind="speaker", slug="ministry").leads_to == kept.slug


def test_what_a_source_reported_moves_and_its_gaps_are_scored_again(publisher):
    kept, gone = SourceFactory(), SourceFactory()
    claim = ClaimFactory(published=True)
    for source in (kept, gone):
        EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True, source=source), stance=-2)
    carried = EvidenceFactory(source=kept, relays=gone)
    known(claim)
    assert claim.gap.state.endswith("contradicts")
    with pytest.raises(RuleViolation, match="Write the notice"):
        merge(kept, gone, publisher)
    assert Source.objects.filter(pk=gone.pk).exists()
    notice = CorrectionNotice(CorrectionKind.CORRECTION, "We took one paper for two.")
    merge(kept, gone, publisher, notice=notice)
    claim.gap.refresh_from_db()
    assert claim.gap.state == "insufficient"
    assert claim.corrections.get().what_was_wrong == "We took one paper for two."
    carried.refresh_from_db()
    assert (carried.source, carried.relays) == (kept, None)


def test_the_id_that_a_table_gave_it_leads_to_the_record_that_stays(publisher):
    kept, gone = SourceFactory(), SourceFactory()
    row = ImportedRowFactory(kind="source", record_id=gone.pk)
    merge(kept, gone, publisher)
    row.refresh_from_db()
    assert row.record_id == kept.pk


def test_a_second_merge_leads_the_first_address_on(publisher):
    first, second, third = SourceFactory(), SourceFactory(), SourceFactory()
    slugs = [first.slug, second.slug]
    merge(second, first, publisher)
    merge(third, second, publisher)
    assert list(OldAddress.objects.order_by("slug").values_list("slug", "leads_to")) == [
        (slug, third.slug) for slug in sorted(slugs)
    ]


def test_an_old_address_is_not_given_again(publisher):
    kept, gone = SourceFactory(name="Kept"), SourceFactory(name="Gone")
    merge(kept, gone, publisher)
    assert SourceFactory(name="Gone").slug == "gone-2"
    with pytest.raises(ValidationError, match="leads to “kept” for ever"):
        Source(name="Other", slug="gone").clean()


@pytest.mark.parametrize("role", ["reporter", "editor"])
def test_only_publishers_merge(role):
    with pytest.raises(PermissionDenied):
        merge(SourceFactory(), SourceFactory(), UserFactory(**{role: True}))


def test_nothing_is_merged_without_a_reason_or_with_itself(publisher):
    source = SourceFactory()
    with pytest.raises(RuleViolation, match="two records of one kind"):
        merge(source, source, publisher)
    with pytest.raises(RuleViolation, match="two records of one kind"):
        merge(source, SpeakerFactory(), publisher)
    with pytest.raises(RuleViolation, match="Say why the two are one"):
        merge_records(source, SourceFactory(), by=publisher, now=NOW, reason=" ")


def test_a_proposal_is_decided_first(publisher, writer):
    kept, gone = SourceFactory(), SourceFactory()
    report = known(EvidenceFactory(published=True, source=kept))
    propose(report, writer, source=gone)
    with pytest.raises(RuleViolation, match="waits for a second person"):
        merge(kept, gone, publisher)
