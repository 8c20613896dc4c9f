"""The effect of a change on public gaps, and the correction notices that it requires."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.outdated_translations import translate_software_text
from claims.actions.rule_violation import RuleViolation
from claims.domain.dossier import Gap, score_dossiers
from claims.domain.vocabulary import Act, CorrectionKind
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


@dataclass(frozen=True)
class GapChange:
    """A published claim's gap before a change and after it."""

    claim: Claim
    before: Gap
    after: Gap

    @property
    def changes_state(self) -> bool:
        return self.before.state != self.after.state

    @property
    def words(self) -> str:
        """“69 → 73, mostly contradicts stays”."""
        numbers = _("%(before)s → %(after)s") % {
            "before": _round_gap(self.before), "after": _round_gap(self.after),
        }  # fmt: skip
        states = {"before": _(self.before.state.label), "after": _(self.after.state.label)}
        if self.changes_state:
            return _("%(numbers)s, %(before)s becomes %(after)s") % {"numbers": numbers, **states}
        return _("%(numbers)s, %(after)s stays") % {"numbers": numbers, **states}


def _round_gap(gap: Gap) -> str:
    return "—" if gap.headline is None else whole_gap(gap.headline)


def published_gaps(claims: Collection[int], now: datetime) -> dict[int, tuple[Claim, Gap]]:
    """The gaps that readers see today, by claim. Claims that readers do not see are left out."""
    rows = list(Claim.objects.published().filter(pk__in=claims).order_by("pk"))
    of_claim, today = build_dossiers(rows), timezone.localdate(now)
    gaps = score_dossiers([(of_claim[claim.pk], today) for claim in rows]) if rows else []
    return {claim.pk: (claim, gap) for claim, gap in zip(rows, gaps, strict=True)}


def gap_changes(before: dict[int, tuple[Claim, Gap]], after: dict[int, tuple[Claim, Gap]]) -> list[GapChange]:
    """The claims that are public before and after, and whose visible gap or state differs."""
    both = [GapChange(claim, gap, after[key][1]) for key, (claim, gap) in before.items() if key in after]
    return [move for move in both if move.changes_state or _round_gap(move.before) != _round_gap(move.after)]


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

    A notice is required if a published state moves or official words change (`altered`). A notice that was written is
    also published on the page `aside`.
    """
    moved = list(moved)
    turned = [move for move in moved if move.changes_state]
    owed: dict[Claim | Statement | Evidence, Callable[[], str]] = dict.fromkeys(altered, str)
    owed |= {move.claim: lambda move=move: move.words for move in turned}  # type: ignore[misc]
    if not notice or not notice.what_was_wrong.strip():
        if owed:
            raise RuleViolation(_missing_notice_message(turned, owed, by))
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


def _missing_notice_message(
    turned: list[GapChange], owed: Iterable[Claim | Statement | Evidence], by: User
) -> str:
    if turned and links_sealed_for(by).filter(claim__in=[move.claim for move in turned]).exists():
        # Editors who still have to grade blind do not see the effect.
        return _(
            "This turns a verdict that readers see. Write the notice that they will read: its kind, what was wrong."
        )
    if turned:
        moved = "; ".join(f"“{move.claim}”: {move.words}" for move in turned)
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
