"""Addresses that are none of the web: a report's becomes a reference in words, others are named to be mended first."""

from django.core.management.base import CommandError
from django.db import migrations

ADDRESSES = {
    "evidence": ("url", "archived_url"),
    "statement": ("url", "archived_url"),
    "source": ("url",),
    "speaker": ("url",),
}
REFERENCE_LENGTH = 500


def keep_addresses_of_the_web(apps, schema_editor):
    rows_at_fault = []
    for name, columns in ADDRESSES.items():
        rows = apps.get_model("claims", name)._base_manager.using(schema_editor.connection.alias)
        for row in rows.only("slug", *columns).order_by("pk").iterator():
            wrong = [column for column in columns if not is_of_the_web(getattr(row, column))]
            if wrong == ["url"] and name == "evidence" and len(row.url) <= REFERENCE_LENGTH:
                rows.filter(pk=row.pk).update(url="", reference=row.url)
                print(f"\n  evidence {row.slug}: “{row.url}” is no web address; it is now where else it can be read")
            else:
                rows_at_fault += [f"{name} {row.slug}, {column}: “{getattr(row, column)}”" for column in wrong]
    if rows_at_fault:
        raise CommandError(
            "These addresses begin with neither http:// nor https://. With the release that you had, give each record "
            "a web address or none, then migrate again:\n" + "\n".join(rows_at_fault)
        )


def is_of_the_web(address):
    return not address or address.lower().startswith(("http://", "https://"))


class Migration(migrations.Migration):
    dependencies = [("claims", "0009_verdicts_that_hold")]
    operations = [migrations.RunPython(keep_addresses_of_the_web, migrations.RunPython.noop)]
