from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import include, path

from claims.admin.completion import LabelledCompletion
from claims.admin.guide import editing_guide
from tracker import health
from tracker.kept_pages import sign_in


def favicon_redirect(request: HttpRequest) -> HttpResponseRedirect:
    """Redirect to the icon. Browsers ask for /favicon.ico on pages that name no icon, such as the admin's."""
    return HttpResponseRedirect(static("claims/icon.svg"))


def refuse_admin_redirect(request: HttpRequest, rest: str) -> HttpResponse:
    """Refuse the admin's redirect from a key to a page.

    It would reveal the address, and so the title, of any record to any account.
    """
    raise Http404


urlpatterns = [
    path("admin/r/<path:rest>", refuse_admin_redirect),
    path("healthz", health.healthz, name="healthz"),
    path("favicon.ico", favicon_redirect),
    path("readyz", health.readyz, name="readyz"),
    # Before the admin's own, which it replaces.
    path(
        "admin/autocomplete/",
        admin.site.admin_view(LabelledCompletion.as_view(admin_site=admin.site)),
        name="autocomplete",
    ),
    path("admin/guide/", admin.site.admin_view(editing_guide), name="editing_guide"),
    path("admin/login/", sign_in),
    path("admin/", admin.site.urls),
    path("", include("claims.urls")),
]

if settings.HAS_TOTP:
    from tracker.totp.views import two_factor_page

    # Before the admin's own addresses, the last of which matches everything.
    urlpatterns.insert(
        0, path("admin/two-factor/", admin.site.admin_view(two_factor_page), name="two_factor")
    )

# Django's own views render 403.html, 404.html and 500.html. Its view for 400 passes no request to the template.
handler400 = "tracker.errors.bad_request"
handler403 = "tracker.errors.permission_denied"
# Data addresses refuse as data. For pages these two call Django's own.
handler404 = "tracker.errors.not_found"
handler500 = "tracker.errors.server_error"
