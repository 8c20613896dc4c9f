"""Import of tables: a table is given, shown with the fate of each row, and imported. Nothing is stored before that."""

import csv
from io import StringIO
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claims import actions
from claims.actions import ImportReport, RuleViolation
from claims.admin.desk import ReadOnlyAdmin
from claims.admin.kept_forms import sign_writer
from claims.ingest.spreadsheets import UnreadableTable
from claims.ingest.table_files import read_table
from claims.ingest.table_kinds import LEFT_OUT, TABLE_KINDS, TableKind, template_headings
from claims.ingest.table_limits import MOST_BYTES
from claims.ingest.table_rows import Fate, PlannedRow
from claims.models import TableImport

MOST_SHOWN = 300  # rows
BY_NAME = "?"  # the choice that leaves a column to its name
FATES = {
    Fate.NEW: gettext_lazy("new"),
    Fate.CHANGED: gettext_lazy("is changed"),
    Fate.UNCHANGED: gettext_lazy("stays as it is"),
    Fate.LEFT: gettext_lazy("left out"),
    Fate.REFUSED: gettext_lazy("fault"),
}


class TableForm(forms.Form):
    """A table as a file, or as cells copied out of a spreadsheet."""

    kind = forms.ChoiceField(label=gettext_lazy("Each row is one of"))
    file = forms.FileField(
        label=gettext_lazy("File"), required=False, help_text=gettext_lazy("CSV, TSV, XLSX, ODS or JSON.")
    )
    pasted = forms.CharField(
        label=gettext_lazy("Or cells copied from a spreadsheet"), required=False, strip=False,
        widget=forms.Textarea({"rows": 6}), help_text=gettext_lazy("With the names of the columns in the first row."),
    )  # fmt: skip

    def __init__(self, kinds: list[TableKind], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [(each.name, capfirst(each.label)) for each in kinds]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, pasted = cleaned.get("file"), cleaned.get("pasted", "")
        if not file and not pasted.strip():
            raise forms.ValidationError(_("Choose a file, or paste the cells."))
        cleaned["content"] = file.read(MOST_BYTES + 1) if file else pasted.encode("utf-8", "replace")
        try:
            read_table(cleaned["content"])
        except UnreadableTable as error:
            raise forms.ValidationError(str(error)) from None
        return cleaned


@admin.register(TableImport)
class TableImportAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        name = "claims_tableimport_{}".format
        return [
            path("", view(self.start_view), name=name("changelist")),
            path("template/<str:kind>/", view(self.template_view), name=name("template")),
            path("<int:pk>/", view(self.table_view), name=name("table")),
            path("<int:pk>/undo/", view(require_POST(self.undo_view)), name=name("undo")),
        ]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(_kinds_for(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(_kinds_for(request))

    def start_view(self, request: Any) -> HttpResponse:
        """The form for a table, and the imports of this editor."""
        kinds = _kinds_or_refusal(request)
        form = TableForm(kinds, *([request.POST, request.FILES] if request.method == "POST" else []))
        if form.is_valid():
            return HttpResponseRedirect(_address(_keep(request, form)))
        done = TableImport.objects.filter(by=request.user)[:20]
        context = {
            "form": form, "kinds": kinds,
            "imports": [(each, each.done_at and actions.import_step(each)) for each in done],
        }  # fmt: skip
        return self._page(request, "start", _("Import a table"), context)

    def template_view(self, request: HttpRequest, kind: str) -> HttpResponse:
        _kinds_or_refusal(request)
        if kind not in TABLE_KINDS:
            raise Http404
        written = StringIO()
        csv.writer(written, lineterminator="\r\n").writerow(template_headings(TABLE_KINDS[kind]))
        # With its mark, by which Excel knows UTF-8.
        answer = HttpResponse(written.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
        return answer

    def table_view(self, request: Any, pk: int) -> HttpResponse:
        """What would become of each row; with buttons to match columns and to import."""
        kept = self._own(request, pk)
        if kept.done_at:
            return HttpResponseRedirect(reverse("admin:claims_tableimport_changelist"))
        table = read_table(bytes(kept.content))
        if request.method == "POST":
            actions.match_by_hand(kept, _chosen_columns(request, table.headings))
        only_good = "_import_good" in request.POST
        imports = only_good or "_import" in request.POST
        report = actions.import_table(
            table, TABLE_KINDS[kept.kind], by=request.user, now=timezone.now(), by_hand=kept.mapping,
            only_good=only_good, dry_run=not imports, kept=kept,
        )  # fmt: skip
        if imports and not report.match.faults and (only_good or not report.is_faulty):
            messages.success(request, _imported_words(report))
            return HttpResponseRedirect(reverse("admin:claims_tableimport_changelist"))
        if imports:
            messages.error(
                request, _("Nothing was imported. Mend the faults, or import the good rows alone.")
            )
        return self._page(request, "table", str(kept), {"kept": kept, **_report_context(report, kept)})

    def undo_view(self, request: Any, pk: int) -> HttpResponse:
        kept = self._own(request, pk)
        try:
            actions.undo_import(kept, by=request.user, now=timezone.now())
        except RuleViolation as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Undone: %(label)s") % {"label": kept})
        return HttpResponseRedirect(reverse("admin:claims_tableimport_changelist"))

    def _own(self, request: Any, pk: int) -> TableImport:
        _kinds_or_refusal(request)
        return get_object_or_404(TableImport, pk=pk, by=request.user)

    def _page(self, request: HttpRequest, name: str, title: str, more: dict[str, Any]) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request), "writer": sign_writer(request.user), "title": title,
            "opts": self.opts, **more,
        }  # fmt: skip
        return TemplateResponse(request, f"admin/claims/import_{name}.html", context)


def _kinds_for(request: HttpRequest) -> list[TableKind]:
    """The kinds of records that the account may enter."""
    user: Any = request.user
    return [
        kind for kind in TABLE_KINDS.values() if user.has_perm(f"claims.add_{kind.model._meta.model_name}")
    ]


def _kinds_or_refusal(request: HttpRequest) -> list[TableKind]:
    if kinds := _kinds_for(request):
        return kinds
    raise PermissionDenied


def _keep(request: Any, form: TableForm) -> TableImport:
    """Keep the table. What was chosen for the columns of the one before it holds for a mended one of the same kind."""
    cleaned = form.cleaned_data
    before = TableImport.objects.filter(by=request.user, done_at=None, kind=cleaned["kind"]).first()
    headings = set(read_table(cleaned["content"]).headings)
    by_hand = (
        {theirs: ours for theirs, ours in before.mapping.items() if theirs in headings} if before else {}
    )
    name = cleaned["file"].name if cleaned["file"] else ""
    return actions.keep_table(
        cleaned["content"], TABLE_KINDS[cleaned["kind"]], by=request.user, now=timezone.now(), name=name,
        by_hand=by_hand,
    )  # fmt: skip


def _address(kept: TableImport) -> str:
    return reverse("admin:claims_tableimport_table", args=[kept.pk])


def _chosen_columns(request: HttpRequest, headings: tuple[str, ...]) -> dict[str, str]:
    chosen = {heading: request.POST.get(f"column-{at}", BY_NAME) for at, heading in enumerate(headings)}
    return {heading: str(name) for heading, name in chosen.items() if name != BY_NAME}


def _report_context(report: ImportReport, kept: TableImport) -> dict[str, Any]:
    kind = report.kind
    choices = [(name, f"{kind.label_of(name)} ({name})") for name in kind.columns]
    rows = sorted(report.rows, key=lambda row: row.fate is not Fate.REFUSED)
    return {
        "report": report,
        "columns": [
            (at, heading, kept.mapping.get(heading, BY_NAME), report.match.columns.get(at, LEFT_OUT))
            for at, heading in enumerate(report.headings)
        ],
        "choices": [(BY_NAME, _("by its name")), (LEFT_OUT, _("left out")), *choices],
        "rows": [_shown_row(report, row) for row in rows[:MOST_SHOWN]],
        "more": max(0, len(rows) - MOST_SHOWN),
        "counts": [(FATES[fate], n) for fate, n in sorted(report.counts.items())],
        "good": sum(report.counts[fate] for fate in (Fate.NEW, Fate.CHANGED)),
    }


def _shown_row(report: ImportReport, row: PlannedRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "fate": FATES[row.fate],
        "is_faulty": row.fate is Fate.REFUSED,
        "label": row.label,
        "faults": list(report.faults_of(row)),
        "notes": row.notes,
    }


def _imported_words(report: ImportReport) -> str:
    told = _(", ").join(f"{FATES[fate]}: {n}" for fate, n in sorted(report.counts.items()))
    return _("The table was imported. %(told)s.") % {"told": told}
