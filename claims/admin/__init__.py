"""The editors' desk: Django's admin with a theme. All writes go through `claims.actions`."""

from django.contrib import admin
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.admin import (
    about,
    claim,
    desk_steps,
    error_reports,
    evidence,
    notices,
    proposals,
    reference,
    reply,
    speaker,
    statement,
    suppressions,
    synonyms,
    table_import,
    users,
)
from claims.selectors.site import site_name

__all__ = [
    "about", "claim", "desk_steps", "error_reports", "evidence", "notices", "proposals", "reference", "reply",
    "speaker", "statement", "suppressions", "synonyms", "table_import", "users",
]  # fmt: skip

admin.site.site_header = format_lazy(_("{site} · desk"), site=lazy(site_name, str)())
admin.site.site_title = lazy(site_name, str)()
admin.site.index_title = _("The desk")
admin.site.login_template = "admin/sign_in.html"
admin.site.index_template = "admin/claims/index.html"
admin.site.enable_nav_sidebar = False  # the header has five links, and the page keeps its full width
