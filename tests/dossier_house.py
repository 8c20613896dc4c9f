"""The people who bring the dossier of the last release to what `tests/dossier/` holds, by the product's actions."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db.models import Model

from claims import actions
from claims.actions import CorrectionNotice
from claims.domain.vocabulary import CorrectionKind
from claims.domain.workflow import PublishingCheck
from claims.models import (
    About,
    Claim,
    Evidence,
    EvidenceLink,
    Proposal,
    Rating,
    Role,
    Source,
    Speaker,
    Statement,
)
from tests.dossier_records import read_fields
from tests.dossier_rows import differs, fill_in, find_link
from tests.revision_reasons import (
    ALLEGIANCES,
    ANSWERED,
    GRADE_DATED,
    GRADED_ANEW,
    OFFICES,
    REPORT_ADDED,
    TEST_NOT_LOOKED_AT,
    WORDS_OF_STATEMENTS,
    Pair,
    how_it_was_read,
    notice_of_claim,
    reason_of_claim,
    reason_of_link,
    reason_of_report,
    reason_of_source,
)

BY = "Words & Ground"


def notice_of(words: Pair, kind: CorrectionKind = CorrectionKind.CORRECTION) -> CorrectionNotice:
    return CorrectionNotice(kind, words[0], {"ar": {"what_was_wrong": words[1], "by": BY}})


Draft = tuple[Any, str, list[PublishingCheck]]  # the record, why it is published, what was checked


class House:
    """Three people at work, on a clock of its own."""

    def __init__(self, start: datetime) -> None:
        self.clock = start
        self.users = {user.username: user for user in User.objects.all()}
        self.names = {
            source.slug: (source.name, source.translations["ar"]["name"]) for source in Source.objects.all()
        }
        self.graded_before = set(EvidenceLink.objects.values_list("pk", flat=True))

    @contextmanager
    def scored_together(self, most: timedelta) -> Iterator[None]:
        """Claims are scored once, at the end, which is given in advance: it is over in `most`."""
        end = self.clock + most
        with actions.batch_rescoring(now=end):
            yield
        assert self.clock <= end, self.clock
        self.clock = end

    def tick(self) -> datetime:
        self.clock += timedelta(seconds=12)
        return self.clock

    # Entering ------------------------------------------------------------------------------------------------

    def enter_records(self) -> None:
        """What is new, as drafts or as what nothing public refers to yet."""
        for slug, (title, title_ar, reason) in OFFICES.items():
            role = Role.objects.get(speaker__slug=slug)
            role.title, role.translations["ar"]["title"] = title, title_ar
            actions.save(role, by=self.users["editor"], now=self.tick(), reason=reason)
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
        with self.scored_together(timedelta(hours=2)):
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
            claim = Claim.objects.get(slug=fields["slug"])
            self.revise(claim, {**fields, "answer": claim.answer}, reason_of_claim)

    def answer_claims(self) -> None:
        """What happened is said last, when the reports have been graded by the claim's test."""
        for fields in read_fields("claims"):
            claim = Claim.objects.get(slug=fields["slug"])
            if claim.answer != fields["answer"]:
                self.accept(
                    self.propose(claim, ANSWERED, fill_in(claim, fields)), ANSWERED, checks_of(fields)
                )

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

    def accept(self, proposal: Any, words: Pair, checks: Collection[PublishingCheck] = ()) -> None:
        """With a notice where it is owed: where a published verdict turns, or official words are altered."""

        def act(notice: CorrectionNotice | None = None) -> None:
            actions.accept_proposal(
                proposal, by=self.users["publisher"], now=self.tick(), notice=notice, checks=checks
            )

        try:
            act()
        except actions.RuleViolation:
            act(notice_of(words))

    # Grading and publishing ----------------------------------------------------------------------------------

    def add_reports(self) -> None:
        """New links are graded and new reports published; then what was graded before is graded anew."""
        by_claim = defaultdict(list)
        for fields in read_fields("links"):
            by_claim[fields["claim"][0]].append((find_link(fields), fields))
        with self.scored_together(timedelta(hours=2)):
            for rows in by_claim.values():
                self.grade([row for row in rows if row[0].pk not in self.graded_before], reason="")
            self.publish_drafts()
            for rows in by_claim.values():
                self.grade(
                    [row for row in rows if row[0].pk in self.graded_before],
                    reason="Graded by the claim’s test of 27 November 2026.",
                )
            self.answer_claims()

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
            drafts = []
            for fields in read_fields(name):
                record = model.objects.get(slug=fields["slug"])
                if not record.is_published:
                    actions.submit_for_review(record, by=self.users["editor"], now=self.tick())
                    checks = checks_of(fields) if name == "claims" else []
                    drafts.append((record, how_it_was_read(fields), checks))
            self.publish_all(drafts)

    def publish_all(self, drafts: list[Draft]) -> None:
        """First what turns no verdict. What would turn one may no longer do so beside the rest."""
        while drafts:
            refused = [draft for draft in drafts if not self.publish(*draft)]
            if len(refused) == len(drafts):
                self.publish(*refused.pop(0), notice=notice_of(REPORT_ADDED, CorrectionKind.UPDATE))
            drafts = refused

    def publish(
        self, record: Any, reason: str, checks: list[PublishingCheck], notice: CorrectionNotice | None = None
    ) -> bool:
        """False if it would turn a verdict that stands, which needs a notice."""
        try:
            actions.publish_record(
                record,
                by=self.users["publisher"],
                now=self.tick(),
                reason=reason,
                checks=checks,
                notice=notice,
            )
        except actions.RuleViolation:
            if notice:
                raise
            return False
        return True


def checks_of(fields: dict[str, Any]) -> list[PublishingCheck]:
    """That the reports were held against the claim's test: not where there is none to apply, or none of its own."""
    untested = "uncheckable_reason" in fields or fields["slug"] in TEST_NOT_LOOKED_AT
    return [] if untested else [PublishingCheck.CRITERION]


def words_of_notice(record: Any, words: Pair) -> Pair:
    """What readers are told on the page of a claim says which report it is about."""
    report = record.evidence if isinstance(record, EvidenceLink) else record
    if not isinstance(report, Evidence):
        return words
    summary, summary_ar = report.summary.rstrip("."), report.translations["ar"]["summary"].rstrip(".")
    inner = summary_ar.replace("«", "“").replace("»", "”")
    return f"On the report “{summary}”: {words[0]}", f"عن التقرير «{inner}»: {words[1]}"
