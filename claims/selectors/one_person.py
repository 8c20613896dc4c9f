"""The words that go with whatever one person graded and published alone."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _


def one_person_words(*records: Any) -> str:
    """“Graded and published by one person; not reviewed.”; empty for what a second person has agreed to.

    On a site with SINGLE_EDITOR on, it goes with everything; else with the marked ones among the records.
    """
    if settings.SINGLE_EDITOR or any(getattr(record, "by_one_person", False) for record in records):
        return _("Graded and published by one person; not reviewed.")
    return ""
