from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.domain.about import AboutSubject

from .base import (
    NaturalManager,
    Publishable,
    PublishableQuerySet,
    Slugged,
    all_filled,
    one_of_constraint,
    term_choices,
)
from .translated import Translated


class AboutManager(NaturalManager.from_queryset(PublishableQuerySet)):  # type: ignore[misc]
    pass


class About(Slugged, Translated, Publishable):
    """What the editors say of themselves: one text for each subject of the page about the site."""

    slug_source = "subject"
    known_from = ""  # it has no date of its own: it is known from its publication
    translatable = ("text",)

    subject = models.CharField(_("subject"), max_length=12, unique=True, choices=term_choices(AboutSubject))
    text = models.TextField(
        _("text"),
        help_text=_("Plain paragraphs, parted by a blank line. Web and e-mail addresses become links."),
    )

    objects = AboutManager()

    class Meta(Publishable.Meta):
        verbose_name = _("text about the site")
        verbose_name_plural = _("texts about the site")
        ordering = ("pk",)
        permissions = [
            ("publish_about", "Can publish texts about the site"),
            ("withdraw_about", "Can withdraw texts about the site"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            one_of_constraint("subject", AboutSubject, "about_subject_known"),
            models.CheckConstraint(condition=all_filled("text"), name="about_says_something"),
        ]

    def __str__(self) -> str:
        return gettext(AboutSubject(self.subject).label) if self.subject else ""

    def get_absolute_url(self) -> str:
        return f"{reverse('about')}#{self.subject}"
