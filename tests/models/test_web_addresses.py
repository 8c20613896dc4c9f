"""Addresses that the last release let in: kept in words, or named before anything is migrated."""

from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from claims.actions import record_outside_changes
from claims.models import Entry, Evidence, Statement
from tests.factories import NOW, EvidenceFactory, StatementFactory

pytestmark = pytest.mark.django_db

MIGRATION = import_module("claims.migrations.0010_addresses_of_the_web")


def set_past_the_constraint(record, constraint, **values):
    """As a fixture of the last release could."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {record._meta.db_table} DROP CONSTRAINT {constraint}")
        try:
            type(record).objects.filter(pk=record.pk).update(**values)
        finally:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA ignore_check_constraints = OFF")


def migrate():
    MIGRATION.keep_addresses_of_the_web(apps, connection.schema_editor())


def test_what_is_no_web_address_of_a_report_is_where_else_it_can_be_read(capsys):
    report, other = EvidenceFactory(), EvidenceFactory(url="HTTPS://Reports.example/2")
    set_past_the_constraint(report, "evidence_url_is_of_the_web", url="ftp://reports.example/1")
    migrate()
    report = Evidence.objects.get(pk=report.pk)
    assert (report.url, report.reference) == ("", "ftp://reports.example/1")
    assert f"evidence {report.slug}: “ftp://reports.example/1”" in capsys.readouterr().out
    assert Evidence.objects.get(pk=other.pk).url == "HTTPS://Reports.example/2"


@pytest.fixture
def upgraded():
    """A published report with an address of files, in the ledger, after the migration."""
    report = EvidenceFactory(published=True)
    set_past_the_constraint(report, "evidence_url_is_of_the_web", url="ftp://reports.example/1")
    record_outside_changes(now=NOW, reason="As the last release had it.")
    migrate()
    return report


def test_the_documented_upgrade_ends_in_a_ledger_that_holds(upgraded):
    out = StringIO()
    call_command("rescore", stdout=out)
    assert "what the upgrade changed: 1 address(es)" in out.getvalue()
    call_command("verify_ledger", stdout=out)
    entry = Entry.objects.filter(kind="evidence", subject=upgraded.slug).latest("number")
    assert entry.told["record"]["reference"] == "ftp://reports.example/1"
    assert "An upgrade keeps it as where else the report can be read." in entry.told["reason"]
    entries = Entry.objects.count()
    call_command("rescore", stdout=out)
    assert Entry.objects.count() == entries


def test_a_report_that_was_changed_otherwise_is_not_entered_with_it(upgraded):
    Evidence.objects.update(summary="Something else happened.")
    call_command("rescore", stdout=StringIO())
    with pytest.raises(CommandError, match="does not hold in 1 place"):
        call_command("verify_ledger", stdout=StringIO())


def test_any_other_address_is_named_with_its_record_and_nothing_is_migrated():
    statement = StatementFactory()
    set_past_the_constraint(statement, "statement_url_is_of_the_web", url="javascript:alert(1)")
    with pytest.raises(CommandError, match=f"statement {statement.slug}, url: “javascript:alert"):
        migrate()
    assert Statement.objects.get().url == "javascript:alert(1)"
