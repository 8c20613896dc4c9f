from django.contrib import admin
from django.urls import include, path

from tracker import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("claims.urls")),
]

# Django's own views render 403.html, 404.html and 500.html; its 400 gives the page no request to work with.
handler400 = "tracker.errors.bad_request"
