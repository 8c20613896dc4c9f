"""The effect of a change on public gaps, and the correction notices that it requires.

Every action that can move what readers see runs inside `demand_notice`, so that one rule holds on every road.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.outdated_translations import translate_software_text
from claims.actions.rule_violation import RuleViolation
from claims.domain.dossier import Gap, score_dossiers
from claims.domain.vocabulary import Act, CorrectionKind, Settlement, State
from claims.domain.wording import whole_gap
from claims.ledger.writer import ChangeReason, append_entries
from claims.models import Claim, Correction, Evidence, Statement
from claims.records.registry import kind_of_record
from claims.selectors.desk_blocks import links_sealed_for
from claims.selectors.dossiers import build_dossiers
from claims.text.translations import flatten_translations, nest_translations


@dataclass(frozen=True)
class CorrectionNotice:
    """A correction notice: its kind, and what was wrong. The effect is computed.

    `translations` are those of its text, as a correction stores them.
    """

    kind: CorrectionKind
    what_was_wrong: str
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


NO_FIGURE = "—"


@dataclass(frozen=True)
class PublishedVerdict:
    """What readers see of a claim on a day: its gap, and how it was settled if it was."""

    claim: Claim
    gap: Gap
    settlement: Settlement | None

    @property
    def stands(self) -> bool:
        """Whether it says something that a change could turn: “too little evidence” does not."""
        return self.gap.state.sufficient or self.gap.state is State.UNCHECKABLE or self.settlement is not None

    @property
    def number(self) -> str:
        return NO_FIGURE if self.gap.headline is None else whole_gap(self.gap.headline)


@dataclass(frozen=True)
class GapChange:
    """What readers see of a published claim before a change and after it."""

    claim: Claim
    verdict_before: PublishedVerdict
    verdict_after: PublishedVerdict

    @property
    def before(self) -> Gap:
        return self.verdict_before.gap

    @property
    def after(self) -> Gap:
        return self.verdict_after.gap

    @property
    def turns_verdict(self) -> bool:
        """Whether a verdict that stood becomes another or none. The first verdict on a claim turns nothing."""
        return self.verdict_before.stands and (self._changes_state or self._changes_settlement)

    @property
    def is_visible(self) -> bool:
        changes_number = self.verdict_before.number != self.verdict_after.number
        return changes_number or self._changes_state or self._changes_settlement

    @property
    def _changes_state(self) -> bool:
        return self.before.state != self.after.state

    @property
    def _changes_settlement(self) -> bool:
        return self.verdict_before.settlement != self.verdict_after.settlement

    @property
    def words(self) -> str:
        """“69 → 73, still: Mostly contradicted”, as a notice stores it."""
        numbers = _("%(before)s → %(after)s") % {
            "before": self.verdict_before.number, "after": self.verdict_after.number,
        }  # fmt: skip
        before, after = self._labels
        if before != after:
            words = {"numbers": numbers, "before": before, "after": after}
            return _("%(numbers)s, %(before)s becomes %(after)s") % words
        return _("%(numbers)s, still: %(after)s") % {"numbers": numbers, "after": after}

    @property
    def message(self) -> str:
        """The same for the desk, without figures where there were none and are none."""
        if self.verdict_before.number != NO_FIGURE or self.verdict_after.number != NO_FIGURE:
            return self.words
        before, after = self._labels
        return _("%(before)s becomes %(state)s") % {"before": before, "state": after}

    @property
    def _labels(self) -> tuple[str, str]:
        if self._changes_settlement:
            named = [each.settlement or each.gap.state for each in (self.verdict_before, self.verdict_after)]
        else:
            named = [self.before.state, self.after.state]
        return _(named[0].label), _(named[1].label)


def published_verdicts(
    claims: Collection[int], now: datetime, reports: Collection[int] = ()
) -> dict[int, PublishedVerdict]:
    """What readers see today, by claim, or would see if these reports too were published. Claims that they do not see
    are left out."""
    rows = list(Claim.objects.published().filter(pk__in=claims).order_by("pk")) if claims else []
    of_claim, today = build_dossiers(rows, reports=reports) if rows else {}, timezone.localdate(now)
    gaps = score_dossiers([(of_claim[claim.pk], today) for claim in rows]) if rows else []
    return {
        claim.pk: PublishedVerdict(claim, gap, claim.settlement_on(today))
        for claim, gap in zip(rows, gaps, strict=True)
    }


def gap_changes(
    before: Mapping[int, PublishedVerdict], after: Mapping[int, PublishedVerdict]
) -> list[GapChange]:
    """The claims that are public before and after, and of which readers see something else."""
    both = [GapChange(was.claim, was, after[key]) for key, was in before.items() if key in after]
    return [move for move in both if move.is_visible]


@dataclass
class WatchedChange:
    """A change inside `demand_notice`. The action fills in what it alters; what it moves stands there afterwards."""

    altered: list[Claim | Statement | Evidence] = field(
        default_factory=list
    )  # records with new official words
    aside: Claim | Statement | Evidence | None = None  # the page of a notice that nothing demands
    moved: list[GapChange] = field(default_factory=list)
    notices: list[Correction] = field(default_factory=list)


@contextmanager
def demand_notice(
    claims: Collection[int], notice: CorrectionNotice | None, *, by: User, now: datetime
) -> Iterator[WatchedChange]:
    """Compare what readers see of the claims before and after the block, and demand the notice that it owes.

    Publishes the notice at the end. Raises RuleViolation if one is owed and none was written.
    """
    before = published_verdicts(claims, now)
    change = WatchedChange()
    yield change
    change.moved = gap_changes(before, published_verdicts(before.keys(), now))
    change.notices = require_correction_notice(
        change.moved, change.altered, notice, by=by, now=now, aside=change.aside
    )


def require_correction_notice(
    moved: Iterable[GapChange],
    altered: Iterable[Claim | Statement | Evidence],
    notice: CorrectionNotice | None,
    *,
    by: User,
    now: datetime,
    aside: Claim | Statement | Evidence | None = None,
) -> list[Correction]:
    """Publish the notice on each record that requires one. Raises RuleViolation if one is required and none was
    written.

    A notice is required if a published verdict turns or official words change (`altered`). A notice that was written is
    also published on the page `aside`.
    """
    moved = list(moved)
    turned = [move for move in moved if move.turns_verdict]
    owed: dict[Claim | Statement | Evidence, Callable[[], str]] = dict.fromkeys(altered, str)
    owed |= {move.claim: lambda move=move: move.words for move in turned}  # type: ignore[misc]
    if not notice or not notice.what_was_wrong.strip():
        if owed:
            raise RuleViolation(missing_notice_message(turned, owed, by))
        return []
    if aside is not None and aside not in owed:
        owed[aside] = lambda: "; ".join(f"{move.claim.called}: {move.words}" for move in moved)
    return [publish_correction(record, notice, effect, by=by, now=now) for record, effect in owed.items()]


def publish_correction(
    record: Claim | Statement | Evidence,
    notice: CorrectionNotice,
    effect: Callable[[], str],
    *,
    by: User,
    now: datetime,
) -> Correction:
    """Publish a notice. `effect` is what the error changed, in the current language."""
    computed, translated = translate_software_text("effect", effect)
    correction = Correction(
        kind=notice.kind, what_was_wrong=notice.what_was_wrong.strip(), effect=computed,
        translations=nest_translations(flatten_translations(translated) | flatten_translations(notice.translations)),
        corrected_on=timezone.localdate(now), corrected_by=by, **{str(record._meta.model_name): record},
    )  # fmt: skip
    correction.save()
    append_entries(
        [correction], ChangeReason(act=Act.CORRECT, now=now, by=by, reason=notice.what_was_wrong.strip())
    )
    return correction


def missing_notice_message(
    turned: list[GapChange], owed: Iterable[Claim | Statement | Evidence], by: User
) -> str:
    """What to tell whoever makes the change: which verdicts turn, or else which official words (`owed`) change."""
    if turned and links_sealed_for(by).filter(claim__in=[move.claim for move in turned]).exists():
        # Editors who still have to grade blind do not see the effect.
        return _(
            "This turns a verdict that readers see. Write the notice that they will read: its kind, what was wrong."
        )
    if turned:
        moved = "; ".join(f"“{move.claim}”: {move.message}" for move in turned)
        return _(
            "This moves what readers see (%(moved)s). Write the notice that they will read: its kind, what was wrong."
        ) % {"moved": moved}
    return _(
        "This alters official words (“%(record)s”). Write the notice that readers will see: what was wrong."
    ) % {"record": next(iter(owed))}


def notice_page(record: Model) -> Claim | Statement | Evidence | None:
    """The public record on whose page a notice about the record appears; None if there is none."""
    kind = kind_of_record(record)
    return kind.notice_page(record) if kind else None
