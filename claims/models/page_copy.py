from django.db import models
from django.utils.translation import gettext_lazy as _

from .evidence import Evidence


class PageCopy(models.Model):
    """A page of another site as it was sent once; its WARC file is in the store. Readers see its day and its hash."""

    address = models.CharField(_("address"), max_length=2000)
    final_address = models.TextField(_("address that it came from"))  # after redirects
    fetched_at = models.DateTimeField(_("fetched at"))
    status = models.PositiveSmallIntegerField(_("HTTP status"))
    kind = models.CharField(_("kind"), max_length=40)
    body_sha256 = models.CharField(_("SHA-256 of the page"), max_length=64)
    size = models.PositiveBigIntegerField(_("bytes of the page"))
    file = models.CharField(_("SHA-256 of its file"), max_length=64, unique=True)
    evidence = models.ManyToManyField(Evidence, related_name="copies", blank=True, verbose_name=_("evidence"))

    class Meta:
        verbose_name = _("copy of a page")
        verbose_name_plural = _("copies of pages")
        ordering = ("-fetched_at", "-pk")
        constraints = [models.UniqueConstraint("address", "body_sha256", name="pagecopy_once")]

    def __str__(self) -> str:
        return self.address
