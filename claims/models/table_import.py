from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TableImport(models.Model):
    """A table that an editor gave: until it is imported with its content, afterwards with what it came to. Private."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="table_imports", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    kind = models.CharField(_("kind"), max_length=20)
    name = models.CharField(_("file"), max_length=200, blank=True)
    content = models.BinaryField(_("content"), default=b"", blank=True)
    mapping = models.JSONField(_("columns matched by hand"), default=dict, blank=True)
    done_at = models.DateTimeField(_("imported"), null=True, blank=True)
    counts = models.JSONField(_("records"), default=dict, blank=True)

    class Meta:
        verbose_name = _("import of a table")
        verbose_name_plural = _("imports of tables")
        ordering = ("-pk",)
        indexes = [models.Index("by", "done_at", name="tableimport_by_editor")]

    def __str__(self) -> str:
        return self.name or self.kind


class ImportedRow(models.Model):
    """The record that a row of a table became, by the row's own id, so that importing it again enters no other."""

    table_import = models.ForeignKey(
        TableImport, models.CASCADE, related_name="rows", verbose_name=_("import of a table")
    )
    kind = models.CharField(_("kind"), max_length=20)
    external_id = models.CharField(_("id in the table"), max_length=200)
    record_id = models.BigIntegerField(_("record"))
    # As the table gave them, to see what a later table changes; and as they were stored, to see what the desk changed.
    given = models.JSONField(_("values of the table"), default=dict, blank=True)
    stored = models.JSONField(_("values stored"), default=dict, blank=True)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        constraints = [
            models.UniqueConstraint("kind", "external_id", name="importedrow_once"),
            models.CheckConstraint(condition=~models.Q(external_id=""), name="importedrow_has_an_id"),
        ]
        indexes = [models.Index("kind", "record_id", name="importedrow_by_record")]

    def __str__(self) -> str:
        return self.external_id
