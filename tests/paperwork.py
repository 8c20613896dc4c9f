"""Test data: factories for desk steps, proposals, suppressions and ledger entries."""

import factory
from factory.django import DjangoModelFactory

from claims import models
from claims.domain.hash_chain import GENESIS_HASH, EntryHeader, canonical_json, commitment_hash
from claims.domain.vocabulary import Act, ErrorReportState, Outcome, Step, SuppressionGround
from tests.people import NOW, UserFactory


def last_entry():
    return models.Entry.objects.order_by("number").last()


def chained(entry):
    return EntryHeader(entry.number, entry.at, entry.act, entry.kind, entry.digest, entry.previous).hash


class MethodChangeFactory(DjangoModelFactory):
    class Meta:
        model = models.MethodChange

    name = factory.Sequence("gap-test/{}".format)
    replaces = "gap-beta/1.0"
    adopted_at = NOW


class EntryFactory(DjangoModelFactory):
    """The next entry of the chain, with correct hashes. Its subject need not exist."""

    class Meta:
        model = models.Entry

    number = factory.LazyFunction(lambda: last_entry().number + 1 if last_entry() else 1)
    at = NOW
    act = Act.REFER.value
    kind = "topic"
    subject = factory.Sequence("topic-{}".format)
    content = factory.LazyAttribute(
        lambda e: canonical_json({"by": "A", "reason": "", "record": None, "subject": e.subject})
    )
    nonce = "0" * 64
    digest = factory.LazyAttribute(lambda e: commitment_hash(e.nonce, e.content))
    previous = factory.LazyFunction(lambda: last_entry().hash if last_entry() else GENESIS_HASH)
    hash = factory.LazyAttribute(chained)


class TableImportFactory(DjangoModelFactory):
    class Meta:
        model = models.TableImport

    by = factory.SubFactory(UserFactory, editor=True)
    at = NOW
    kind = "evidence"
    name = "reports.csv"
    content = b"summary\n"


class ImportedRowFactory(DjangoModelFactory):
    class Meta:
        model = models.ImportedRow

    table_import = factory.SubFactory(TableImportFactory)
    kind = "evidence"
    external_id = factory.Sequence("report-{}".format)
    record_id = factory.Sequence(lambda n: n + 1)


class DeskStepFactory(DjangoModelFactory):
    class Meta:
        model = models.DeskStep

    by = factory.SubFactory(UserFactory, editor=True)
    at = NOW
    step = Step.WRITE.value
    kind = "claim"
    record_id = factory.Sequence(lambda n: n + 1)
    label = "Assistance is being increased"


def decided(outcome):
    return {
        "outcome": outcome.value,
        "decided_by": factory.SubFactory(UserFactory, publisher=True),
        "decided_at": NOW,
    }


class ProposalFactory(DjangoModelFactory):
    class Meta:
        model = models.Proposal

    class Params:
        accepted = factory.Trait(**decided(Outcome.ACCEPTED))
        declined = factory.Trait(**decided(Outcome.DECLINED), decision_reason="The source says otherwise.")

    proposed_by = factory.SubFactory(UserFactory, editor=True)
    proposed_at = NOW
    reason = "Closer to the words."


class RevisionFactory(DjangoModelFactory):
    class Meta:
        model = models.Revision

    proposal = factory.SubFactory(ProposalFactory)
    claim = factory.SubFactory("tests.factories.ClaimFactory", published=True)
    base = 1
    changes = factory.LazyFunction(lambda: {"criterion": "Aid that arrives, month by month."})


class SuppressionFactory(DjangoModelFactory):
    class Meta:
        model = models.Suppression

    class Params:
        accepted = factory.Trait(**decided(Outcome.ACCEPTED), text="")
        declined = factory.Trait(**decided(Outcome.DECLINED), text="")

    text = "Abu Fulan"
    ground = SuppressionGround.SAFETY.value
    reason = "It endangers somebody."
    asked_by = factory.SubFactory(UserFactory, publisher=True)
    asked_at = NOW


class PublicNameFactory(DjangoModelFactory):
    class Meta:
        model = models.PublicName

    account = factory.SubFactory(UserFactory, editor=True)


class SynonymsFactory(DjangoModelFactory):
    class Meta:
        model = models.Synonyms

    words = factory.Sequence("isis{0}, daesh{0}".format)


class ErrorReportFactory(DjangoModelFactory):
    class Meta:
        model = models.ErrorReport

    class Params:
        answered = factory.Trait(
            answered_by=factory.SubFactory(UserFactory, editor=True),
            answered_at=NOW,
            answer="The day is right.",
        )
        accepted = factory.Trait(answered=True, state=ErrorReportState.ACCEPTED.value)
        declined = factory.Trait(answered=True, state=ErrorReportState.DECLINED.value)

    claim = factory.SubFactory("tests.factories.ClaimFactory", published=True)
    text = factory.Sequence("The day is wrong, {}.".format)
    where_to_check = "The ministry’s own calendar."
    reader_address = "reader@example.org"
    sent_at = NOW


class PageCopyFactory(DjangoModelFactory):
    class Meta:
        model = models.PageCopy

    address = factory.Sequence("https://news.example/{}".format)
    final_address = factory.SelfAttribute("address")
    fetched_at = NOW
    status = 200
    kind = "text/html"
    body_sha256 = factory.Sequence("{:064x}".format)
    size = 100
    file = factory.Sequence("{:064x}".format)
