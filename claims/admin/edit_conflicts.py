"""Edit conflicts: two editors save the same record.

A hidden field holds a short hash of each value as the form showed it. If somebody else has changed the record since,
a field that this editor did not change takes the new value. If this editor did change it, nothing is stored: the form
comes back and shows the other value beside each such field. Sending it again stores it.
"""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from claims.actions import stored_row_values

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
        return ".".join(f"{name}-{hash_value(self.now(name))}" for name in self.names)

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
    if not theirs:
        return
    mine = {name for name in versions.mine() if versions.sent(name) != versions.now(name)}
    if not versions.served():
        theirs = mine
    form.overtaken = True
    data = form.data.copy()
    for name in theirs - mine:
        _take_over_value(form, data, name)
    if mine:
        _refuse_conflicting_form(form, theirs)
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


def _refuse_conflicting_form(form: Any, theirs: set[str]) -> None:
    form.add_error(None, describe_later_save(form.instance))
    for name in sorted(theirs):
        if name not in form.errors:
            form.add_error(
                name, _("Now stored: “%(now)s”") % {"now": _stored_value_in_words(form, name) or "—"}
            )


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


def record_version(record: Model) -> str:
    """A short hash of the stored record, for pages that decide on it without showing its form."""
    return hash_value(repr(sorted((stored_row_values(record) or {}).items())) + getattr(record, "status", ""))
