"""Kinds that hang on a claim or another page: links, search notes, corrections, snapshots."""

from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from claims.domain.vocabulary import Act, Status
from claims.models import Correction, Entry, EvidenceLink, MethodChange, Rating, SearchNote, Snapshot

from .record_kind import Form, Part, RecordKind, Ref


class LinkKind(RecordKind):
    name = "link"
    model = EvidenceLink
    original_columns = frozenset({"claim", "directness", "evidence", "rationale"})
    is_bound = True
    history_stands_with = ("claim", "evidence")
    # The ratings without their raters: the method and the measure of agreement need no names.
    parts = (
        Part(
            Rating, "link", "ratings", ("first_rated_at", "pk"),
            ("stance", "first_stance", "rated_at", "first_rated_at"), claims_paths=("links__ratings",),
        ),
    )  # fmt: skip
    claims_paths = ("links",)
    is_revised = True
    decision_permission = "publish_claim"
    fixed_ends = frozenset({"claim", "evidence"})
    checked_with = ("claim", "evidence")
    is_graded = True

    @property
    def label(self) -> str:
        return _("graded report")

    def subject_of(self, form: Form) -> str:
        return f"{form['claim']}/{form['evidence']}"

    def subject_expression(self) -> Concat:
        return Concat("claim__slug", Value("/"), "evidence__slug", output_field=CharField())

    def refs_in(self, entry: Entry) -> list[Ref]:
        claim, _slash, evidence = entry.subject.partition("/")
        return [("claim", claim), ("evidence", evidence)]

    def ledger_rows(self) -> QuerySet[Any]:
        return EvidenceLink.objects.public()

    def act_when_touched(self, act: Act) -> Act:
        return Act.GRADE if act is Act.PUBLISH else act

    def notice_page(self, record: EvidenceLink) -> Any:
        return record.claim


class SearchNoteKind(RecordKind):
    name = "search"
    model = SearchNote
    original_columns = frozenset({"claim", "found", "outcome", "searched_on", "side", "sought", "where"})
    is_bound = True
    history_stands_with = ("claim",)
    act_when_new = Act.SEARCH
    changes_with_reason = True
    keeps_its_wording = True
    signed_in = "searched_by"

    def subject_of(self, form: Form) -> str:
        return f"{form['claim']}/{form['side']}/{form['searched_on']}/{form['where']}"

    def subject_expression(self) -> Concat:
        day, bar = Cast("searched_on", CharField()), Value("/")
        return Concat("claim__slug", bar, "side", bar, day, bar, "where", output_field=CharField())

    def refs_in(self, entry: Entry) -> list[Ref]:
        return [("claim", entry.subject.partition("/")[0])]

    def ledger_rows(self) -> QuerySet[Any]:
        return SearchNote.objects.filter(claim__status=Status.PUBLISHED)

    def act_when_touched(self, act: Act) -> Act:
        return Act.SEARCH


class CorrectionKind(RecordKind):
    name = "correction"
    model = Correction
    original_columns = frozenset({
        "claim", "corrected_on", "effect", "evidence", "kind", "slug", "statement", "what_was_wrong",
    })  # fmt: skip
    history_stands_with = ("claim", "statement", "evidence")
    act_when_new = Act.CORRECT
    changes_with_reason = True
    keeps_its_wording = True
    signed_in = "corrected_by"

    def refs_in(self, entry: Entry) -> list[Ref]:
        form = entry.told["record"] or {}
        return [(kind, form[kind]) for kind in ("claim", "statement", "evidence") if form.get(kind)]


class MethodChangeKind(RecordKind):
    name = "method"
    model = MethodChange
    original_columns = frozenset({"adopted_at", "name", "replaces"})
    act_when_new = Act.METHOD

    def subject_of(self, form: Form) -> str:
        return str(form["name"])

    def subject_expression(self) -> F:
        return F("name")

    def refs_in(self, entry: Entry) -> list[Ref]:
        return []


class SnapshotKind(RecordKind):
    name = "snapshot"
    model = Snapshot
    original_columns = frozenset({
        "as_of", "claim", "contradicting", "digest", "gap", "high", "inputs", "low", "method", "number", "origins",
        "state", "supporting", "taken_at", "tentative",
    })  # fmt: skip
    history_stands_with = ("claim",)
    hidden_in_diff = frozenset(
        {"number", "taken_at", "digest", "parts"}
    )  # the entry says them, or what they are made of

    @property
    def label(self) -> str:
        return _("score")

    def subject_of(self, form: Form) -> str:
        return f"{form['claim']}@{form['number']}"

    def subject_expression(self) -> Concat:
        return Concat("claim__slug", Value("@"), Cast("number", CharField()), output_field=CharField())

    def refs_in(self, entry: Entry) -> list[Ref]:
        return [("claim", entry.subject.rpartition("@")[0])]
