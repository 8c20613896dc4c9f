"""Share cards: the image that other sites show with a link to a claim."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from claims.actions import read_or_draw_card
from claims.addresses import absolute_address
from claims.ledger.versions import version_on_day
from claims.models import Claim
from claims.request_parameters import keep_as_of, requested_as_of, requested_version
from claims.views.withdrawn_responses import tells_withdrawn, withdrawn_as_text

# A version does not change, but it may be suppressed or withdrawn. After an hour caches ask again, and mostly get 304.
FRESH = "public, max-age=3600, must-revalidate"


@require_safe
@tells_withdrawn(Claim, withdrawn_as_text)
def version_card(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The image of one version."""
    image = read_or_draw_card(requested_version(request, slug, number), get_language() or "en")
    return HttpResponse(image, content_type="image/png", headers={"Cache-Control": FRESH})


@require_safe
@tells_withdrawn(Claim, withdrawn_as_text)
def current_card(request: HttpRequest, slug: str) -> HttpResponse:
    """Redirect to the image of the version that is current on the requested day."""
    day = requested_as_of(request)
    pin = version_on_day(get_object_or_404(Claim.objects.published(), slug=slug), day)
    if pin is None:
        raise Http404
    return HttpResponseRedirect(keep_as_of(absolute_address(request, "card", slug, pin.number), day))
