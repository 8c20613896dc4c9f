"""Every tampering is found: each public column of each public table, changed past the software, and named."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from claims import models
from claims.domain.hash_chain import GENESIS_HASH, EntryHeader, canonical_json, commitment_hash
from claims.ledger.verification import ledger_faults
from claims.models import Claim, ClaimGap, Entry
from claims.records.registry import KINDS_BY_MODEL
from claims.selectors.gap_store import compute_gaps, score_columns
from tests import factories as f
from tests.selectors import tampering
from tests.selectors.published_world import LATER, NOW
from tests.selectors.tampering import PARTS, PUBLIC, all_tables, columns_of, found, named, of, run, seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("undone")]
DESK_ONLY = {
    models.Synonyms: "words for search", models.DeskStep: "for undo", models.OldAddress: "the merge's entry tells",
    models.PublicClaim: "kept by triggers, and compared by rescore --check", models.PublicClaimTopic: "the same",
    models.PublicClaimPlace: "the same", models.ClaimCount: "the same",
    models.AgreementDay: "computed from the ratings, and anew by rescore",
    models.PublicName: "entries sign by it", models.ErrorReport: "a reader's, and published nowhere",
    models.TableImport: "a table that an editor gave", models.ImportedRow: "which record a row of it became",
    models.PageCopy: "a file vouches for it", models.PageCopy.evidence.through: "the same",
    models.Proposal: "readers see it as an entry", models.Revision: "the same", models.Suppression: "the same",
}  # fmt: skip
WHY_PRIVATE = {
    "id": "no page, feed or fixture shows a key", "exact_place": "it would endanger somebody",
    "created_at": "the desk's", "created_by": "an account", "changed_at": "the desk's", "changed_by": "an account",
    "submitted_at": "the desk's", "submitted_by": "an account", "published_by": "an account; the entry signs",
    "approved_by": "an account; the entry signs", "withdrawn_by": "an account; the entry signs",
    "settled_by": "an account; the entry signs", "searched_by": "an account; the entry signs",
    "corrected_by": "an account; the entry signs", "institution": "the desk's, to suggest interest",
    "rater": "an account; verdicts are not signed",
    "address_key": "a digest of the address", "words_key": "a digest of the words",
    "was_public": "which gradings count for agreement; append-only",
}  # fmt: skip
FIELDS = [field for model in PUBLIC for field in columns_of(model)]
COLUMNS = [pytest.param(field, id=f"{field.model._meta.model_name}.{field.name}") for field in FIELDS]


# What the walk walks -------------------------------------------------------------------------------------------------


def test_each_table_is_walked_or_said_to_be_the_desks_own():
    undescribed = all_tables() - {*PUBLIC, *DESK_ONLY}
    assert undescribed == set(), "describe them in claims/records/, or list them in DESK_ONLY with the reason"
    assert {*PUBLIC, *DESK_ONLY} <= all_tables()


def test_each_column_that_readers_never_see_says_why():
    assert WHY_PRIVATE.keys() == tampering.PRIVATE_COLUMNS


# Each column ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", COLUMNS)
def test_a_changed_column_is_found_and_named(field):
    with transaction.atomic():
        row = tampering.change(field)
        transaction.set_rollback(True)
    record = named(row)  # as it was called before
    tampering.change(field)
    lines = of(record, found())
    assert lines
    if stays_itself(row, record):
        name = PARTS[field.model][2] if field.model in PARTS else field.name
        assert name in " ".join(lines)


def stays_itself(row, record):
    """Whether it is still seen under the same name, so that the difference is one of columns."""
    row = type(row)._base_manager.filter(pk=row.pk).first()
    return row is not None and not isinstance(row, Entry) and tampering.is_seen(row) and named(row) == record


@pytest.mark.parametrize("day", [NOW.date() - timedelta(days=1), LATER.date() + timedelta(days=1)])
def test_a_gap_of_another_day_is_found_though_its_figures_are_right_for_that_day(world, day):
    """A verdict of last year, put back, would agree with itself."""
    (ought,) = compute_gaps(world.claims[:1], [day])
    ClaimGap.objects.filter(claim=world.claims[0]).update(**score_columns(ought))
    (line,) = found()
    assert f"as_of is {day}" in line


# A status, each way --------------------------------------------------------------------------------------------------

PUBLISHABLE = [f.StatementFactory, f.ClaimFactory, f.EvidenceFactory]
DECIDED = ["submitted_at", "submitted_by", "published_at", "published_by", "approved_by"]
WITHDRAWN = ["withdrawn_at", "withdrawn_by", "withdrawal_reason"]


def flipped(model, before, after):
    """A row of one status, with the columns that another one takes from a row that has it."""
    row = model.objects.filter(status=before).first()
    other = model.objects.filter(status=after).first()
    columns = {"draft": [], "in_review": [], "published": DECIDED, "withdrawn": WITHDRAWN}[after]
    record = named(row)
    model.objects.filter(pk=row.pk).update(status=after, **{name: getattr(other, name) for name in columns})
    return record


@pytest.mark.parametrize("factory", PUBLISHABLE)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("published", "draft"), ("published", "in_review"), ("published", "withdrawn"),
        ("withdrawn", "published"), ("draft", "published"), ("draft", "withdrawn"),
    ],
)  # fmt: skip
def test_a_status_changed_past_the_desk_is_found_and_named(factory, before, after):
    record = flipped(factory._meta.model, before, after)
    assert of(record, found())


@pytest.mark.parametrize("factory", PUBLISHABLE)
def test_a_withdrawn_record_back_on_the_desk_changes_nothing_for_readers(factory):
    """They are told of the withdrawal by its entry, as after `reopen`, and not by the row."""
    flipped(factory._meta.model, "withdrawn", "draft")
    assert found() == []


# Rows, gone and come -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "model", [each for each in PUBLIC if each is not Entry], ids=lambda each: each.__name__
)
def test_a_row_that_is_gone_is_found_and_named(model):
    row = seen(model).first()
    record = named(row)
    tampering.delete(row)
    assert of(record, found())


def bound(world, name, row):
    return getattr(Claim, name).through.objects.create(claim=world.claims[0], **{name[:-1]: row})


OUT_OF_NOWHERE = {
    "statement": lambda world: f.StatementFactory(published=True),
    "claim": lambda world: f.ClaimFactory(published=True, statement=world.statements[0]),
    "evidence": lambda world: f.EvidenceFactory(published=True),
    "link": lambda world: f.EvidenceLinkFactory(claim=world.claims[0], evidence=world.evidence[3], stance=2),
    "rating of a public link": lambda world: f.RatingFactory(link=world.links[0]),
    "rating that opens a link": lambda world: f.RatingFactory.create_batch(2, link=world.links[-1])[0],
    "search": lambda world: f.SearchNoteFactory(claim=world.claims[0]),
    "correction": lambda world: f.CorrectionFactory(claim=world.claims[0]),
    "role": lambda world: f.RoleFactory(speaker=world.speakers[0], title="President"),
    "topic of a claim": lambda world: bound(world, "topics", world.topics[0]),
    "place of a claim": lambda world: bound(world, "places", world.places[0]),
    "snapshot": lambda world: f.SnapshotFactory(claim=world.claims[0], number=9),
}


@pytest.mark.parametrize("what", OUT_OF_NOWHERE)
def test_a_row_out_of_nowhere_is_found_and_named(what, world):
    row = OUT_OF_NOWHERE[what](world)
    assert of(named(row), found())


# The chain -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def entries():
    return list(Entry.objects.order_by("number"))


@pytest.fixture
def kept(entries):
    """The head that somebody wrote down."""
    return entries[-1].number, entries[-1].hash


def against(kept):
    return [str(fault) for fault in ledger_faults(kept=kept, today=LATER.date())]


def rewritten(entry, **columns):
    sets = ", ".join(f"{name} = %s" for name in columns)
    run(f"UPDATE claims_entry SET {sets} WHERE number = %s", *columns.values(), entry.number)


def forged(entry):
    """Another content in place of the entered one, with a nonce and a commitment that fit it."""
    content, nonce = canonical_json({**entry.told, "reason": "Another reason."}), "5" * 64
    return {"content": content, "nonce": nonce, "digest": commitment_hash(nonce, content)}


def chained_again(entries):
    """Each entry follows the one before it again, to the end."""
    previous = (
        Entry.objects.filter(number=entries[0].number - 1).values_list("hash", flat=True).first()
        or GENESIS_HASH
    )
    for entry in entries:
        entry.refresh_from_db()
        header = EntryHeader(entry.number, entry.at, entry.act, entry.kind, entry.digest, previous)
        rewritten(entry, previous=previous, hash=header.hash)
        previous = header.hash


def test_an_entry_that_is_gone_from_the_middle_is_found(entries):
    tampering.delete(entries[4])
    assert found()[0].endswith("entry 5 is missing before it")


def test_two_entries_that_changed_places_are_found(entries):
    for number, to in ((5, 1005), (6, 5), (1005, 6)):
        run("UPDATE claims_entry SET number = %s WHERE number = %s", to, number)
    assert found()[0].startswith("entry 5, ")


def test_a_content_that_its_own_commitment_fits_no_longer_fits_the_chain(entries):
    rewritten(entries[4], **forged(entries[4]))
    (line,) = found()
    assert re.match(r"entry 5, .* its hash is not that of", line)


def test_a_content_that_cannot_be_read_is_named_and_stops_nothing_in_a_traceback(entries):
    for content in ("", "[]", "{", '{"record": 1, "subject": "x"}', "[" * 100_000):
        rewritten(entries[-1], content=content)
        (line,) = found()
        assert line.endswith("its content cannot be read")


def test_a_suppression_that_vouches_for_nothing_readable_is_named(entries):
    suppression = next(entry for entry in entries if entry.kind == "suppression")
    for record in (None, {}, {"redacted": {"x": ""}}, {"redacted": []}):
        rewritten(suppression, content=canonical_json({"record": record, "subject": suppression.subject}))
        (line,) = found()
        assert line.startswith(f"entry {suppression.number}, suppression")


def test_a_suppression_does_not_vouch_for_its_own_forgery(entries):
    """Nor for a content that somebody added to what it took out."""
    suppression = next(entry for entry in entries if entry.kind == "suppression")
    other = forged(entries[2])
    rewritten(entries[2], content=other["content"], nonce=other["nonce"])
    told = suppression.told
    told["record"]["redacted"]["3"] = other["digest"]
    rewritten(suppression, content=canonical_json(told))
    assert of(f"entry {suppression.number}", [line.replace(",", "") for line in found()])


def test_a_past_that_was_rewritten_to_its_end_is_found_by_the_head_that_was_kept(entries, kept):
    rewritten(entries[4], **forged(entries[4]))
    chained_again(entries[4:])
    assert found() == []
    (line,) = against(kept)
    assert line.startswith(f"entry {kept[0]}, ")
    assert "it was rewritten" in line


def test_an_end_that_was_cut_off_is_found_by_the_head_and_by_what_it_told_of(entries, kept):
    told, cut = (
        {f"{entry.kind} {entry.subject}" for entry in part} for part in (entries[:-12], entries[-12:])
    )
    shown = {named(row) for model in KINDS_BY_MODEL for row in seen(model)}
    run("DELETE FROM claims_entry WHERE number > %s", entries[-13].number)
    lines = against(kept)
    assert "its end was cut off" in lines[0]
    assert len((cut - told) & shown) > 3
    assert all(of(record, lines) for record in (cut - told) & shown)


def test_a_fork_is_refused_by_the_database(entries):
    entry = entries[4]
    with pytest.raises(IntegrityError), transaction.atomic():
        f.EntryFactory(number=entries[-1].number + 1, previous=entry.previous)
