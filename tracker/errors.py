"""Error pages. They say what happened and what to do, and must not fail themselves."""

import logging
import sys

from django.conf import settings
from django.core.exceptions import BadRequest, DisallowedHost, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import defaults

from claims.admin.kept_forms import KeptForm
from claims.views.data_addresses import refusal_as_data
from tracker.kept_pages import form_kept_after_csrf_failure
from tracker.outages import answer_outage
from tracker.plain_request import without_what_was_asked

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, DisallowedHost):
        # Plain text, because the page's frame would read the invalid host again.
        text = _(
            "This server does not answer to that name. If it should, its operator adds the name to ALLOWED_HOSTS."
        )
        return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
    if isinstance(exception, RequestDataTooBig):
        told = _(
            "What was sent is larger than this site takes at once (%(most)d MB). Go back with your browser, which "
            "mostly keeps what you typed, and send less, or send it in parts."
        ) % {"most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20}
        refusal = refusal_as_data(request.path_info, 413, told)
        return refusal or render(without_what_was_asked(request), "400.html", {"told": told}, status=413)
    # Only the messages of this project. Those of other exceptions are meant for logs.
    explained = isinstance(exception, BadRequest) and exception.args
    reason = str(exception) if explained else ""
    told = reason or _(
        "Something in the address or in the form is not as this site can read it. Check the address, or start "
        "again from the front page."
    )
    if refusal := refusal_as_data(request.path_info, 400, told):
        return refusal
    return render(without_what_was_asked(request), "400.html", {"reason": reason}, status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    told = _(
        "The address may be mistyped, or what stood here is not public. All published claims can be found from the "
        "front page."
    )
    return refusal_as_data(request.path_info, 404, told) or defaults.page_not_found(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    kept = form_to_copy(request)
    if kept is None or not kept.is_by(request.user):
        return defaults.permission_denied(request, exception)
    return render(request, "403.html", {"reason": str(exception), "kept": kept}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    if outage := answer_outage(request, sys.exception()):
        return outage
    # In English: translating may be what failed.
    told = "It is not your doing, and it is in our log. Please try again in a few minutes."
    if refusal := refusal_as_data(request.path_info, 500, told):
        return refusal
    if kept := form_to_copy(request):
        return HttpResponse(render_to_string("500.html", {"kept": kept}), status=500)
    return defaults.server_error(request)


def form_to_copy(request: HttpRequest) -> KeptForm | None:
    """The form of the desk that the refused request sent: its texts stand on the page of the refusal."""
    try:
        return KeptForm.of(request) if request.method == "POST" else None
    except Exception:  # what failed may be the form itself
        logger.warning("The form could not be kept at %s", request.path, exc_info=True)
        return None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if kept := form_kept_after_csrf_failure(request):
        return kept
    advice = _(
        "The form was open too long or came from another site. Go back, reload the page, and send it again."
    )
    return render(request, "403.html", {"reason": advice}, status=403)
