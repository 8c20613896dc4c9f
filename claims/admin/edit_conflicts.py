"""Edit conflicts: two editors save the same record.

A hidden field holds a short hash of each value as the form showed it. If somebody else has changed the record since,
a field that this editor did not change takes the new value. If this editor did change it, nothing is stored: the form
comes back and shows the other value beside each such field. Sending it again stores it.

A form that shows the editor's own proposal compares with that. If the proposal has changed since, as by a save in
another tab, or was decided, nothing is stored before the editor has seen it.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db.models import Model
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from claims.actions import stored_row_values
from claims.admin.draft_form import PROPOSAL
from claims.ledger.public_forms import public_forms_of
from claims.records.registry import rows_published_with, touched_rows

SEEN = "seen"


def widget_value(value: Any) -> str:
    """A value as its widget sends it, however it was stored or typed."""
    match value:
        case None | False:
            return ""
        case True:
            return "on"
        case Model():
            return str(value.pk)
        case datetime() | date():
            return value.isoformat()
        case list() | tuple() | set():
            return " ".join(sorted(widget_value(each) for each in value))
    return "\n".join(str(value).split("\r\n")).strip()


def hash_value(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


class FormVersions:
    """The three versions of a form's values: as the form showed them, as they are stored now, and as they were sent."""

    def __init__(self, form: Any) -> None:
        self.form = form
        self.names = [name for name in form.fields if name not in form.meta_fields]

    @property
    def token(self) -> str:
        parts = {name: hash_value(self.now(name)) for name in self.names} | self._proposal
        return ".".join(f"{name}-{hashed}" for name, hashed in parts.items())

    @property
    def _proposal(self) -> dict[str, str]:
        return {PROPOSAL: hash_value(self.form.own_draft.version)} if self.form.own_draft else {}

    @property
    def is_proposal_moved(self) -> bool:
        """Whether the editor's own proposal is another one, or says something else, than when the form was shown."""
        return self.served().get(PROPOSAL) != self._proposal.get(PROPOSAL)

    @property
    def is_proposal_decided(self) -> bool:
        """Whether the form was shown with a proposal that does not wait any more."""
        return PROPOSAL in self.served() and not self._proposal

    def now(self, name: str) -> str:
        field = self.form.fields[name]
        value = self.form.initial.get(name, field.initial)
        return widget_value(field.prepare_value(value() if callable(value) else value))

    def sent(self, name: str) -> str:
        form = self.form
        return widget_value(
            form.fields[name].widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        )

    def served(self) -> dict[str, str]:
        token = self.form.data.get(self.form.add_prefix(SEEN)) or ""
        return dict(part.rpartition("-")[::2] for part in str(token).split(".") if "-" in part)

    def theirs(self) -> set[str]:
        """The fields that somebody else has changed since the form was shown."""
        served = self.served()
        return {name for name in self.names if served.get(name) != hash_value(self.now(name))}

    def mine(self) -> set[str]:
        """The fields that this editor has changed."""
        served = self.served()
        return {
            name
            for name in self.names
            if not self.form.fields[name].disabled and served.get(name) != hash_value(self.sent(name))
        }


def resolve_edit_conflicts(form: Any) -> None:
    """Take over the other editor's changes, or refuse and show both versions. Called when the form is cleaned."""
    versions = FormVersions(form)
    theirs = versions.theirs()
    if not theirs and not versions.is_proposal_moved:
        return
    mine = {name for name in versions.mine() if versions.sent(name) != versions.now(name)}
    if versions.is_proposal_decided:  # all that it held stays in the form
        mine = {name for name in theirs if versions.sent(name) != versions.now(name)} | mine
    if not versions.served():
        theirs = mine
    form.overtaken = True
    data = form.data.copy()
    for name in theirs - mine:
        _take_over_value(form, data, name)
    if mine or (versions.is_proposal_moved and form.data.get(form.add_prefix("why"))):
        _refuse_conflicting_form(form, theirs, _describe_conflict(versions))
    data[form.add_prefix(SEEN)] = versions.token
    form.data = data
    form.__dict__.pop("changed_data", None)  # values taken over are not changes by this editor


def _take_over_value(form: Any, data: Any, name: str) -> None:
    value = form.initial.get(name)
    if name in form.cleaned_data:
        form.cleaned_data[name] = form.fields[name].clean(form.fields[name].prepare_value(value))
    prepared = form.fields[name].prepare_value(value)
    if isinstance(prepared, list | tuple | set):
        data.setlist(form.add_prefix(name), [widget_value(each) for each in prepared])
    else:
        data[form.add_prefix(name)] = widget_value(prepared)


def describe_later_save(record: Model) -> str:
    who, at = getattr(record, "changed_by", None), getattr(record, "changed_at", None)
    return _(
        "Nothing was saved: %(who)s saved this record%(at)s, while you were writing. What stands there now is shown "
        "beside each field; what you wrote is still in the form. Save again to put yours in its place."
    ) % {
        "who": who or _("somebody"),
        "at": _(" on %(at)s") % {"at": date_format(localtime(at), "j M Y, H:i")} if at else "",
    }


def _describe_conflict(versions: FormVersions) -> str:
    if versions.is_proposal_decided:
        return _(
            "Nothing was saved: your proposed revision was decided while you were writing. What you wrote is still in "
            "the form. Save again to propose it anew."
        )
    if versions.is_proposal_moved:
        return _(
            "Nothing was saved: your proposed revision of this record was changed while you were writing, in another "
            "window or because readers see another version by now. What it says now is shown beside each field; what "
            "you wrote is still in the form. Save again to put yours in its place."
        )
    return describe_later_save(versions.form.instance)


def _refuse_conflicting_form(form: Any, theirs: set[str], reason: str) -> None:
    form.add_error(None, reason)
    words = _("Now in your proposal: “%(now)s”") if form.own_draft else _("Now stored: “%(now)s”")
    for name in sorted(theirs):
        if name not in form.errors:
            form.add_error(name, words % {"now": _stored_value_in_words(form, name) or "—"})


def _stored_value_in_words(form: Any, name: str) -> str:
    """The stored value in words."""
    field, value = form.fields[name], form.initial.get(name)
    choices = getattr(field, "choices", None)
    if hasattr(field, "queryset"):
        keys = value if isinstance(value, list | tuple) else [value]
        rows = field.queryset.filter(pk__in=[widget_value(key) for key in keys if key not in (None, "")])
        return _(", ").join(str(row) for row in rows)
    if choices:
        return str(dict(choices).get(value, value))
    return widget_value(field.prepare_value(value))


def version_of_publication(record: Any) -> str:
    """A short keyed hash of all that a publication shows: the record, and what becomes visible with it."""
    return _hash_of_shown(record_version(record), touched_rows(record))


def version_of_publications(records: Collection[Any]) -> str:
    """The same of records that are published together, in a number of queries that does not grow with them."""
    models = sorted({type(record) for record in records}, key=lambda model: model._meta.label)
    versions = [_stored_rows(model, [each.pk for each in records if type(each) is model]) for model in models]
    return _hash_of_shown(repr(versions), rows_published_with(records))


def _stored_rows(model: Any, keys: list[int]) -> list[Any]:
    """All columns of the rows, with what they are joined to in other tables."""
    rows = model._base_manager.filter(pk__in=keys)
    joined = [rows.order_by("pk", name).values_list("pk", name) for name in _names_of_joined(model)]
    return [list(rows.order_by("pk").values()), *map(list, joined)]


def _names_of_joined(model: Any) -> list[str]:
    return [field.name for field in model._meta.many_to_many]


def _hash_of_shown(versions: str, rows: Mapping[str, Collection[int]]) -> str:
    """Keyed, because the gradings of others are in it, which whoever looks may not be able to guess."""
    shown = [
        (name, sorted((form.subject, repr(form.form)) for form in public_forms_of(name, keys).values()))
        for name, keys in sorted(rows.items())
    ]
    return salted_hmac("version", versions + repr(shown), algorithm="sha256").hexdigest()[:24]


def record_version(record: Model) -> str:
    """A short hash of the stored record, for pages that decide on it without showing its form."""
    return hash_value(repr(sorted((stored_row_values(record) or {}).items())) + getattr(record, "status", ""))
