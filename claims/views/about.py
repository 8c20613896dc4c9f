"""The page about the site: what the editors say of it, and what is so on every site of this software."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.request_parameters import requested_as_of
from claims.selectors.about_texts import about_texts


@require_safe
def about_page(request: HttpRequest) -> HttpResponse:
    day = requested_as_of(request)
    return render(request, "claims/about.html", {"texts": about_texts(day.date)})
