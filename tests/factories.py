"""Test data: a factory for each model, with traits for common states."""

from datetime import date, timedelta

import factory
from factory.django import DjangoModelFactory

from claims import models
from claims.domain.gap import METHOD_VERSION
from claims.domain.vocabulary import ClaimKind, ClaimStanding, CorrectionKind, Nature, PlaceKind, Side
from tests.answers import AboutFactory, ReplyFactory
from tests.paperwork import (
    DeskStepFactory,
    EntryFactory,
    ErrorReportFactory,
    ImportedRowFactory,
    MethodChangeFactory,
    PageCopyFactory,
    ProposalFactory,
    PublicNameFactory,
    RevisionFactory,
    SuppressionFactory,
    SynonymsFactory,
    TableImportFactory,
)
from tests.people import NOW, PASSWORD, UserFactory, member_of
from tests.publishable import PublishableFactory, second_person

__all__ = [
    "NOW", "PASSWORD", "AboutFactory", "DeskStepFactory", "EntryFactory", "ErrorReportFactory",
    "ImportedRowFactory", "MethodChangeFactory", "PageCopyFactory", "ProposalFactory", "PublicNameFactory",
    "ReplyFactory", "RevisionFactory", "SuppressionFactory", "SynonymsFactory", "TableImportFactory", "UserFactory",
    "member_of",
]  # fmt: skip


class SpeakerFactory(DjangoModelFactory):
    class Meta:
        model = models.Speaker

    class Params:
        is_institution = factory.Trait(nature=Nature.INSTITUTION.value)
        expert = factory.Trait(standing=ClaimStanding.EXPERT.value)
        armed_group = factory.Trait(standing=ClaimStanding.ARMED_GROUP.value, nature=Nature.INSTITUTION.value)

    name = factory.Sequence("Speaker {}".format)


class RoleFactory(DjangoModelFactory):
    class Meta:
        model = models.Role

    speaker = factory.SubFactory(SpeakerFactory)
    title = factory.Sequence("Minister {}".format)
    start = "2021"


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = models.Topic

    name = factory.Sequence("Topic {}".format)


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = models.Place

    class Params:
        country = factory.Trait(kind=PlaceKind.COUNTRY.value)

    name = factory.Sequence("Place {}".format)
    latitude = "35.9000"
    longitude = "36.6000"


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = models.Source

    class Params:
        unjudged = factory.Trait(reliability="F", reliability_reason="")

    name = factory.Sequence("Source {}".format)
    reliability = "A"
    reliability_reason = "Its reports have held up."


class SourceGradeFactory(DjangoModelFactory):
    class Meta:
        model = models.SourceGrade

    source = factory.SubFactory(SourceFactory)
    reliability = "B"
    reason = "A good record until then."
    end = factory.Sequence(lambda n: date(2025, 1, 1) + timedelta(n))


class OriginFactory(DjangoModelFactory):
    class Meta:
        model = models.Origin

    name = factory.Sequence("Event {}".format)


class OldAddressFactory(DjangoModelFactory):
    class Meta:
        model = models.OldAddress

    kind = "source"
    slug = factory.Sequence("old-{}".format)
    leads_to = "kept"
    merged_at = NOW


class StatementFactory(PublishableFactory):
    class Meta:
        model = models.Statement

    title = factory.Sequence("Remarks {}".format)
    speaker = factory.SubFactory(SpeakerFactory)
    said_on = "2021-10-13"
    text = "We are doing three things: keeping violence down; increasing assistance."
    source = factory.SubFactory(SourceFactory)


class ClaimFactory(PublishableFactory):
    class Meta:
        model = models.Claim

    class Params:
        published = factory.Trait(
            **second_person(), statement=factory.SubFactory(StatementFactory, published=True)
        )
        bounded = factory.Trait(valid_until="2025-01-20")
        settled = factory.Trait(
            kind=ClaimKind.COMMITMENT.value,
            settled_as="kept",
            settlement="The aid arrived in full.",
            settled_on=date(2022, 6, 1),
            settled_by=factory.SubFactory(UserFactory, editor=True),
        )

    statement = factory.SubFactory(StatementFactory)
    proposition = factory.Sequence("Assistance is being increased, {}".format)
    kind = ClaimKind.FACT.value
    quote = "increasing assistance"
    criterion = "Aid that arrives, against the year before."
    answer = "Fewer trucks crossed in 2022 than in 2021."


class EvidenceFactory(PublishableFactory):
    class Meta:
        model = models.Evidence

    class Params:
        ungraded = factory.Trait(credibility=None)

    summary = factory.Sequence("Trucks crossed, {}".format)
    url = factory.Sequence("https://reports.example/{}".format)
    event = "2021-11-01"
    known = "2021-11-02"
    source = factory.SubFactory(SourceFactory)
    credibility = 1


class EvidenceLinkFactory(DjangoModelFactory):
    """A link. `stance=` adds equal ratings by two editors; `published` publishes claim, statement and evidence."""

    class Meta:
        model = models.EvidenceLink
        skip_postgeneration_save = True

    class Params:
        published = factory.Trait(
            claim=factory.SubFactory(ClaimFactory, published=True),
            evidence=factory.SubFactory(EvidenceFactory, published=True),
        )
        indirect = factory.Trait(directness="indirect")

    claim = factory.SubFactory(ClaimFactory)
    evidence = factory.SubFactory(EvidenceFactory)
    rationale = "It shows what reached the border."

    @factory.post_generation
    def stance(self, create, extracted, **kwargs):
        if create and extracted is not None:
            RatingFactory.create_batch(2, link=self, stance=extracted)


class RatingFactory(DjangoModelFactory):
    class Meta:
        model = models.Rating
        skip_postgeneration_save = True

    link = factory.SubFactory(EvidenceLinkFactory)
    rater = factory.SubFactory(UserFactory, editor=True)
    stance = -2

    @factory.post_generation
    def gradings(self, create, extracted, **kwargs):
        """The append-only rows that lead to it, unless the test asks for none."""
        texts = {name: getattr(self, name) for name in ("decisive_clause", "rationale", "translations")}
        rows = [(self.first_stance, self.first_rated_at, {}), (self.stance, self.rated_at, texts)]
        for stance, at, more in rows[rows[0][:2] == rows[1][:2] :] if extracted is not False else ():
            GradingFactory(link=self.link, rater=self.rater, stance=stance, graded_at=at, **more)


class GradingFactory(DjangoModelFactory):
    class Meta:
        model = models.Grading

    link = factory.SubFactory(EvidenceLinkFactory)
    rater = factory.SubFactory(UserFactory, editor=True)
    stance = -2


class SearchNoteFactory(DjangoModelFactory):
    class Meta:
        model = models.SearchNote

    class Params:
        against = factory.Trait(side=Side.CONTRADICTING.value)

    claim = factory.SubFactory(ClaimFactory)
    side = Side.SUPPORTING.value
    sought = "aid deliveries, month by month"
    where = factory.Sequence("archive {}".format)
    outcome = "Nothing beyond what is linked."
    searched_on = date(2026, 11, 1)
    searched_by = factory.SubFactory(UserFactory, editor=True)


class CorrectionFactory(DjangoModelFactory):
    class Meta:
        model = models.Correction

    claim = factory.SubFactory(ClaimFactory, published=True)
    kind = CorrectionKind.CORRECTION.value
    what_was_wrong = factory.Sequence("The day was wrong, {}.".format)
    corrected_on = date(2026, 11, 2)
    corrected_by = factory.SubFactory(UserFactory, publisher=True)


def _figures(state="insufficient", gap=50.0):
    return {
        "as_of": NOW.date(), "method": METHOD_VERSION, "gap": gap, "low": 10.0, "high": 90.0, "state": state,
        "tentative": True, "contradicting": 0.5, "supporting": 0.5, "publishers_against": 1, "publishers_for": 1,
        "publishers": 2, "events_against": 1, "events_for": 1,
    }  # fmt: skip


class ClaimGapFactory(DjangoModelFactory):
    class Meta:
        model = models.ClaimGap

    class Params:
        empty = factory.Trait(
            state="no_evidence", gap=None, low=None, high=None, tentative=False, contradicting=0.0, supporting=0.0,
            publishers_against=0, publishers_for=0, publishers=0, events_against=0, events_for=0,
        )  # fmt: skip

    claim = factory.SubFactory(ClaimFactory)
    locals().update(_figures())


class AgreementDayFactory(DjangoModelFactory):
    class Meta:
        model = models.AgreementDay

    day = factory.Sequence(lambda n: date(2026, 1, 1) + timedelta(days=n))
    pairs = factory.LazyFunction(lambda: {"-2 1": 3})
    editors = factory.LazyFunction(lambda: [1, 2])


class SnapshotFactory(DjangoModelFactory):
    class Meta:
        model = models.Snapshot

    claim = factory.SubFactory(ClaimFactory, published=True)
    number = factory.Sequence(lambda n: n + 1)
    inputs = factory.LazyFunction(dict)
    digest = "0" * 64
    locals().update(_figures())


def of(model):
    """The factory of a model. Raises LookupError if there is none."""
    for each in globals().values():
        if isinstance(each, type) and issubclass(each, DjangoModelFactory) and each._meta.model is model:
            return each
    raise LookupError(f"tests/factories.py has no factory of {model.__name__}")
