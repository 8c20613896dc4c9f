"""Publishes the Syria dossier again and rewrites the fixture: `python -m tests.remake_dossier`.

The records come from fixtures/syria.json itself. Authors, gradings, reviews, publications, snapshots, notices and
ledger are made by the product's own actions, with a clock that runs from October to November 2026.
"""

import json
import os
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

FIXTURE = Path(__file__).parent.parent / "fixtures" / "syria.json"
START = datetime(2026, 10, 20, 9, tzinfo=UTC)
GRADED = datetime(2026, 10, 27, 9, tzinfo=UTC)
GRADED_AGAIN = datetime(2026, 10, 28, 9, tzinfo=UTC)
REVIEWED = datetime(2026, 10, 30, 9, tzinfo=UTC)
PUBLISHED = datetime(2026, 11, 1, 9, tzinfo=UTC)
REVISED = datetime(2026, 11, 9, 9, tzinfo=UTC)

ENTERED = [
    "topic",
    "place",
    "speaker",
    "role",
    "source",
    "origin",
    "statement",
    "claim",
    "evidence",
    "evidencelink",
]
MADE_HERE = {
    "status", "published_at", "published_by", "created_at", "created_by", "changed_at", "changed_by", "submitted_at",
    "submitted_by", "approved_by", "topics", "places",
}  # fmt: skip

# Where the second editor saw it otherwise; a third one's grading then settled it, so that the median stays.
OTHERWISE = {
    ("local-ceasefires-hold", "front-lines-held-for-18-months"): -1,
    ("campaign-against-isis-sustained", "attack-on-sinaa-prison"): -2,
    ("humanitarian-assistance-increased", "earthquake-relief-licence"): 2,
    ("violence-kept-down", "israeli-strikes-go-on"): -2,
}
# A grade that stood wrong for a week: report, wrong grade, what readers were told, and its translation.
MISGRADED = (
    "centcom-review-of-2022",
    4,
    "We had graded the command’s review of 2022 as doubtful hearsay (4). It is its own published count: probable (2).",
    {
        "ar": {
            "what_was_wrong": "كنا قد قيّمنا مراجعة القيادة لعام 2022 بأنها كلام منقول مشكوك فيه (4). "
            "وهي إحصاء القيادة نفسها كما نشرته: صحيح على الأرجح (2).",
            "by": "Words & Ground",
        }
    },
)  # fmt: skip


class House:
    """Enters the fixture's records one by one."""

    def __init__(self, records: list[dict[str, Any]]) -> None:
        from django.contrib.auth.models import User

        self.of: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for record in records:
            self.of[record["model"].partition(".")[2]].append(record)
        self.users = {user.username: user for user in User.objects.all()}
        self.clock = START
        self.made: dict[str, dict[Any, Any]] = defaultdict(dict)

    def tick(self) -> datetime:
        self.clock += timedelta(minutes=1)
        return self.clock

    def append_entries_of(self) -> None:
        for kind in ENTERED:
            for record in self.of[kind]:
                self.append_entries(kind, record["fields"])
        for record in self.of["searchnote"]:
            self.append_entries("searchnote", record["fields"])

    def append_entries(self, kind: str, fields: dict[str, Any]) -> None:
        from django.apps import apps

        from claims import actions

        model = apps.get_model("claims", kind)
        record = model()
        many = {}
        for name, value in fields.items():
            field = model._meta.get_field(name)
            if field.many_to_many:
                many[name] = [field.related_model.objects.get_by_natural_key(*key) for key in value]
            elif name in MADE_HERE:
                continue
            elif field.is_relation:
                setattr(record, name, value and field.related_model.objects.get_by_natural_key(*value))
            else:
                setattr(record, name, field.to_python(value))
        if kind == "evidence" and record.slug == MISGRADED[0]:
            record.credibility = MISGRADED[1]
        writer = self.users[(fields.get("created_by") or ["editor"])[0]]
        actions.save(record, by=writer, now=self.tick(), many=many)

    def grade_all(self) -> None:
        from claims import actions
        from claims.models import EvidenceLink

        for round_, rater, start in (
            (0, "editor", GRADED),
            (1, "reviewer", GRADED_AGAIN),
            (2, "publisher", GRADED_AGAIN),
        ):
            for n, (key, stance) in enumerate(self.stances().items()):
                given = OTHERWISE.get(key, stance) if round_ == 1 else stance
                if round_ == 2 and key not in OTHERWISE:
                    continue
                link = EvidenceLink.objects.get_by_natural_key(*key)
                now = start + timedelta(minutes=n, hours=round_ * 2)
                actions.grade_links({link: given}, by=self.users[rater], now=now)

    def stances(self) -> dict[tuple[str, str], int]:
        """The first editor's stance on each link."""
        rows = [record["fields"] for record in self.of["rating"]]
        return {tuple(row["link"]): row["stance"] for row in rows if row["rater"] == ["editor"]}

    def review_and_publish(self) -> None:
        from claims import actions
        from claims.models import Claim, Evidence, Statement

        said = {
            Statement: "Held against the source, letter for letter.",
            Evidence: "Held against the report and its archived copy.",
            Claim: "One proposition, its span checked, both searches read.",
        }
        for n, (model, reason) in enumerate(said.items()):
            for m, record in enumerate(model.objects.order_by("pk")):
                at = timedelta(hours=2 * n, minutes=m)
                actions.submit_for_review(record, by=record.created_by, now=REVIEWED + at)
                actions.publish_record(record, by=self.users["publisher"], now=PUBLISHED + at, reason=reason)

    def mend_the_grade(self) -> None:
        from claims import actions
        from claims.domain.vocabulary import CorrectionKind
        from claims.models import Evidence

        slug, _wrong, words, translations = MISGRADED
        right = next(
            row["fields"]["credibility"] for row in self.of["evidence"] if row["fields"]["slug"] == slug
        )
        report = Evidence.objects.get(slug=slug)
        report.credibility = right
        notice = actions.CorrectionNotice(CorrectionKind.CORRECTION, words, translations)
        reason = "The count is the command’s own, not hearsay."
        actions.save(report, by=self.users["reviewer"], now=REVISED, reason=reason, notice=notice)
        proposal = actions.pending_proposal(report)
        assert proposal
        actions.accept_proposal(proposal, by=self.users["publisher"], now=REVISED + timedelta(hours=3))


def main() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    records = json.loads(FIXTURE.read_text(encoding="utf-8"))
    users = [record for record in records if record["model"] == "auth.user"]
    load_users(users)
    house = House(records)
    house.append_entries_of()
    house.grade_all()
    house.review_and_publish()
    house.mend_the_grade()
    write(users)


def load_users(users: list[dict[str, Any]]) -> None:
    from django.core import serializers

    for user in serializers.deserialize("python", users):
        user.save()


DUMPED = [
    "topic", "place", "speaker", "role", "source", "origin", "statement", "claim", "evidence", "evidencelink", "rating",
    "searchnote", "correction", "snapshot", "entry",
]  # fmt: skip


def write(users: list[dict[str, Any]]) -> None:
    from django.apps import apps
    from django.core import serializers

    from claims.ledger.verification import ledger_faults

    assert not list(ledger_faults()), list(ledger_faults())
    rows = [row for kind in DUMPED for row in apps.get_model("claims", kind)._base_manager.order_by("pk")]
    text = serializers.serialize(
        "json", rows, use_natural_foreign_keys=True, use_natural_primary_keys=True, ensure_ascii=False
    )
    records = [*users, *(tidy(record) for record in json.loads(text))]
    lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    FIXTURE.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def tidy(record: dict[str, Any]) -> dict[str, Any]:
    """The record without empty columns."""
    fields = {name: value for name, value in record["fields"].items() if value not in (None, "", {})}
    return {**record, "fields": fields}


if __name__ == "__main__":
    main()
