"""The page about data: what can be had for reuse, and how."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.selectors.site import site_licence
from claims.views.csv_columns import CLAIM_COLUMNS, REPORT_COLUMNS


@require_safe
def data_page(request: HttpRequest) -> HttpResponse:
    context = {
        "licence": site_licence(),
        "claim_columns": CLAIM_COLUMNS,
        "report_columns": REPORT_COLUMNS,
    }
    return render(request, "claims/data.html", context)
