"""Every named constraint of every model, each shown one row that it refuses, past all validation in Python."""

from functools import partial

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CharField, F, UniqueConstraint, Value

from claims.models import append_only
from tests import factories as f

pytestmark = pytest.mark.django_db


def text(stored):
    """What somebody with a database shell could write into a date."""
    return Value(stored, output_field=CharField())


SCRIPT = "javascript:alert(1)"
DECIDED = {"decided_by": "somebody", "decided_at": f.NOW}

# Factory, the valid row it starts from, the change that breaks it, and what refuses the change.
BROKEN = [
    (f.SpeakerFactory, {}, {"nature": "robot"}, "speaker_nature_known"),
    (f.SpeakerFactory, {}, {"standing": "royal"}, "speaker_standing_known"),
    (f.SpeakerFactory, {}, {"name": ""}, "speaker_has_a_name"),
    (f.SpeakerFactory, {}, {"url": SCRIPT}, "speaker_url_is_of_the_web"),
    (f.RoleFactory, {}, {"title": ""}, "role_has_a_title"),
    (f.RoleFactory, {}, {"start": text("2021")}, "role_start_in_order"),
    (f.RoleFactory, {}, {"start": text("2021-07-09/2021-07-08")}, "role_start_in_order"),
    (f.RoleFactory, {}, {"end": text("")}, "role_end_in_order"),
    (f.RoleFactory, {}, {"end": "2020"}, "role_ends_after_it_starts"),
    (f.TopicFactory, {}, {"name": ""}, "topic_has_a_name"),
    (f.TopicFactory, {}, {"parent": "itself"}, "topic_not_in_itself"),
    (f.PlaceFactory, {}, {"kind": "galaxy"}, "place_kind_known"),
    (f.PlaceFactory, {}, {"name": ""}, "place_has_a_name"),
    (f.PlaceFactory, {}, {"parent": "itself"}, "place_not_in_itself"),
    (f.PlaceFactory, {}, {"latitude": 91}, "place_coordinates_on_earth"),
    (f.PlaceFactory, {}, {"longitude": -181}, "place_coordinates_on_earth"),
    (f.PlaceFactory, {}, {"latitude": None}, "place_coordinates_on_earth"),
    (f.PlaceFactory, {}, {"longitude": None}, "place_coordinates_on_earth"),
    (f.SourceFactory, {}, {"kind": "rumour"}, "source_kind_known"),
    (f.SourceFactory, {}, {"reliability": "G"}, "source_reliability_known"),
    (f.SourceFactory, {}, {"name": ""}, "source_has_a_name"),
    (f.SourceFactory, {}, {"reliability_reason": ""}, "source_grade_has_its_reason"),
    (f.SourceFactory, {}, {"url": SCRIPT}, "source_url_is_of_the_web"),
    (f.OriginFactory, {}, {"kind": "echo"}, "origin_kind_known"),
    (f.OriginFactory, {}, {"name": ""}, "origin_has_a_name"),
    (f.StatementFactory, {}, {"said_on": text("2021-13")}, "statement_said_on_in_order"),
    (f.StatementFactory, {}, {"reporting": "hearsay"}, "statement_reporting_known"),
    (f.StatementFactory, {}, {"text": ""}, "statement_has_words"),
    (f.StatementFactory, {}, {"title": ""}, "statement_has_words"),
    (f.StatementFactory, {}, {"language": ""}, "statement_has_words"),
    (f.StatementFactory, {}, {"original_text": "كلمات"}, "statement_original_has_a_language"),
    (f.StatementFactory, {}, {"url": SCRIPT}, "statement_url_is_of_the_web"),
    (f.StatementFactory, {}, {"archived_url": SCRIPT}, "statement_archived_url_is_of_the_web"),
    (f.ImportedRowFactory, {}, {"external_id": ""}, "importedrow_has_an_id"),
    (f.ClaimFactory, {}, {"kind": "opinion"}, "claim_kind_known"),
    (f.ClaimFactory, {}, {"valid_until": text("2025")}, "claim_valid_until_in_order"),
    (f.ClaimFactory, {}, {"valid_from": text("2025")}, "claim_valid_from_in_order"),
    (f.ClaimFactory, {"bounded": True}, {"valid_from": "2025-01-21"}, "claim_valid_from_before_until"),
    (f.ClaimFactory, {}, {"proposition": ""}, "claim_says_something"),
    (f.ClaimFactory, {}, {"repeats": "itself"}, "claim_repeats_another"),
    (f.ClaimFactory, {"published": True}, {"quote": ""}, "claim_published_is_complete"),
    (f.ClaimFactory, {"published": True}, {"criterion": ""}, "claim_published_is_complete"),
    (f.ClaimFactory, {"published": True, "uncheckable_reason": "Vague.", "criterion": ""},
     {"uncheckable_reason": ""}, "claim_published_is_complete"),
    (f.ClaimFactory, {"settled": True}, {"uncheckable_reason": "Vague."}, "claim_uncheckable_is_not_settled"),
    (f.ClaimFactory, {"settled": True}, {"settled_as": "forgotten"}, "claim_settled_as_known"),
    (f.ClaimFactory, {}, {"settled_as": "kept"}, "claim_settled_as_has_its_day"),
    (f.ClaimFactory, {"settled": True}, {"settled_by": None}, "claim_settled_has_who_and_why"),
    (f.ClaimFactory, {"settled": True}, {"settlement": ""}, "claim_settled_has_who_and_why"),
    (f.ClaimFactory, {"settled": True, "settled_as": ""}, {"settled_on": None}, "claim_settlement_has_its_day"),
    (f.ClaimFactory, {"settled": True}, {"kind": "fact"}, "claim_settled_is_a_commitment"),
    (f.ClaimFactory, {}, {"valid_from": text("2022-01-01/2021-01-01")}, "claim_valid_from_in_order"),
    (f.ClaimFactory, {}, {"valid_from": "2023", "valid_until": "2022"}, "claim_valid_from_before_until"),
    (f.ClaimFactory, {"settled": True}, {"settled_as": "forgotten"}, "claim_settled_as_known"),
    (f.ClaimFactory, {}, {"settled_as": "kept"}, "claim_settled_as_has_its_day"),
    (f.SourceGradeFactory, {}, {"reliability": "G"}, "sourcegrade_reliability_known"),
    (f.SourceGradeFactory, {"start": "2024-01-01"}, {"end": "2024-01-01"}, "sourcegrade_starts_before_it_ends"),
    (f.PublicNameFactory, {}, {"name": ""}, "publicname_is_filled"),
    (f.SynonymsFactory, {}, {"words": ""}, "synonyms_have_words"),
    (f.ErrorReportFactory, {"accepted": True}, {"state": "lost"}, "errorreport_state_known"),
    (f.ErrorReportFactory, {}, {"text": ""}, "errorreport_says_what_is_wrong"),
    (f.ErrorReportFactory, {}, {"claim": None}, "errorreport_of_exactly_one_record"),
    (f.ErrorReportFactory, {"accepted": True}, {"answered_at": None}, "errorreport_answered_has_who_and_when"),
    (f.ErrorReportFactory, {"declined": True}, {"answered_by": None}, "errorreport_answered_has_who_and_when"),
    (f.ErrorReportFactory, {"accepted": True}, {"answer": ""}, "errorreport_accepted_says_what_was_done"),
    (f.ErrorReportFactory, {"declined": True}, {"answer": ""}, "errorreport_declined_says_why"),
    (f.MethodChangeFactory, {}, {"name": ""}, "methodchange_names_both"),
    (f.EvidenceFactory, {}, {"event": text("2022-01-01/2021-01-01")}, "evidence_event_in_order"),
    (f.EvidenceFactory, {}, {"known": text("yesterday")}, "evidence_known_in_order"),
    (f.EvidenceFactory, {}, {"summary": ""}, "evidence_says_something"),
    (f.EvidenceFactory, {}, {"risk": "some"}, "evidence_risk_known"),
    (f.EvidenceFactory, {}, {"exact_place": "elsewhere"}, "evidence_without_risk_hides_no_place"),
    (f.EvidenceFactory, {}, {"credibility": 7}, "evidence_credibility_known"),
    (f.EvidenceFactory, {}, {"credibility": 0}, "evidence_credibility_known"),
    (f.EvidenceFactory, {"published": True}, {"credibility": None}, "evidence_published_is_graded"),
    (f.EvidenceFactory, {}, {"url": SCRIPT}, "evidence_url_is_of_the_web"),
    (f.EvidenceFactory, {}, {"url": "ftp://example.org/a"}, "evidence_url_is_of_the_web"),
    (f.EvidenceFactory, {}, {"archived_url": SCRIPT}, "evidence_archived_url_is_of_the_web"),
    (f.EvidenceLinkFactory, {}, {"directness": "oblique"}, "evidencelink_directness_known"),
    (f.RatingFactory, {}, {"stance": 3}, "rating_stance_known"),
    (f.RatingFactory, {}, {"stance": -3}, "rating_stance_known"),
    (f.RatingFactory, {}, {"first_stance": 3}, "rating_first_stance_known"),
    (f.GradingFactory, {}, {"stance": 3}, "grading_stance_known"),
    (f.SearchNoteFactory, {}, {"side": "neither"}, "searchnote_side_known"),
    (f.SearchNoteFactory, {}, {"outcome": ""}, "searchnote_is_complete"),
    (f.SearchNoteFactory, {}, {"where": ""}, "searchnote_is_complete"),
    (f.SearchNoteFactory, {}, {"sought": ""}, "searchnote_is_complete"),
    (f.CorrectionFactory, {}, {"kind": "excuse"}, "correction_kind_known"),
    (f.CorrectionFactory, {}, {"what_was_wrong": ""}, "correction_says_what_was_wrong"),
    (f.CorrectionFactory, {}, {"claim": None}, "correction_of_exactly_one_record"),
    (f.CorrectionFactory, {}, {"statement": "another"}, "correction_of_exactly_one_record"),
    (f.ClaimGapFactory, {}, {"state": "perhaps", "headline": 50.0, "doubt": 80.0}, "claimgap_state_known"),
    (f.ClaimGapFactory, {}, {"gap": 9.0}, "claimgap_gap_within_its_interval"),
    (f.ClaimGapFactory, {}, {"gap": 91.0}, "claimgap_gap_within_its_interval"),
    (f.ClaimGapFactory, {}, {"low": -1.0}, "claimgap_gap_within_its_interval"),
    (f.ClaimGapFactory, {}, {"high": 101.0}, "claimgap_gap_within_its_interval"),
    (f.ClaimGapFactory, {}, {"gap": None}, "claimgap_gap_within_its_interval"),
    (f.ClaimGapFactory, {}, {"low": None}, "claimgap_gap_within_its_interval"),
    (f.ClaimGapFactory, {}, {"low": None, "high": None}, "claimgap_gap_within_its_interval"),
    (f.ClaimGapFactory, {"empty": True}, {"tentative": True}, "claimgap_gap_within_its_interval"),
    (f.ClaimGapFactory, {"empty": True}, {"state": "mixed", "headline": 50.0, "doubt": 0.0},
     "claimgap_verdict_has_a_number"),
    (f.ClaimGapFactory, {}, {"headline": 50.0, "doubt": 80.0}, "claimgap_headline_only_with_a_verdict"),
    (f.ClaimGapFactory, {}, {"doubt": 80.0}, "claimgap_headline_only_with_a_verdict"),
    (f.ClaimGapFactory, {}, {"state": "mixed"}, "claimgap_headline_only_with_a_verdict"),
    (f.ClaimGapFactory, {}, {"state": "mixed", "headline": 49.0, "doubt": 80.0},
     "claimgap_headline_only_with_a_verdict"),
    (f.ClaimGapFactory, {}, {"state": "mixed", "headline": 50.0}, "claimgap_headline_only_with_a_verdict"),
    (f.SnapshotFactory, {}, {"state": "perhaps"}, "snapshot_state_known"),
    (f.SnapshotFactory, {}, {"gap": 95.0}, "snapshot_gap_within_its_interval"),
    (f.SnapshotFactory, {}, {"high": None}, "snapshot_gap_within_its_interval"),
    (f.SnapshotFactory, {},
     {"state": "mixed", "gap": None, "low": None, "high": None, "tentative": False},
     "snapshot_verdict_has_a_number"),
    (f.ClaimGapFactory, {}, {"state": "uncheckable"}, "claimgap_uncheckable_has_no_number"),
    (f.SnapshotFactory, {}, {"state": "uncheckable"}, "snapshot_uncheckable_has_no_number"),
    (f.SnapshotFactory, {}, {"number": 0}, "snapshot_numbered_from_one"),
    (f.EntryFactory, {}, {"act": "whisper"}, "entry_act_known"),
    (f.EntryFactory, {}, {"number": 0}, "entry_numbered_from_one"),
    (f.OldAddressFactory, {}, {"leads_to": F("slug")}, "oldaddress_leads_elsewhere"),
    (f.ReplyFactory, {}, {"text": ""}, "reply_says_something"),
    (f.ReplyFactory, {}, {"answered_on": text("2021")}, "reply_answered_on_in_order"),
    (f.ReplyFactory, {"published": True}, {"url": ""}, "reply_published_has_a_source"),
    (f.ReplyFactory, {}, {"url": SCRIPT}, "reply_url_is_of_the_web"),
    (f.ReplyFactory, {}, {"archived_url": SCRIPT}, "reply_archived_url_is_of_the_web"),
    (f.AboutFactory, {}, {"subject": "weather"}, "about_subject_known"),
    (f.AboutFactory, {}, {"text": ""}, "about_says_something"),
    (f.DeskStepFactory, {}, {"step": "nap"}, "deskstep_step_known"),
    (f.ProposalFactory, {}, {"outcome": "maybe", **DECIDED}, "proposal_outcome_known"),
    (f.ProposalFactory, {}, {"notice_kind": "excuse"}, "proposal_notice_known"),
    (f.ProposalFactory, {}, {"reason": ""}, "proposal_says_why"),
    (f.ProposalFactory, {"accepted": True}, {"decided_at": None}, "proposal_decided_has_who_and_when"),
    (f.ProposalFactory, {"declined": True}, {"decided_by": None}, "proposal_decided_has_who_and_when"),
    (f.ProposalFactory, {"accepted": True}, {"decided_by": F("proposed_by")}, "proposal_decided_by_a_second_person"),
    (f.ProposalFactory, {"declined": True}, {"decided_by": F("proposed_by")}, "proposal_decided_by_a_second_person"),
    (f.RevisionFactory, {}, {"claim": None}, "revision_of_exactly_one_record"),
    (f.RevisionFactory, {}, {"statement": "another"}, "revision_of_exactly_one_record"),
    (f.SuppressionFactory, {}, {"outcome": "maybe", "text": "", **DECIDED}, "suppression_outcome_known"),
    (f.SuppressionFactory, {}, {"ground": "whim"}, "suppression_ground_known"),
    (f.SuppressionFactory, {}, {"reason": ""}, "suppression_has_a_reason"),
    (f.SuppressionFactory, {}, {"text": ""}, "suppression_pending_names_its_text"),
    (f.SuppressionFactory, {"accepted": True}, {"text": "Abu Fulan"}, "suppression_decided_forgets_its_text"),
    (f.SuppressionFactory, {"declined": True}, {"text": "Abu Fulan"}, "suppression_decided_forgets_its_text"),
    (f.SuppressionFactory, {"accepted": True}, {"decided_by": None}, "suppression_decided_forgets_its_text"),
    (f.SuppressionFactory, {"accepted": True}, {"decided_by": F("asked_by")}, "suppression_by_two_people"),
]  # fmt: skip

# The same for each record that goes the way to the public.
ON_THE_WAY: list[tuple[dict, dict, str]] = [
    ({}, {"status": "hidden"}, "status_known"),
    ({"in_review": True}, {"submitted_at": None}, "in_review_has_who_and_when"),
    ({"in_review": True}, {"submitted_by": None}, "in_review_has_who_and_when"),
    ({"published": True}, {"published_at": None}, "published_has_who_and_when"),
    ({"published": True}, {"published_by": None}, "published_has_who_and_when"),
    ({"published": True}, {"published_by": F("created_by")}, "published_by_a_second_person"),
    ({"published": True}, {"created_by": None}, "published_by_a_second_person"),
    ({"published": True}, {"approved_by": F("changed_by")}, "text_approved_by_a_second_person"),
    ({"published": True}, {"approved_by": None}, "text_approved_by_a_second_person"),
    ({"published": True}, {"changed_by": None}, "text_approved_by_a_second_person"),
    ({"withdrawn": True}, {"withdrawn_at": None}, "withdrawn_has_who_when_why"),
    ({"withdrawn": True}, {"withdrawn_by": None}, "withdrawn_has_who_when_why"),
    ({"withdrawn": True}, {"withdrawal_reason": ""}, "withdrawn_has_who_when_why"),
]
BROKEN += [  # type: ignore[misc]  # factories stand for other classes
    (factory, start, change, f"{factory._meta.model._meta.model_name}_{name}")
    for factory in (f.StatementFactory, f.ClaimFactory, f.EvidenceFactory, f.ReplyFactory, f.AboutFactory)
    for start, change, name in ON_THE_WAY
]


class UndatedRoleFactory(f.RoleFactory):
    start = None  # type: ignore[assignment]


# Factory, the fields in which a second row copies the first, and what refuses the second.
TWINS = [
    (f.RoleFactory, ["speaker", "title", "start"], "role_once_a_beginning"),
    (UndatedRoleFactory, ["speaker", "title"], "role_once_without_a_beginning"),
    (f.SourceGradeFactory, ["source", "end"], "sourcegrade_once_a_day"),
    (f.EvidenceLinkFactory, ["claim", "evidence"], "evidencelink_once_a_claim"),
    (f.RatingFactory, ["link", "rater"], "rating_once_an_editor"),
    (f.SearchNoteFactory, ["claim", "side", "searched_on", "where"], "searchnote_once"),
    (f.ImportedRowFactory, ["kind", "external_id"], "importedrow_once"),
    (f.PageCopyFactory, ["address", "body_sha256"], "pagecopy_once"),
    (f.OldAddressFactory, ["kind", "slug"], "oldaddress_once_a_kind"),
    (f.SnapshotFactory, ["claim", "number"], "snapshot_numbered_once"),
    (f.EntryFactory, ["previous"], "entry_follows_one_that_no_other_follows"),
]


def all_constraints():
    return {
        c.name: c for model in apps.get_app_config("claims").get_models() for c in model._meta.constraints
    }


def test_no_constraint_goes_without_a_row_that_it_refuses():
    shown = {name for *_, name in BROKEN} | {name for *_, name in TWINS}
    assert shown == all_constraints().keys()


def test_every_uniqueness_is_shown_a_twin():
    unique = {name for name, c in all_constraints().items() if isinstance(c, UniqueConstraint)}
    assert unique == {name for *_, name in TWINS}


@pytest.mark.parametrize(
    ("factory", "start", "change", "constraint"),
    BROKEN,
    ids=[f"{row[3]}-{'-'.join(row[2])}" for row in BROKEN],
)
def test_the_database_refuses_an_impossible_row(factory, start, change, constraint):
    if factory._meta.model._meta.db_table in append_only.TABLES:
        row = factory.build(**start, **change, **appended(factory))
        write = partial(type(row).objects.bulk_create, [row])
    else:
        row = factory(**start)
        change = {name: meant(value, row) for name, value in change.items()}
        write = partial(type(row)._base_manager.filter(pk=row.pk).update, **change)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()


def appended(factory):
    """What such a row refers to, stored."""
    match factory:
        case f.SnapshotFactory:
            return {"claim": f.ClaimFactory()}
        case f.GradingFactory:
            return {"link": f.EvidenceLinkFactory(), "rater": f.UserFactory()}
    return {}


def meant(value, row):
    """The record that a word in the table stands for."""
    stands_for = {
        "itself": lambda: row, "elsewhere": f.PlaceFactory, "another": f.StatementFactory,
        "somebody": f.UserFactory,
    }  # fmt: skip
    return stands_for[value]() if isinstance(value, str) and value in stands_for else value


@pytest.mark.parametrize(("factory", "same", "constraint"), TWINS, ids=[row[2] for row in TWINS])
def test_the_database_refuses_a_twin(factory, same, constraint):
    first = factory()
    columns = ".*".join(type(first)._meta.get_field(name).column for name in same)  # SQLite names no names
    with pytest.raises(IntegrityError, match=f"{constraint}|UNIQUE.*{columns}$"), transaction.atomic():
        factory(**{name: getattr(first, name) for name in same})


@pytest.mark.parametrize(("factory", "same", "constraint"), TWINS, ids=[row[2] for row in TWINS])
def test_a_row_that_differs_in_one_of_those_fields_is_no_twin(factory, same, constraint):
    first = factory()
    for name in same:
        factory(**{other: getattr(first, other) for other in same if other != name}, **different(name))
    assert type(first)._base_manager.count() == 1 + len(same)


def different(name):
    return {
        "kind": {"kind": "speaker"},
        "side": {"side": "contradicting"},
        "searched_on": {"searched_on": "2026-11-02"},
        "start": {"start": "2022"},
    }.get(name, {})


def test_the_database_refuses_one_address_for_two_records():
    slugged = [model for model in apps.get_app_config("claims").get_models() if hasattr(model, "slug_source")]
    assert slugged
    for model in slugged:
        first, second = f.of(model)(), f.of(model)()
        with pytest.raises(IntegrityError), transaction.atomic():
            model._base_manager.filter(pk=second.pk).update(slug=first.slug)
