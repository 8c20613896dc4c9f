"""A site in which each public table has rows and each public column a value, all written by actions."""

from datetime import date, timedelta
from types import SimpleNamespace

from claims.actions import (
    CorrectionNotice,
    accept_suppression,
    grade_links,
    publish_record,
    request_suppression,
    rescore_claims,
    save,
    submit_for_review,
    withdraw_record,
)
from claims.domain.vocabulary import Act, CorrectionKind, SuppressionGround
from claims.ledger.writer import ChangeReason, append_entries
from claims.models import (
    About,
    Claim,
    Correction,
    Evidence,
    EvidenceLink,
    MethodChange,
    Origin,
    Place,
    Reply,
    Role,
    SearchNote,
    Source,
    SourceGrade,
    Speaker,
    Statement,
    Topic,
)
from tests.factories import NOW, UserFactory

LATER = NOW + timedelta(days=40)
WORDS = "We are keeping violence down. We shall send more aid. We support nobody in this."
TAKEN_OUT = "Abu Fulan"


class Desk:
    """Three accounts, with a method for each of their tasks."""

    def __init__(self):
        self.writer, self.grader = UserFactory(editor=True), UserFactory(editor=True)
        self.publisher, self.second = UserFactory(publisher=True), UserFactory(publisher=True)

    def entered(self, record, **many):
        save(record, by=self.writer, now=NOW, many=many)
        return record

    def published(self, record):
        submit_for_review(record, by=self.writer, now=NOW)
        publish_record(record, by=self.publisher, now=NOW, reason="Checked.")
        return record

    def withdrawn(self, record):
        notice = CorrectionNotice(CorrectionKind.CORRECTION, "It was another's.")
        withdraw_record(record, by=self.publisher, now=NOW, reason="It was another's.", notice=notice)
        return record

    def graded(self, stances):
        for person in (self.writer, self.grader):
            grade_links(stances, by=person, now=NOW)


def built():
    desk = Desk()
    world = SimpleNamespace(desk=desk)
    _references(world)
    _statements(world)
    _claims(world)
    _evidence(world)
    _links(world)
    _published(world)
    _told_of_errors(world)
    _own_words(world)
    rescore_claims(Claim.objects.all(), as_of=LATER.date(), now=LATER)
    change = MethodChange.objects.create(name="gap-test/9", replaces="gap-beta/1.0", adopted_at=LATER)
    append_entries([change], ChangeReason(act=Act.METHOD, now=LATER))
    return world


def _references(world):
    entered = world.desk.entered
    rights = entered(Topic(name="Rights", about="What is owed to everyone."))
    world.topics = [rights, entered(Topic(name="Detention", parent=rights)), entered(Topic(name="Aid"))]
    there = {"latitude": "35.9000", "longitude": "36.6000"}
    country = entered(Place(name="Syria", kind="country", **there))
    world.places = [
        country,
        entered(Place(name="Idlib", parent=country, **there)),
        entered(Place(name="Homs")),
    ]
    world.sources = [
        entered(Source(name=name, reliability="A", reliability_reason="Holds up.", url="https://a.example/"))
        for name in ("A monitor", "A daily", "A ministry")
    ]
    SourceGrade.objects.create(
        source=world.sources[0],
        reliability="B",
        scope="Counts",
        reason="It was new.",
        start=date(2010, 1, 1),
        end=date(2020, 1, 1),
    )
    world.origins = [entered(Origin(name=name)) for name in ("Shelling of Ariha", "A wire story")]
    world.speakers = [
        entered(Speaker(name=name, about="In office.", url="https://c.example/"))
        for name in ("A. Minister", "B. General")
    ]
    for n, speaker in enumerate(world.speakers):
        entered(Role(speaker=speaker, title=f"Minister {n}", start="2020", end="2024"))


def _statements(world):
    world.statements = [
        world.desk.entered(
            Statement(
                title=f"Remarks {n}",
                speaker=world.speakers[n % 2],
                said_on="2021-10-13",
                text=WORDS,
                place=world.places[1 + n % 2],
                occasion="Press conference",
                source=world.sources[n % 2],
                original_text="كلمات",
                original_language="ar",
                translator="C",
                url="https://a.example/1",
                archived_url="https://b.example/1",
            )
        )
        for n in range(4)
    ]


def _claims(world):
    spans = ["keeping violence down", "send more aid", "support nobody", "keeping violence down", "more aid"]
    kinds = ["condition", "commitment", "denial", "condition", "fact"]
    world.claims = [
        _claim(world, n, span, kind) for n, (span, kind) in enumerate(zip(spans, kinds, strict=True))
    ]
    for claim in world.claims:
        for side in ("supporting", "contradicting"):
            note = SearchNote(
                claim=claim, side=side, sought="x", where=f"{side} {claim.pk}", outcome="z", found=True,
                searched_on=NOW.date(),
            )  # fmt: skip
            world.desk.entered(note)


def _claim(world, n, span, kind):
    how = {"settled_as": "kept", "settlement": "It came.", "settled_on": date(2022, 6, 1)}
    settled = how if kind == "commitment" else {}
    claim = Claim(
        statement=world.statements[0 if n < 3 else 1], proposition=f"{span}, {n}", kind=kind, quote=span,
        criterion="Deaths, by month.", answer="Deaths fell.", valid_until="2025", **settled,
    )  # fmt: skip
    most = 2 if n else 3
    return world.desk.entered(claim, topics=world.topics[1:most], places=world.places[1:most])


def _evidence(world):
    world.evidence = [
        world.desk.entered(
            Evidence(
                summary=f"Shelling {n}",
                detail=f"{TAKEN_OUT} saw it.",
                event=f"2021-10-{14 + n}",
                known="2021-10-20",
                place=world.places[1],
                source=world.sources[n % 2],
                origin=world.origins[n] if n < 2 else None,
                url=f"https://a.example/{n + 2}",
                archived_url=f"https://b.example/{n + 2}",
                credibility=1,
            )
        )
        for n in range(6)
    ]


def _links(world):
    """Link the reports. The first claim has a verdict, the third too little evidence, the others none.

    The last link is ungraded.
    """
    ends = [(0, 0), (0, 1), (0, 2), (0, 4), (2, 3), (4, 3), (1, 3)]
    world.links = [
        world.desk.entered(
            EvidenceLink(claim=world.claims[claim], evidence=world.evidence[report], rationale="It shows it.")
        )
        for claim, report in ends
    ]
    world.desk.graded(dict.fromkeys(world.links[:-1], -2))


def _published(world):
    """Publish all but the last statement, claim and report, and withdraw the ones before them."""
    records = [*world.statements[:-1], *world.evidence[:-1], *world.claims[:-1]]
    for record in records:
        world.desk.published(record)
    for record in (world.statements[2], world.claims[3], world.evidence[4]):
        world.desk.withdrawn(record)


def _own_words(world):
    """Replies and texts about the site, the last of each withdrawn."""
    world.replies = [
        world.desk.published(
            world.desk.entered(
                Reply(
                    claim=claim,
                    text="The figures leave out the north.",
                    given_by="A spokesperson",
                    answered_on="2026-10-01",
                    url="https://a.example/9",
                    archived_url="https://b.example/9",
                    reference="Letter to the editors",
                )
            )
        )
        for claim in world.claims[:2]
    ]
    world.desk.withdrawn(world.replies[1])
    world.about = [
        world.desk.published(world.desk.entered(About(subject=subject, text="Three editors in Berne.")))
        for subject in ("run", "paid")
    ]
    world.desk.withdrawn(world.about[1])


def _told_of_errors(world):
    notices = {"claim": world.claims[0], "statement": world.statements[0], "evidence": world.evidence[0]}
    for name, record in notices.items():
        correction = Correction(
            kind="correction", what_was_wrong=f"The day of the {name}.", effect="None.", corrected_on=NOW.date(),
            **{name: record},
        )  # fmt: skip
        save(correction, by=world.desk.publisher, now=NOW)
    asked = request_suppression(
        text=TAKEN_OUT,
        ground=SuppressionGround.SAFETY,
        reason="It endangers somebody.",
        by=world.desk.publisher,
        now=NOW,
    )
    accept_suppression(asked, by=world.desk.second, now=NOW)
