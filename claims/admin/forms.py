"""Forms of the desk: errors with messages, and the editor's own stance on each link."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.models import BaseInlineFormSet, ModelChoiceField
from django.utils.translation import gettext as _

from claims.actions import Draft, open_drafts, was_ever_published
from claims.admin.change_notice_form import (
    NOTICE_IN_OTHERS,
    NoticeFormMixin,
    reason_and_notice_fields,
)
from claims.admin.draft_form import PROPOSAL, DraftFormMixin
from claims.admin.edit_conflicts import SEEN, FormVersions, describe_later_save, resolve_edit_conflicts
from claims.django_internals import InstanceCleaningHook
from claims.domain.vocabulary import Status
from claims.models.constraint_messages import CONSTRAINTS
from claims.records.registry import KINDS_BY_MODEL

HOLD = "translations_hold"
PUBLISHED = Status.PUBLISHED.value
ROWS = 250  # rows of one inline in one save; more would exceed the number of fields that a form may send


class DeskForm(InstanceCleaningHook, NoticeFormMixin, DraftFormMixin, forms.ModelForm):
    """A form that reports broken constraints, broken rules and edit conflicts as messages, and keeps what was typed."""

    refusal = ""  # the message of a rule that this form broke; the form is shown again with it
    is_main = False  # True for the page's own form, False for a row of an inline
    for_readers = False  # whether readers see the record: then a change of it needs its reason
    takes_notice = False  # whether a change of it, or of a row of its page, may owe readers a notice
    overtaken = False  # whether somebody else has changed the record since the form was served
    meta_fields = frozenset({SEEN, "why", "notice_kind", "notice", "id", "DELETE", HOLD, *NOTICE_IN_OTHERS})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_readers:
            self.fields |= reason_and_notice_fields(with_notice=self.takes_notice, draft=self.own_draft)
        if self.is_main:
            self.served()

    def served(self) -> None:
        """Store the initial values. Call it after every field has its initial value."""
        if self.instance.pk and SEEN not in self.fields:
            self.fields[SEEN] = forms.CharField(
                required=False, initial=FormVersions(self).token, widget=forms.HiddenInput
            )

    @cached_property
    def changed_data(self) -> list[str]:
        names = [name for name in super().changed_data if name not in self.meta_fields - {"DELETE", "id"}]
        return [*names, PROPOSAL] if self.rewrites_draft else names

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk:
            resolve_edit_conflicts(self)
        if self.refusal:
            self.add_error(None, self.refusal)
        return cleaned

    @property
    def translations_hold(self) -> bool:
        """Whether the editor confirms that translations still fit the texts that this form changes."""
        return bool(self.cleaned_data.get(HOLD))

    @property
    def reason(self) -> str:
        return self.cleaned_data.get("why", "")

    def within(self, parent: Any) -> None:
        """Set the parent record, for a row of an inline."""

    def clean_instance(self) -> None:
        # Django would ask the database about every constraint of every row, and quote their names to the editor.
        self.instance.validate_constraints = lambda exclude=None: None
        try:
            super().clean_instance()
        finally:
            del self.instance.validate_constraints
        if self.instance._state.adding or self.has_changed():
            failed = set(self.errors)
            for model, constraints in self.instance.get_constraints():
                for constraint in constraints:
                    if constraint.name in CONSTRAINTS:
                        self._check(constraint, model, failed)

    def _check(self, constraint: Any, model: Any, failed: set[str]) -> None:
        field, words = CONSTRAINTS[constraint.name]
        try:
            constraint.validate(model, self.instance, exclude=failed)
        except ValidationError:
            self.add_error(field or None, str(words))

    def add_error(self, field: str | None, error: Any) -> None:
        """Add an error. An error on a field that this form does not have is shown above the form."""
        messages = getattr(error, "error_dict", None)
        if field is None and messages:
            for name, of_field in messages.items():
                known = name in self.fields and name != NON_FIELD_ERRORS
                super().add_error(name if known else None, of_field)
        else:
            super().add_error(field if field is None or field in self.fields else None, error)


class ClaimForm(DeskForm):
    """A form whose span may be pasted with other quotation marks, spaces or dashes than the statement has."""

    def clean_instance(self) -> None:
        self.instance.is_typed = True
        super().clean_instance()


class StoredRowField(ModelChoiceField):
    """The key of a stored row. It is looked up among the loaded rows, without a query for each."""

    widget = forms.HiddenInput

    def __init__(self, formset: "DeskFormSet", **kwargs: Any) -> None:
        super().__init__(formset.get_queryset(), required=False, **kwargs)
        self.formset = formset

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        try:
            row = self.formset.rows_by_key.get(int(str(value)))
        except ValueError:
            row = None
        if row is None:
            raise ValidationError(_("This row was not part of the form. Reload the page and try again."))
        return row


class DeskFormSet(BaseInlineFormSet):
    """The rows of an inline. Each knows its parent. No row is entered twice, and none that was public is deleted."""

    editor: User  # who is signed in
    once: tuple[str, ...] = ()  # fields that must differ between any two rows
    once_words: Any = ""

    @cached_property
    def rows_by_key(self) -> dict[int, Any]:
        return {row.pk: row for row in self.get_queryset()}

    @cached_property
    def drafts(self) -> dict[int, Draft]:
        """The editor's own proposals for the rows. Only what is published, or stands in what is, can have one."""
        own = getattr(self.instance, "status", "")
        keys = [
            key for key, row in self.rows_by_key.items() if PUBLISHED in (own, getattr(row, "status", ""))
        ]
        return open_drafts(KINDS_BY_MODEL.get(self.model) if self.model else None, keys, self.editor)

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "drafts": self.drafts}

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if index is not None:
            # Rows are checked against the parent as edited, without a query.
            setattr(form.instance, self.fk.name, self.instance)
        name = self.fk.model._meta.pk.name
        if name in form.fields:
            form.fields[name] = StoredRowField(self, initial=form.fields[name].initial)
        form.within(self.instance)
        form.served()

    def clean(self) -> None:
        super().clean()
        self._refuse_twins()
        # An error of the formset, not of the row: Django does not validate deleted rows.
        deleted = [form for form in self.deleted_forms if form.instance.pk]
        if kept := [form.instance for form in deleted if was_ever_published(form.instance)]:
            raise ValidationError([self.kept_words(record) for record in kept])
        if overtaken := [form.instance for form in deleted if form.overtaken]:
            raise ValidationError([describe_later_save(record) for record in overtaken])

    def kept_words(self, record: Any) -> str:
        return _("“%(record)s” has been published and is not deleted. Withdraw it with a reason instead.") % {
            "record": record
        }

    def _refuse_twins(self) -> None:
        seen = set()
        for form in self.forms if self.once else ():
            if form in self.deleted_forms or not (form.instance.pk or form.has_changed()):
                continue
            key = tuple(getattr(form.instance, name) for name in self.once)
            if None not in key and key in seen:
                form.add_error(None, str(self.once_words))
            seen.add(key)


class ClaimFormSet(DeskFormSet):
    """The claims of a statement. The words and the spans are sent together, so they are checked together."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.spans_follow = self.is_bound

    def clean(self) -> None:
        super().clean()
        excused = {form.instance.pk for form in self.forms if form in self.deleted_forms or form.errors}
        for claim in self.get_queryset():
            if claim.pk not in excused and self.instance.words_lost_of(claim):
                raise ValidationError(
                    _(
                        "The claim “%(claim)s” is carried by words that would no longer stand in the statement."
                    )
                    % {"claim": claim}
                )
