"""`/.well-known/security.txt`: where to report a weakness of the site (RFC 9116)."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.selectors.site import site_contact

VALID_FOR = timedelta(days=180)  # the standard recommends less than a year


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """The contact of the operator. Answers 404 if none is set, because the standard asks for one."""
    contact = site_contact()
    if not contact:
        raise Http404
    if "://" not in contact:
        contact = f"mailto:{contact}"
    last_day = timezone.now().date() + VALID_FOR
    expires = datetime.combine(last_day, time(), tzinfo=UTC)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _ in settings.LANGUAGES)}",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
