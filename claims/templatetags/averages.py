"""How many claims there are, and the mean of their gaps: what was left out of it is counted beside it."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from claims.selectors.claim_lists import GapAverage

from .claims import whole_gap_number
from .sentences import fill_message

register = template.Library()


def _count_claims(n: int) -> SafeString:
    return fill_message(ngettext("%(n)s claim", "%(n)s claims", n), n=n)


@register.simple_tag
def site_counts(average: GapAverage | None, statements: int, reports: int) -> SafeString:
    """The counts at the head of the first page. Without an average the number of claims is not given."""
    counts = [
        fill_message(ngettext("%(n)s statement", "%(n)s statements", statements), n=statements),
        fill_message(ngettext("%(n)s report", "%(n)s reports", reports), n=reports),
    ]
    if average:
        counts.insert(0, _count_claims(average.claims))
    if average and average.left_out:
        words = ngettext("%(n)s without a verdict", "%(n)s without a verdict", average.left_out)
        counts.append(fill_message(words, n=average.left_out))
    if average and average.uncheckable:
        words = ngettext("%(n)s that cannot be checked", "%(n)s that cannot be checked", average.uncheckable)
        counts.append(fill_message(words, n=average.uncheckable))
    return format_html_join(" · ", "{}", ((each,) for each in counts))


@register.simple_tag
def list_lead(n: int, statements: int, reports: int, *, is_chosen: bool) -> SafeString:
    """How many claims a list holds. The whole list also names its statements and reports."""
    if is_chosen:
        return format_html("{} {}.", _count_claims(n), _("of your choice"))
    from_statements = npgettext("drawn from", "%(n)s statement", "%(n)s statements", statements)
    against_reports = npgettext("weighed against", "%(n)s report", "%(n)s reports", reports)
    drawn = ngettext(
        "drawn from %(from_statements)s and compared with %(against_reports)s.",
        "drawn from %(from_statements)s and compared with %(against_reports)s.",
        n,
    )
    sources = fill_message(
        drawn,
        from_statements=fill_message(from_statements, n=statements),
        against_reports=fill_message(against_reports, n=reports),
    )
    return format_html("{}, {}", _count_claims(n), sources)


def _uncheckable_claims(n: int) -> SafeString:
    words = ngettext("%(n)s claim cannot be checked.", "%(n)s claims cannot be checked.", n)
    return fill_message(words, n=n) if n else format_html("{}", "")


def _sentences(*sentences: SafeString) -> SafeString:
    return format_html_join(" ", "{}", ((each,) for each in sentences if each))


@register.simple_tag
def list_average(average: GapAverage | None) -> SafeString:
    """The mean gap of a list of claims; without it where no claim has a verdict."""
    if average is None:
        return format_html("{}", "")
    return _sentences(_mean_of_list(average), _uncheckable_claims(average.uncheckable))


def _mean_of_list(average: GapAverage) -> SafeString:
    if average.mean is None:
        return format_html("{}", "")
    n = average.counted
    mean = fill_message(
        ngettext(
            "The gap is %(mean)s, on the one with a verdict",
            "Their mean gap is %(mean)s, over the %(n)s with a verdict",
            n,
        ),
        n=n,
        mean=whole_gap_number(average.mean),
    )
    if not average.left_out:
        return format_html("{}.", mean)
    left_out = ngettext(
        "%(n)s has no verdict and is left out.",
        "%(n)s have no verdict and are left out.",
        average.left_out,
    )
    return format_html("{}; {}", mean, fill_message(left_out, n=average.left_out))


@register.simple_tag
def subject_average(average: GapAverage | None) -> SafeString | str:
    """The mean gap over the claims of a speaker, topic or place."""
    if average is None:
        return _("There are too many claims to average for another day: choose fewer.")
    return _sentences(_mean_of_subject(average), _uncheckable_claims(average.uncheckable))


def _mean_of_subject(average: GapAverage) -> SafeString:
    if not average.counted and not average.left_out and average.uncheckable:
        return format_html("{}", "")
    n, left_out = average.counted, average.left_out
    if average.mean is None:
        words = ngettext(
            "%(n)s claim, without a verdict.",
            "%(n)s claims, none with a verdict.",
            left_out,
        )
        return fill_message(words, n=left_out)
    words = ngettext(
        "The gap is %(mean)s on the one claim with a verdict",
        "The mean gap over the %(n)s claims with a verdict is %(mean)s",
        n,
    )
    mean = fill_message(words, n=n, mean=whole_gap_number(average.mean))
    if not left_out:
        return format_html("{}.", mean)
    words = ngettext(
        "%(n)s more has no verdict and is left out.",
        "%(n)s more have no verdict and are left out.",
        left_out,
    )
    return format_html("{}; {}", mean, fill_message(words, n=left_out))
