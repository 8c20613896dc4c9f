from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import UNSCORED, State

from .base import one_of_constraint, term_choices
from .claim import Claim

_UNSCORED = [state.value for state in sorted(UNSCORED)]


class GapColumns(models.Model):
    """The figures of a gap as of a day. Only `actions.rescore` writes them."""

    as_of = models.DateField(_("as of"))
    method = models.CharField(_("method"), max_length=20)
    gap = models.FloatField(_("gap in the working"), null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    state = models.CharField(_("state"), max_length=20, choices=term_choices(State))
    tentative = models.BooleanField(_("tentative"))
    contradicting = models.FloatField(_("weight against"))
    supporting = models.FloatField(_("weight for"))
    publishers_against = models.PositiveIntegerField(_("publishers against"), null=True)
    publishers_for = models.PositiveIntegerField(_("publishers for"), null=True)
    publishers = models.PositiveIntegerField(_("publishers"), null=True)
    events_against = models.PositiveIntegerField(_("events against"), null=True)
    events_for = models.PositiveIntegerField(_("events for"), null=True)

    class Meta:
        abstract = True
        constraints = [
            one_of_constraint("state", State, "%(class)s_state_known"),
            models.CheckConstraint(
                # With IS NOT NULL, because a check whose result is NULL accepts the row.
                condition=Q(gap__isnull=True, low__isnull=True, high__isnull=True, tentative=False)
                | Q(
                    Q(gap__isnull=False, low__isnull=False, high__isnull=False),
                    Q(gap__gte=F("low"), gap__lte=F("high"), low__gte=0, high__lte=100),
                ),
                name="%(class)s_gap_within_its_interval",
            ),
            models.CheckConstraint(
                condition=Q(gap__isnull=False) | Q(state__in=_UNSCORED),
                name="%(class)s_verdict_has_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.UNCHECKABLE.value) | Q(gap__isnull=True),
                name="%(class)s_uncheckable_has_no_number",
            ),
        ]

    @property
    def term(self) -> State:
        return State(self.state)


class ClaimGap(GapColumns):
    """The stored gap, by which lists sort and filter. It depends only on published evidence and `as_of`.

    It has its own table, so that daily rescoring and an editor's save do not wait for the same row.
    """

    claim = models.OneToOneField(
        Claim, models.CASCADE, primary_key=True, related_name="gap", verbose_name=_("claim")
    )
    headline = models.FloatField(
        _("gap"), null=True, help_text=_("Only where the evidence suffices for a verdict.")
    )
    doubt = models.FloatField(_("width of the interval"), null=True, help_text=_("Only with a headline."))
    moved_on = models.DateField(_("last moved on"), null=True)
    moved_from = models.FloatField(_("gap before it moved"), null=True)
    moved_to = models.FloatField(_("gap after it moved"), null=True)

    class Meta(GapColumns.Meta):
        verbose_name = _("gap")
        verbose_name_plural = _("gaps")
        constraints = [
            *GapColumns.Meta.constraints,
            models.CheckConstraint(
                condition=Q(headline__isnull=True, doubt__isnull=True, state__in=_UNSCORED)
                | (
                    Q(headline__isnull=False, doubt__isnull=False, headline=F("gap"))
                    & ~Q(state__in=_UNSCORED)
                ),
                name="claimgap_headline_only_with_a_verdict",
            ),
        ]
        indexes = [
            models.Index("headline", "claim", name="claimgap_by_headline"),  # the list, widest gap first
            models.Index("state", "claim", name="claimgap_by_state"),  # the list's filter and facet by state
            models.Index(
                "moved_on", "claim", name="claimgap_by_movement"
            ),  # the home page: what moved lately
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.state}"


class SnapshotManager(models.Manager["Snapshot"]):
    def get_by_natural_key(self, claim: str, number: int) -> "Snapshot":
        return self.get(claim__slug=claim, number=number)


class Snapshot(GapColumns):
    """What the site said about a claim on a day, with the version of the method and its inputs. Append-only."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="snapshots", verbose_name=_("claim"))
    number = models.PositiveIntegerField(_("number"))
    taken_at = models.DateTimeField(_("taken"), default=timezone.now)
    origins = models.PositiveIntegerField(_("origins, as gap-beta/1.0 counted them"), null=True)
    inputs = models.JSONField(_("inputs"))
    parts = models.JSONField(
        _("each link’s part"), null=True, help_text=_("As they were published, by link.")
    )
    digest = models.CharField(_("digest of the inputs"), max_length=64)

    objects = SnapshotManager()

    class Meta(GapColumns.Meta):
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ("claim", "number")
        constraints = [
            *GapColumns.Meta.constraints,
            models.UniqueConstraint("claim", "number", name="snapshot_numbered_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="snapshot_numbered_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} @{self.number}"

    def natural_key(self) -> tuple[str, int]:
        return (self.claim.slug, self.number)

    natural_key.dependencies = ["claims.claim"]  # type: ignore[attr-defined]
