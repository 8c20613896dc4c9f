"""The answers that stood beside a verdict when a version of it was entered, as they were worded then."""

from django.db.models import Max

from claims.models import Entry, Reply
from claims.records.registry import RECORD_KINDS
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.replies import SHOWN

from .versions import PublishedVersion, rebuild_record


def replies_at_version(version: PublishedVersion, day: AsOfDay) -> list[Reply]:
    """Those that are still public; what was withdrawn since is no longer told."""
    public = RECORD_KINDS["reply"].visible_rows(day.date).filter(claim__slug=version.pin.slug)
    newest = (
        Entry.objects.filter(
            kind="reply", subject__in=public.order_by().values("slug"), number__lte=version.pin.entry.number
        )
        .order_by()
        .values("subject")
        .annotate(last=Max("number"))
        .values("last")
    )
    forms = [entry.told["record"] for entry in Entry.objects.filter(number__in=newest)]
    replies = [rebuild_record("reply", form) for form in forms if form and form.get("text")]
    return sorted(replies, key=lambda reply: (str(reply.answered_on), reply.slug))[-SHOWN:]
