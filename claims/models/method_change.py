from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MethodChangeManager(models.Manager["MethodChange"]):
    def get_by_natural_key(self, name: str) -> "MethodChange":
        return self.get(name=name)


class MethodChange(models.Model):
    """That the site scores by another method from now on. Written by the first scoring with it; append-only."""

    name = models.CharField(_("method"), max_length=20, unique=True)
    replaces = models.CharField(_("in place of"), max_length=20)
    adopted_at = models.DateTimeField(_("since"))

    objects = MethodChangeManager()

    class Meta:
        verbose_name = _("method of scoring")
        verbose_name_plural = _("methods of scoring")
        ordering = ("adopted_at",)
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(replaces=""), name="methodchange_names_both"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.name,)
