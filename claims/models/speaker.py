from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import ClaimStanding, Nature

from .base import Authored, NaturalManager, Slugged, one_of_constraint, term_choices, web_address_constraint
from .fields import PartialDateField, period_in_order
from .translated import Translated


class Speaker(Slugged, Translated, Authored):
    """A person or an institution that makes statements."""

    translatable = ("name", "about")

    name = models.CharField(_("name"), max_length=200, help_text=_("As it is written in public records."))
    nature = models.CharField(
        _("nature"), max_length=12, choices=term_choices(Nature), default=Nature.PERSON.value
    )
    standing = models.CharField(
        _("standing"),
        max_length=12,
        choices=term_choices(ClaimStanding),
        default=ClaimStanding.OFFICIAL.value,
    )
    about = models.TextField(_("about"), blank=True, help_text=_("One or two sentences that a reader needs."))
    url = models.URLField(_("official page"), blank=True)
    institution = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("belongs to"),
        help_text=_(
            "The institution that this person or body speaks for: an army belongs to its government."
        ),
    )

    objects = NaturalManager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ("name",)
        constraints = [
            one_of_constraint("nature", Nature, "speaker_nature_known"),
            one_of_constraint("standing", ClaimStanding, "speaker_standing_known"),
            models.CheckConstraint(condition=~Q(name=""), name="speaker_has_a_name"),
            web_address_constraint("url", "speaker_url_is_of_the_web"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("speaker", args=[self.slug])

    def role_on(self, day: date) -> "Role | None":
        """The office held on a day. Of several, the one taken last. Reads `roles`, so prefetch them in lists."""
        return latest_role_held(self.roles.all(), day)


def latest_role_held(roles: "Iterable[Role]", day: date) -> "Role | None":
    """Of the offices held on a day, the one taken last; None if there is none."""
    held = [role for role in roles if role.held_on(day)]
    return max(held, key=lambda role: role.start.first if role.start else date.min, default=None)


class RoleManager(models.Manager["Role"]):
    def get_by_natural_key(self, speaker: str, title: str, start: str | None = None) -> "Role":
        """Without a beginning: the only office of that title, as older fixtures name it."""
        held = self.filter(speaker__slug=speaker, title=title)
        return held.get(start=start) if start else held.get()


class Role(Translated):
    """An office that a speaker held, with its start and end."""

    translatable = ("title",)

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="roles", verbose_name=_("speaker"))
    title = models.CharField(_("title"), max_length=200)
    start = PartialDateField(_("from"), null=True, blank=True)
    end = PartialDateField(_("to"), null=True, blank=True)

    objects = RoleManager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ("start",)
        constraints = [
            period_in_order("start", "role_start_in_order"),
            period_in_order("end", "role_end_in_order"),
            models.CheckConstraint(condition=~Q(title=""), name="role_has_a_title"),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(start__first__lte=F("end__last")),
                name="role_ends_after_it_starts",
            ),
            models.UniqueConstraint("speaker", "title", "start", name="role_once_a_beginning"),
            models.UniqueConstraint(
                "speaker", "title", condition=Q(start__isnull=True), name="role_once_without_a_beginning"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str, ...]:
        return (self.speaker.slug, self.title, *([str(self.start)] if self.start else []))

    natural_key.dependencies = ["claims.speaker"]  # type: ignore[attr-defined]

    def held_on(self, day: date) -> bool:
        return (self.start is None or self.start.first <= day) and (self.end is None or day <= self.end.last)
