"""The sitemap: every public page in each language, in files of bounded size, with the day of the last change."""

from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import DateTimeField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import get_script_prefix, reverse
from django.utils import timezone

from claims.addresses import path_below_mount
from claims.models import Entry, Snapshot
from claims.records.page_visibility import visible_rows
from claims.records.registry import PAGE_KINDS

LISTS = (
    "home",
    "claims",
    "speakers",
    "topics",
    "places",
    "sources",
    "corrections",
    "changes",
    "method",
    "about",
    "privacy",
    "data",
)
AT_ONCE = 500  # pages in one file, each in every language


class _LocalizedSitemap(Sitemap):
    """Pages that are listed once for each language. Each entry names the other languages."""

    limit = AT_ONCE

    def path(self, item: Any) -> str:
        raise NotImplementedError

    def location(self, item: Any) -> str:
        return site_mount() + self.path(item)

    def get_latest_lastmod(self) -> datetime | None:
        return None  # Django would read all pages to find the latest change

    def get_urls(
        self, page: int | str = 1, site: Any = None, protocol: str | None = None
    ) -> list[dict[str, Any]]:
        base = f"{self.get_protocol(protocol)}://{self.get_domain(site)}{site_mount()}"
        found = super().get_urls(page, site, protocol)
        return [spoken for url in found for spoken in self._in_each_language(url, base)]

    def _in_each_language(self, url: dict[str, Any], site: str) -> list[dict[str, Any]]:
        path, codes = self.path(url["item"]), [code for code, _name in settings.LANGUAGES]
        others = [{"location": f"{site}{code}/{path}", "lang_code": code} for code in codes]
        others.append({"location": f"{site}{path}", "lang_code": "x-default"})
        return [{**url, "location": f"{site}{code}/{path}", "alternates": others} for code in codes]


class ListsSitemap(_LocalizedSitemap):
    def items(self) -> list[str]:
        return list(LISTS)

    def path(self, item: str) -> str:
        return path_below_mount(reverse(item))


class RecordsSitemap(_LocalizedSitemap):
    """The pages of one kind of record that exist today."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def items(self) -> QuerySet[Any]:
        entries = Entry.objects.filter(kind=self.kind, subject=OuterRef("slug")).order_by("-number")
        changed: Any = Subquery(entries.values("at")[:1], output_field=DateTimeField())
        if self.kind == "claim":
            scored = Snapshot.objects.filter(claim=OuterRef("pk")).order_by("-number").values("taken_at")[:1]
            changed = Greatest(changed, Coalesce(Subquery(scored), changed))
        rows = visible_rows(self.kind, timezone.localdate()).annotate(changed=changed)
        return rows.order_by("pk").values("slug", "changed")

    def path(self, item: dict[str, Any]) -> str:
        return path_below_mount(reverse(self.kind, args=[item["slug"]]))

    def lastmod(self, item: dict[str, Any]) -> datetime | None:
        return item["changed"]


def site_mount() -> str:
    prefix = get_script_prefix()
    above, _slash, last = prefix.rstrip("/").rpartition("/")
    return f"{above}/" if last in dict(settings.LANGUAGES) else prefix


# One object for each request, because Django caches the days on it.
SITEMAPS: dict[str, Any] = {
    "lists": ListsSitemap,
    **{kind: partial(RecordsSitemap, kind) for kind in PAGE_KINDS},
}
