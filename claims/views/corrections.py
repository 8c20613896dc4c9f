"""The list of the errors that the site has corrected."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.request_parameters import requested_as_of, requested_page
from claims.selectors.corrected_errors import corrected_errors_on, load_errors


@require_safe
def corrections_page(request: HttpRequest) -> HttpResponse:
    day = requested_as_of(request).date
    page = requested_page(request, corrected_errors_on(day))
    return render(
        request, "claims/corrections.html", {"page": page, "errors": load_errors(page.object_list, day)}
    )
