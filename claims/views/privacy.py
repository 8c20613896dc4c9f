from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What readers leave behind: nothing. The page says so, and tests hold the site to it."""
    return render(request, "claims/privacy.html")
