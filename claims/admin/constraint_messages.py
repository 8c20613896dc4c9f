"""Messages for database constraints: what to do, and beside which field."""

from typing import Any

from django.utils.translation import gettext_lazy as _

NO_WEB_ADDRESS = _("A web address begins with http:// or https://.")

# Only constraints that typed values can break. The others guard against errors in programs.
CONSTRAINTS: dict[str, tuple[str, Any]] = {
    "source_grade_has_its_reason": (
        "reliability_reason",
        _("Say why it earns this grade: readers will see the reason. Without one, choose F."),
    ),
    "source_url_is_of_the_web": ("url", NO_WEB_ADDRESS),
    "speaker_url_is_of_the_web": ("url", NO_WEB_ADDRESS),
    "statement_url_is_of_the_web": ("url", NO_WEB_ADDRESS),
    "statement_archived_url_is_of_the_web": ("archived_url", NO_WEB_ADDRESS),
    "evidence_url_is_of_the_web": ("url", NO_WEB_ADDRESS),
    "evidence_archived_url_is_of_the_web": ("archived_url", NO_WEB_ADDRESS),
    "role_ends_after_it_starts": ("end", _("The role ends before it starts.")),
    "role_once_a_beginning": ("start", _("This speaker took up a role of that title on that date already.")),
    "role_once_without_a_beginning": (
        "start",
        _("This speaker has a role of that title without a beginning already. Say when each began."),
    ),
    "claim_valid_from_before_until": ("valid_from", _("The words speak from a day after their last day.")),
    "sourcegrade_starts_before_it_ends": ("end", _("The grade ends before it starts.")),
    "evidence_published_is_graded": ("credibility", _("A published report keeps its credibility grade.")),
    "evidencelink_once_a_claim": (
        "",
        _("This report is tied to this claim already: grade the row that is there."),
    ),
    "searchnote_once": ("where", _("This search, on that day and for that side, is noted already.")),
    "claim_repeats_another": ("repeats", _("A claim does not say itself again. Choose an earlier one.")),
    "topic_not_in_itself": ("parent", _("A topic cannot lie within itself.")),
    "place_not_in_itself": ("parent", _("A place cannot lie within itself.")),
    "place_coordinates_on_earth": (
        "latitude",
        _("Give both, latitude from −90 to 90 and longitude from −180 to 180, or neither."),
    ),
}
