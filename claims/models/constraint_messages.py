"""Messages for database constraints: what to do, and beside which field."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Model, Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

NO_WEB_ADDRESS = _("A web address begins with http:// or https://.")

# Only constraints that typed values can break.
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
    "reply_url_is_of_the_web": ("url", NO_WEB_ADDRESS),
    "reply_archived_url_is_of_the_web": ("archived_url", NO_WEB_ADDRESS),
    "reply_published_has_a_source": (
        "url",
        _("A published answer keeps its address, or says how it was given."),
    ),
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

_SECOND_PERSON = _(
    "One person enters a record (created_by), another one publishes it (published_by). Name both, or leave "
    "out status and the dates and accounts of publication: the record is then a draft."
)
_APPROVED = _(
    "Say who wrote the text as it stands (changed_by), and which other person approved it (approved_by)."
)
_WHO_AND_WHEN = _("Say who published it (published_by) and when (published_at).")
_SENT = _("Say who sent it to review (submitted_by) and when (submitted_at).")
_WITHDRAWN = _("Say who withdrew it (withdrawn_by), when (withdrawn_at) and why (withdrawal_reason).")
# What no form lets anybody type, but a file may hold; %(class)s as in the names of the constraints.
DECISION_CONSTRAINTS: dict[str, tuple[str, Any]] = {
    f"{name}_{rule}": (field, words)
    for name in ("statement", "claim", "evidence", "reply", "about")
    for rule, field, words in (
        ("published_has_who_and_when", "published_by", _WHO_AND_WHEN),
        ("published_by_a_second_person", "published_by", _SECOND_PERSON),
        ("text_approved_by_a_second_person", "approved_by", _APPROVED),
        ("in_review_has_who_and_when", "submitted_by", _SENT),
        ("withdrawn_has_who_when_why", "withdrawn_by", _WITHDRAWN),
    )
}


WORDED_CONSTRAINTS = CONSTRAINTS | DECISION_CONSTRAINTS


def broken_constraints(record: Model) -> tuple[dict[str, str], dict[str, str]]:
    """Why the database refuses the record, by field: in words that say what to do; and, for constraints that have
    none, in words that name the values.

    Asks the database about each constraint, so it is for records that were refused, not for every record of a load.
    """
    worded: dict[str, str] = {}
    made: dict[str, str] = {}
    for model, constraints in record.get_constraints():
        for constraint in constraints:
            try:
                constraint.validate(model, record)
            except ValidationError:
                if constraint.name in WORDED_CONSTRAINTS:
                    field, words = WORDED_CONSTRAINTS[constraint.name]
                    worded.setdefault(field, str(words))
                else:
                    made.setdefault(*_made_words(constraint, record))
    return worded, made


def _made_words(constraint: Any, record: Model) -> tuple[str, str]:
    names = fields_of_constraint(constraint, record)
    values = ", ".join(_show_field(record, name) for name in names)
    words = ngettext(
        "This is not a value that can be stored: %(values)s.",
        "These values do not go together: %(values)s.",
        len(names),
    )
    return names[0] if names else "", words % {"values": values}


def fields_of_constraint(constraint: Any, record: Model) -> list[str]:
    """The fields that a constraint reads, in the order in which it names them."""
    if names := getattr(constraint, "fields", ()):
        return list(names)
    parts = (*getattr(constraint, "expressions", ()), getattr(constraint, "condition", None))
    found = dict.fromkeys(name for part in parts for name in _names_in(part))
    return [name for name in found if _has_field(record, name)]


def _names_in(part: Any) -> Iterator[str]:
    if isinstance(part, Q):
        for child in part.children:
            yield from _names_in(child)
    elif isinstance(part, tuple) and part and isinstance(part[0], str):  # a lookup and its value
        yield part[0].partition("__")[0]
        yield from _names_in(part[1])
    elif isinstance(part, F):
        yield part.name.partition("__")[0]  # type: ignore[attr-defined]  # the stubs lack it
    elif hasattr(part, "get_source_expressions"):
        for source in part.get_source_expressions():
            yield from _names_in(source)


def _has_field(record: Model, name: str) -> bool:
    try:
        record._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


def _show_field(record: Model, name: str) -> str:
    value = record.serializable_value(name)
    return f"{name} “{value}”" if value not in (None, "") else gettext("%(name)s (empty)") % {"name": name}
