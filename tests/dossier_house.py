"""The people who bring the dossier of the last release to what `tests/dossier/` holds, by the product's actions."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from claims import actions
from claims.actions import CorrectionNotice
from claims.domain.vocabulary import CorrectionKind, Risk
from claims.models import About, Claim, Evidence, EvidenceLink, Proposal, Rating, Source, Speaker, Statement
from tests.dossier_records import read_fields
from tests.revision_reasons import (
    Pair,
    notice_of_claim,
    reason_of_claim,
    reason_of_link,
    reason_of_report,
    reason_of_source,
)

BY = "Words & Ground"
APART = {"stances", "decisive_clause"}  # of a link: what its editors give it, each for themselves
ALLEGIANCES = {  # whose words a speaker's are
    "antony-blinken": ("biden-administration", "He spoke for the Biden administration."),
    "biden-administration": ("united-states", "It governed the United States."),
}
WORDS_OF_STATEMENTS: dict[str, Pair] = {
    "security-official-2025": (
        "We had quoted “comprehensive security strategy” for four claims alike. Each stands on its own passage now.",
        "كنا قد اقتبسنا «استراتيجية أمنية شاملة» لأربعة ادعاءات على السواء. كل منها يستند الآن إلى فقرته.",
    ),
    "us-policy-on-isis": (
        "The newspaper reports the policy and names no day: it is given as reported in 2025.",
        "تنقل الصحيفة هذه السياسة ولا تذكر يوماً: نوردها على أنها نُقلت في 2025.",
    ),
    "orabi-2025": (
        "We had kept three words of what Orabi told the paper. Two more quotations and a reported passage are added.",
        "كنا قد أبقينا ثلاث كلمات مما قاله عرابي للصحيفة. أُضيف اقتباسان آخران وفقرة منقولة بالمعنى.",
    ),
}  # fmt: skip
GRADED_ANEW: Pair = (
    "We had graded reports on this claim by an older test. They are graded by the one that stands now.",
    "كنا قد قيّمنا تقارير هذا الادعاء بمعيار أقدم. وهي مقيّمة الآن بالمعيار القائم.",
)

GRADE_DATED: Pair = (
    "The grade gets a first day. The next grade takes that day away, and so holds for every day.",
    "تُعطى الدرجة يوماً أول. ثم ترفعه الدرجة التالية، فتسري على كل الأيام.",
)


def notice_of(words: Pair, kind: CorrectionKind = CorrectionKind.CORRECTION) -> CorrectionNotice:
    return CorrectionNotice(kind, words[0], {"ar": {"what_was_wrong": words[1], "by": BY}})


class House:
    """Three people at work, on a clock of its own."""

    def __init__(self, start: datetime) -> None:
        self.clock = start
        self.users = {user.username: user for user in User.objects.all()}
        self.names = {
            source.slug: (source.name, source.translations["ar"]["name"]) for source in Source.objects.all()
        }
        self.graded_before = set(EvidenceLink.objects.values_list("pk", flat=True))

    def tick(self) -> datetime:
        self.clock += timedelta(seconds=12)
        return self.clock

    # Entering ------------------------------------------------------------------------------------------------

    def enter_records(self) -> None:
        """What is new, as drafts or as what nothing public refers to yet."""
        for slug, (institution, reason) in ALLEGIANCES.items():
            speaker = Speaker.objects.get(slug=slug)
            speaker.institution = Speaker.objects.get(slug=institution)
            actions.save(speaker, by=self.users["editor"], now=self.tick(), reason=reason)
        for kind, name in (
            ("place", "places"), ("source", "sources"), ("speaker", "speakers"), ("origin", "origins"),
            ("evidence", "evidence"), ("statement", "statements"), ("claim", "claims"), ("about", "about"),
        ):  # fmt: skip
            for fields in read_fields(name):
                if not apps.get_model("claims", kind)._base_manager.filter(slug=fields["slug"]).exists():
                    self.enter_record(kind, fields)
        for kind, name in (("role", "roles"), ("synonyms", "synonyms")):
            for fields in read_fields(name):
                self.enter_record(kind, fields)
        for fields in read_fields("links"):
            if find_link(fields) is None:
                self.enter_record("evidencelink", fields)
        self.names |= {
            source.slug: (source.name, source.translations["ar"]["name"]) for source in Source.objects.all()
        }

    def enter_record(self, kind: str, fields: dict[str, Any]) -> None:
        record = apps.get_model("claims", kind)()
        many = fill_in(record, fields)
        actions.save(record, by=self.users["editor"], now=self.tick(), many=many)

    # Revising what readers see -------------------------------------------------------------------------------

    def revise_records(self) -> None:
        with actions.batch_rescoring(now=self.clock):
            publishers = [fields for fields in read_fields("sources") if "reliability_scope" in fields]
            for fields in publishers:
                self.revise(Source.objects.get(slug=fields["slug"]), fields, reason_of_source)
            self.revise_claims()
            for fields in read_fields("links"):
                self.revise(find_link(fields), fields, reason_of_link)
            for fields in read_fields("evidence"):
                report = Evidence.objects.get(slug=fields["slug"])
                self.revise(report, fields, lambda was, new: reason_of_report(was, new, self.names))
            for fields in read_fields("sources"):
                if (
                    fields.get("reliability") == "F"
                ):  # it only carries what others report, now that each names them
                    self.revise(Source.objects.get(slug=fields["slug"]), fields, reason_of_source)
        for fields in read_fields("searches"):
            self.enter_record("searchnote", fields)

    def revise_claims(self) -> None:
        """Statements first, each together with the claims whose words change with its own."""
        for fields in read_fields("statements"):
            if fields["slug"] not in WORDS_OF_STATEMENTS:
                continue
            words = WORDS_OF_STATEMENTS[fields["slug"]]
            together: list[Proposal] = []
            statement = Statement.objects.get(slug=fields["slug"])
            self.propose(statement, words, fill_in(statement, fields), together)
            for claim in read_fields("claims"):
                stored = Claim.objects.get(slug=claim["slug"])
                if claim["statement"] == [fields["slug"]] and stored.quote != claim["quote"]:
                    stored.quote = claim["quote"]
                    stored.translations["ar"]["quote"] = claim["translations"]["ar"]["quote"]
                    self.propose(stored, words, {}, together)
            self.accept(together[0], words)
        for fields in read_fields("claims"):
            self.revise(Claim.objects.get(slug=fields["slug"]), fields, reason_of_claim)

    def revise(self, record: Model, fields: dict[str, Any], reason_of: Callable[[Any, Any], Pair]) -> None:
        """By one person's proposal and another's word. Nothing happens where the record is as it should be."""
        if not actions.needs_reason(record) or not differs(record, fields):
            return
        if isinstance(record, Source) and record.reliability != fields["reliability"]:
            self.date_grade(record)
        words = reason_of(record, fields)
        notice = (
            notice_of_claim(record, fields) if isinstance(record, Claim) else words_of_notice(record, words)
        )
        self.accept(self.propose(record, words, fill_in(record, fields)), notice)

    def date_grade(self, source: Source) -> None:
        """A new grade holds from its day on, unless a day that stands there is taken away with it."""
        source.graded_from = self.clock.date()
        self.accept(self.propose(source, GRADE_DATED, {}), GRADE_DATED)
        source.refresh_from_db()

    def propose(
        self, record: Any, words: Pair, many: dict[str, Any], together: list[Proposal] | None = None
    ) -> Any:
        actions.save(
            record, by=self.users["reviewer"], now=self.tick(), reason=words[0], many=many, translations_hold=True,
            proposals=together,
        )  # fmt: skip
        return actions.pending_proposal(record)

    def accept(self, proposal: Any, words: Pair) -> None:
        """With a notice where it is owed: where a published verdict turns, or official words are altered."""
        try:
            actions.accept_proposal(proposal, by=self.users["publisher"], now=self.tick())
        except actions.RuleViolation:
            actions.accept_proposal(
                proposal, by=self.users["publisher"], now=self.tick(), notice=notice_of(words)
            )

    # Grading and publishing ----------------------------------------------------------------------------------

    def add_reports(self) -> None:
        """New links are graded and new reports published; then what was graded before is graded anew."""
        by_claim = defaultdict(list)
        for fields in read_fields("links"):
            by_claim[fields["claim"][0]].append((find_link(fields), fields))
        with actions.batch_rescoring(now=self.clock):
            for rows in by_claim.values():
                self.grade([row for row in rows if row[0].pk not in self.graded_before], reason="")
            self.publish_drafts()
            for rows in by_claim.values():
                self.grade(
                    [row for row in rows if row[0].pk in self.graded_before],
                    reason="Graded by the claim’s test of 27 November 2026.",
                )

    def grade(self, rows: list[tuple[EvidenceLink, dict[str, Any]]], reason: str) -> None:
        """Each of two editors for themselves. Third gradings of the last release are taken back."""
        clauses = {link: fields["decisive_clause"] for link, fields in rows if "decisive_clause" in fields}
        for number, rater in enumerate(("editor", "reviewer")):
            stances = {link: fields["stances"][number] for link, fields in rows}
            self.grade_as(rater, stances, reason, clauses)
        third = Rating.objects.filter(link__in=[link for link, _ in rows], rater=self.users["publisher"])
        self.grade_as("publisher", dict.fromkeys((rating.link for rating in third), None), reason, {})

    def grade_as(self, rater: str, stances: dict[Any, Any], reason: str, clauses: dict[Any, str]) -> None:
        def act(notice: CorrectionNotice | None = None) -> None:
            actions.grade_links(
                stances, by=self.users[rater], now=self.tick(), reason=reason, clauses=clauses, notice=notice
            )

        try:
            act()
        except actions.RuleViolation:
            act(notice_of(GRADED_ANEW))

    def publish_drafts(self) -> None:
        for model, name in (
            (Evidence, "evidence"), (Statement, "statements"), (Claim, "claims"), (About, "about"),
        ):  # fmt: skip
            for fields in read_fields(name):
                record = model.objects.get(slug=fields["slug"])
                if not record.is_published:
                    actions.submit_for_review(record, by=self.users["editor"], now=self.tick())
                    actions.publish_record(
                        record, by=self.users["publisher"], now=self.tick(), reason=how_it_was_read(fields)
                    )


def find_link(fields: dict[str, Any]) -> Any:
    """The stored link between the two ends that a record names; None if there is none yet."""
    ends = {"claim__slug": fields["claim"][0], "evidence__slug": fields["evidence"][0]}
    return EvidenceLink.objects.filter(**ends).first()


def words_of_notice(record: Any, words: Pair) -> Pair:
    """What readers are told on the page of a claim says which report it is about."""
    report = record.evidence if isinstance(record, EvidenceLink) else record
    if not isinstance(report, Evidence):
        return words
    summary, summary_ar = report.summary.rstrip("."), report.translations["ar"]["summary"].rstrip(".")
    inner = summary_ar.replace("«", "“").replace("»", "”")
    return f"On the report “{summary}”: {words[0]}", f"عن التقرير «{inner}»: {words[1]}"


def how_it_was_read(fields: dict[str, Any]) -> str:
    if "reference" in fields:
        return f"Read in the article: {fields['reference'].rpartition(', ')[2]}."
    if "subject" in fields:
        return "It says what this demonstration is."
    if "quote" in fields:
        return "It says an earlier claim again, with other words."
    return f"Read in a stored copy of the page at {urlsplit(fields['url']).hostname}, not on the live page."


def fill_in(record: Any, fields: dict[str, Any]) -> dict[str, list[Any]]:
    """Set the fields of a record as a fixture gives them; what it leaves out is empty. Gives its topics and places."""
    many = {}
    for name, value in fields_of(record, fields):
        field = record._meta.get_field(name)
        if field.many_to_many:
            many[name] = [field.related_model.objects.get_by_natural_key(*key) for key in value]
        elif field.is_relation:
            setattr(record, name, value and field.related_model.objects.get_by_natural_key(*value))
        else:
            setattr(record, name, field.to_python(value))
    return many


EMPTIED = {
    "detail", "rationale", "distinct_reason", "reference", "origin", "relays", "event", "valid_from", "valid_until",
    "interested", "graded_from",
}  # fmt: skip


def fields_of(record: Any, fields: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from ((name, value) for name, value in fields.items() if name not in APART)
    for name in EMPTIED - fields.keys():
        with suppress(FieldDoesNotExist):
            field = record._meta.get_field(name)
            yield name, None if field.null else field.get_default()


def differs(record: Model, fields: dict[str, Any]) -> bool:
    """Whether a stored record is other than its file says."""
    new = type(record)._base_manager.get(pk=record.pk)
    many = fill_in(new, fields)
    if isinstance(new, Evidence):
        new.place = actions.choose_shown_place(new.place, Risk(new.risk))
    if any(set(rows) != set(getattr(record, name).all()) for name, rows in many.items()):
        return True
    return any(
        getattr(new, field.attname) != getattr(record, field.attname)
        for field in record._meta.concrete_fields
    )
