"""Made-up records in the proportions of a large archive, the same for the same seed.

Nothing here goes through the actions: `manage.py seed_scale` drops the search index before, and afterwards scores the
claims and enters the records into the ledger.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims.domain.vocabulary import (
    ClaimKind,
    ClaimStanding,
    Credibility,
    Directness,
    Reliability,
    Settlement,
    SourceKind,
    Stance,
    Status,
)
from claims.management.scale_words import ScaleWords
from claims.models import (
    Claim,
    Evidence,
    EvidenceLink,
    Origin,
    Place,
    Rating,
    Source,
    Speaker,
    Statement,
    Topic,
)

FIRST_DAY, LAST_DAY = (
    date(2010, 1, 1),
    date(2025, 12, 31),
)  # fixed, so that the records do not depend on today
WRITTEN_AT = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 500  # claims stored in one transaction
CLAIMS_A_STATEMENT = 3
RECENT_REPORTS = 2_000  # a report that bears on several claims is one of the latest
GRADERS = ("scale-grader-1", "scale-grader-2", "scale-grader-3")
EDITORS = ("scale-writer", "scale-publisher", *GRADERS)


@dataclass
class ScaleArchive:
    """The records of one archive. `store` writes them batch by batch."""

    claims: int
    seed: int
    editors: dict[str, User] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)  # noqa: S311 - not for secrets
        self.words = ScaleWords(self.rng)
        self.made: dict[str, int] = {}
        self.reports: list[Evidence] = []

    def store(self) -> Iterator[int]:
        """Store all records. Yields the number of claims stored so far after each batch."""
        with transaction.atomic():
            self._store_references()
        for at in range(0, self.claims, BATCH):
            with transaction.atomic():
                self._store_batch(min(BATCH, self.claims - at))
            yield min(at + BATCH, self.claims)

    # What claims refer to ---------------------------------------------------------------------------------------------

    def _store_references(self) -> None:
        self.editors = {name: _editor(name) for name in EDITORS}
        self.speakers = Speaker.objects.bulk_create(
            Speaker(
                slug=self._slug("speaker"),
                name=self.words.name(),
                standing=self._weighted(STANDINGS),
                **self._authored(),
            )
            for _n in range(max(20, self.claims // 300))
        )
        self.publishers = Source.objects.bulk_create(
            Source(slug=self._slug("source"), name=self.words.name(), kind=self._weighted(SOURCE_KINDS),
                   reliability=(grade := self._weighted(RELIABILITIES)), **self._authored(),
                   reliability_reason="" if grade == Reliability.F else self.words.sentence(8))
            for _n in range(max(15, self.claims // 500))
        )  # fmt: skip
        self.topics = self._store_tree(Topic, "topic", 60)
        self.places = self._store_tree(Place, "place", 80, latitude="34.5000", longitude="38.2000")

    def _store_tree(self, model: type[Any], kind: str, number: int, **more: Any) -> list[Any]:
        """Rows of which the first tenth is on top, and each of the others inside one of those."""
        top = model.objects.bulk_create(
            model(slug=self._slug(kind), name=self.words.name(), **more) for _n in range(number // 10)
        )
        inner = model.objects.bulk_create(
            model(slug=self._slug(kind), name=self.words.name(), parent=self._skewed(top), **more)
            for _n in range(number - len(top))
        )
        return [*inner, *top]

    # Claims and what bears on them ------------------------------------------------------------------------------------

    def _store_batch(self, number: int) -> None:
        statements = Statement.objects.bulk_create(
            self._statement() for _n in range(-(-number // CLAIMS_A_STATEMENT))
        )
        claims = Claim.objects.bulk_create(
            self._claim(statements[n // CLAIMS_A_STATEMENT], n % CLAIMS_A_STATEMENT) for n in range(number)
        )
        for name, nodes in (("topics", self.topics), ("places", self.places)):
            self._store_nodes(getattr(Claim, name).through, name[:-1], claims, nodes)
        origins = Origin.objects.bulk_create(
            Origin(slug=self._slug("event"), name=self.words.sentence(6)) for _n in range(number // 4 + 1)
        )
        self._store_links(claims, origins)

    def _statement(self) -> Statement:
        language = "ar" if self.rng.random() < 0.2 else "en"
        said = self.words.sentences(CLAIMS_A_STATEMENT + 3, language)
        return Statement(
            slug=self._slug("statement"), title=self.words.sentence(5), speaker=self._skewed(self.speakers),
            said_on=self._partial_day(self._day()), text=" ".join(said), language=language,
            source=self._skewed(self.publishers), url="https://archive.example/remarks", **self._standing(),
        )  # fmt: skip

    def _claim(self, statement: Statement, position: int) -> Claim:
        kind = self._weighted(CLAIM_KINDS)
        is_settled = kind == ClaimKind.COMMITMENT and self.rng.random() < 0.5
        settled = {
            "settled_as": self.rng.choice(list(Settlement)).value,
            "settled_on": statement.said_on.last + timedelta(days=self.rng.randint(30, 900)),
            "settled_by": self.editors["scale-publisher"],
            "settlement": self.words.sentence(10),
        }
        is_vague = not is_settled and self.rng.random() < 0.02
        return Claim(
            slug=self._slug("claim"), statement=statement, position=position, kind=kind,
            proposition=self.words.sentence(9), quote=self.words.split(statement.text)[position],
            criterion=self.words.sentence(14), answer=self.words.sentence(15) if self.rng.random() < 0.7 else "",
            uncheckable_reason=self.words.sentence(6) if is_vague else "",
            **(settled if is_settled else {}), **self._standing(statement.status),
        )  # fmt: skip

    def _store_nodes(self, through: type[Any], name: str, claims: Sequence[Claim], nodes: list[Any]) -> None:
        pairs = [
            (claim.pk, key)
            for claim in claims
            for key in sorted({self._skewed(nodes).pk for _n in range(self._weighted({1: 6, 2: 3, 3: 1}))})
        ]
        through.objects.bulk_create(
            through(**{"claim_id": claim, f"{name}_id": node}) for claim, node in pairs
        )

    def _store_links(self, claims: Sequence[Claim], origins: list[Origin]) -> None:
        bearing = [(claim, self._links_of_claim()) for claim in claims]
        new = Evidence.objects.bulk_create(
            self._report(claim.statement.said_on.last, origins)
            for claim, number in bearing
            for _n in range(-(-number * 2 // 3))
        )
        fresh = iter(new)
        links, leanings = [], {}
        for claim, number in bearing:
            leanings[claim.pk] = self._weighted(LEANINGS)
            own = [next(fresh) for _n in range(-(-number * 2 // 3))]
            recent = self.reports[-RECENT_REPORTS:]
            known = self.rng.sample(recent, min(number - len(own), len(recent)))
            links += [self._link(claim, report) for report in [*own, *known]]
        self.reports = [*self.reports, *new][-RECENT_REPORTS:]
        EvidenceLink.objects.bulk_create(links)
        Rating.objects.bulk_create(
            rating for link in links for rating in self._ratings(link, leanings[link.claim_id])
        )

    def _links_of_claim(self) -> int:
        """Most claims have few reports, and a few have many."""
        return min(int(1.5 * self.rng.paretovariate(1.1)), 60) if self.rng.random() < 0.92 else 0

    def _report(self, said: date, origins: list[Origin]) -> Evidence:
        known = min(said + timedelta(days=self.rng.randint(-200, 700)), LAST_DAY)
        event = known - timedelta(days=int(self.rng.expovariate(1 / 20)))
        return Evidence(
            slug=self._slug("report"), summary=self.words.sentence(10), known=self._partial_day(known),
            event=self._partial_day(event) if self.rng.random() < 0.85 else None,
            source=self._skewed(self.publishers), origin=self._skewed(origins) if self.rng.random() < 0.4 else None,
            place=self._skewed(self.places) if self.rng.random() < 0.6 else None,
            url=f"https://reports.example/{self.made['report']}", credibility=self._weighted(CREDIBILITIES),
            **self._standing(),
        )  # fmt: skip

    def _link(self, claim: Claim, report: Evidence) -> EvidenceLink:
        return EvidenceLink(
            claim=claim, evidence=report, directness=self._weighted(DIRECTNESSES),
            interested=self.rng.random() < 0.05, rationale=self.words.sentence(8), **self._authored(),
        )  # fmt: skip

    def _ratings(self, link: EvidenceLink, leaning: tuple[int, ...]) -> list[Rating]:
        """Two gradings of most links, a third of some, and one or none of those that wait on the desk."""
        graders = self.rng.sample(GRADERS, self._weighted({0: 3, 1: 4, 2: 88, 3: 5}))
        stance = self.rng.choices(list(Stance), leaning)[0]
        stances = [max(-2, min(2, stance + self.rng.choice((0, 0, 0, 1, -1)))) for _grader in graders]
        return [
            Rating(link=link, rater=self.editors[grader], stance=stance, first_stance=stance,
                   rated_at=WRITTEN_AT, first_rated_at=WRITTEN_AT)
            for grader, stance in zip(graders, stances, strict=True)
        ]  # fmt: skip

    # How values are chosen --------------------------------------------------------------------------------------------

    def _skewed(self, rows: Sequence[Any]) -> Any:
        """One of the rows. The first of them are chosen far more often than the last."""
        return rows[int(len(rows) * self.rng.random() ** 3)]

    def _weighted(self, weights: dict[Any, int]) -> Any:
        return self.rng.choices(list(weights), list(weights.values()))[0]

    def _day(self) -> date:
        """A day of the archive, the later the more probable."""
        return FIRST_DAY + timedelta(days=int((LAST_DAY - FIRST_DAY).days * self.rng.random() ** 0.6))

    def _partial_day(self, day: date) -> str:
        return day.isoformat()[: self._weighted({10: 88, 7: 9, 4: 3})]

    def _slug(self, kind: str) -> str:
        self.made[kind] = self.made.get(kind, 0) + 1
        return f"scale-{self.seed}-{kind}-{self.made[kind]}"

    def _authored(self) -> dict[str, Any]:
        writer = self.editors["scale-writer"]
        return {
            "created_at": WRITTEN_AT,
            "created_by": writer,
            "changed_at": WRITTEN_AT,
            "changed_by": writer,
        }

    def _standing(self, of_parent: str = Status.PUBLISHED) -> dict[str, Any]:
        """The columns of a published record or, of a few, of a draft."""
        if of_parent != Status.PUBLISHED or self.rng.random() < 0.03:
            return self._authored()
        publisher = self.editors["scale-publisher"]
        return {
            "status": Status.PUBLISHED.value, "published_at": WRITTEN_AT, "published_by": publisher,
            "approved_by": publisher, **self._authored(),
        }  # fmt: skip


def _editor(name: str) -> User:
    """An account that nobody can sign in to."""
    return User.objects.get_or_create(username=name, defaults={"password": "!"})[0]


STANDINGS = {
    ClaimStanding.OFFICIAL.value: 8,
    ClaimStanding.EXPERT.value: 1,
    ClaimStanding.ARMED_GROUP.value: 1,
}
SOURCE_KINDS = {SourceKind.NEWS.value: 6, SourceKind.OFFICIAL.value: 2, SourceKind.MONITOR.value: 2}
RELIABILITIES = {
    Reliability(letter).value: weight for letter, weight in zip("ABCDF", (3, 4, 2, 1, 1), strict=True)
}
CREDIBILITIES = {
    Credibility(grade).value: weight for grade, weight in zip((1, 2, 3, 4, 6), (3, 4, 2, 1, 1), strict=True)
}
CLAIM_KINDS = {kind.value: weight for kind, weight in zip(ClaimKind, (1, 3, 6, 2, 2, 1), strict=True)}
# How often each stance occurs on the links of one claim: most claims are contradicted, supported or disputed.
LEANINGS = {(60, 25, 10, 4, 1): 4, (1, 4, 10, 25, 60): 4, (30, 15, 10, 15, 30): 2}
DIRECTNESSES = {Directness.DIRECT.value: 6, Directness.INDIRECT.value: 3, Directness.CONTEXTUAL.value: 1}
