"""An import is undone as one step, while all that it entered are drafts on which nobody has built."""

from datetime import timedelta

import pytest

from claims import actions
from claims.actions import RuleViolation, import_table
from claims.ingest.table_files import read_table
from claims.ingest.table_kinds import TABLE_KINDS
from claims.models import Claim, DeskStep, Evidence, EvidenceLink, ImportedRow, Place
from tests import factories as f

pytestmark = pytest.mark.django_db

REPORTS = "id,summary,known,source\nr1,Trucks crossed,2021-11-02,watch\nr2,Trucks stood,2021-11-03,watch\n"


@pytest.fixture
def ann():
    f.SourceFactory(name="Watch", slug="watch")
    return f.UserFactory(editor=True, username="ann")


def enter(by, table, kind="evidence", days=0, **more):
    now = f.NOW + timedelta(days)
    return import_table(read_table(table.encode()), TABLE_KINDS[kind], by=by, now=now, name="t.csv", **more)


def undo(by, days=5):
    step = actions.last_undoable_step(by)
    assert step
    actions.undo_step(step, by=by, now=f.NOW + timedelta(days))


def test_all_of_it_goes_and_can_be_imported_again(ann):
    enter(ann, REPORTS)
    assert actions.last_undoable_step(ann).label == "t.csv: 2 records"
    undo(ann)
    assert not Evidence.objects.exists()
    assert not ImportedRow.objects.exists()
    assert actions.last_undoable_step(ann) is None
    assert enter(ann, REPORTS, days=6).counts["new"] == 2


def test_what_it_changed_is_given_back(ann):
    enter(ann, REPORTS)
    enter(ann, REPORTS.replace("stood", "left"), days=1)
    assert Evidence.objects.get(slug="trucks-stood").summary == "Trucks left"
    undo(ann)
    assert Evidence.objects.get(slug="trucks-stood").summary == "Trucks stood"
    assert enter(ann, REPORTS, days=6).counts["unchanged"] == 2
    assert enter(ann, REPORTS.replace("stood", "left"), days=7).counts["changed"] == 1


def test_places_within_each_other_and_claims_with_topics_go_too(ann):
    enter(ann, "id,name,within\na,A,\nb,B,a\n", "places")
    f.TopicFactory(name="Aid")
    f.StatementFactory(slug="remarks")
    enter(ann, "statement,proposition,kind,topics\nremarks,Aid is up,fact,Aid\n", "claims", days=1)
    assert Claim.objects.get().topics.count() == 1
    undo(ann)
    undo(ann)
    assert not Claim.objects.exists()
    assert not Place.objects.exists()


def refused(by, words):
    before = Evidence.objects.count()
    with pytest.raises(RuleViolation, match=words):
        undo(by)
    assert Evidence.objects.count() == before
    assert DeskStep.objects.filter(undone_at=None).exists()


def test_not_once_somebody_has_edited_a_record(ann):
    enter(ann, REPORTS)
    report, bea = Evidence.objects.first(), f.UserFactory(editor=True)
    report.detail = "More."
    actions.save(report, by=bea, now=f.NOW)
    refused(ann, "has gone on with")


def test_not_once_somebody_has_linked_a_record(ann):
    enter(ann, REPORTS)
    f.EvidenceLinkFactory(evidence=Evidence.objects.first())
    refused(ann, "hangs on it by now")


def test_not_once_somebody_has_graded_a_link(ann):
    f.ClaimFactory(slug="open")
    f.EvidenceFactory(slug="trucks")
    enter(ann, "claim,evidence\nopen,trucks\n", "links")
    actions.grade_links({EvidenceLink.objects.get(): -1}, by=f.UserFactory(editor=True), now=f.NOW)
    refused(ann, "has gone on with")


def test_not_once_a_record_is_published(ann):
    enter(ann, REPORTS)
    report = Evidence.objects.first()
    second = f.UserFactory(publisher=True)
    when = {"submitted_at": f.NOW, "submitted_by": ann, "published_at": f.NOW}
    Evidence.objects.filter(pk=report.pk).update(
        status="published", published_by=second, approved_by=second, credibility=1, **when
    )
    refused(ann, "has changed since|Readers see")


def test_not_somebody_elses(ann):
    done = enter(ann, REPORTS).table_import
    with pytest.raises(RuleViolation, match="somebody else"):
        actions.undo_import(done, by=f.UserFactory(editor=True), now=f.NOW)


def test_after_other_steps_it_is_undone_from_its_own_page(ann):
    done = enter(ann, REPORTS).table_import
    actions.save(f.TopicFactory.build(name="Other"), by=ann, now=f.NOW + timedelta(1))
    actions.undo_import(done, by=ann, now=f.NOW + timedelta(2))
    assert not Evidence.objects.exists()


def test_the_importer_counts_as_the_writer_of_each_record(ann):
    ann = f.UserFactory(publisher=True)
    enter(ann, REPORTS)
    report = Evidence.objects.first()
    Evidence.objects.filter(pk=report.pk).update(credibility=1, reference="The archive.")
    report.refresh_from_db()
    actions.submit_for_review(report, by=ann, now=f.NOW)
    with pytest.raises(RuleViolation, match=r"second|another|yourself|own"):
        actions.publish_record(report, by=ann, now=f.NOW, reason="Read it.")
