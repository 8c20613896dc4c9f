"""Fields for the translations of a record: a collapsed fieldset for each other language of the site."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from claims.admin.change_notice_form import OTHERS, notice_field_name
from claims.models.translated import Translated, text_direction
from claims.selectors.translated import COLUMN, translation_label
from claims.text.translations import BY, flatten_translations, nest_translations

from .forms import HOLD, DeskForm
from .widgets import GrowingText, MultilineText


def translatable_field_names(model: type[Translated]) -> list[str]:
    return [notice_field_name(language, name) for language in OTHERS for name in (*model.translatable, BY)]


@dataclass(frozen=True)
class LanguageFields:
    """The fields of one language, for a row of an inline."""

    title: str
    who: str
    fields: list[forms.BoundField]

    @property
    def wants(self) -> bool:
        """Whether the fieldset is shown open."""
        return any(field.errors for field in self.fields)


class TranslationsForm(DeskForm):
    """A form with fields for the translations of its record."""

    parent: Translated | None = None

    def values_beside_columns(self, record: Any) -> dict[str, Any]:
        stored = flatten_translations(record.translations) if record else {}
        return {notice_field_name(*key): text for key, text in stored.items()}

    def within(self, parent: Any) -> None:
        if isinstance(parent, Translated) and self.shows_translations:
            self.parent = parent
            for language in OTHERS:
                self.fields[notice_field_name(language, BY)].widget.attrs["placeholder"] = (
                    parent.translated_by(language)
                )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for language in OTHERS:
            texts = [self._given(language, name) for name in self.instance.translatable]
            if any(texts) and not self._given(language, BY):
                self.add_error(
                    notice_field_name(language, BY), gettext("Say who translated it: readers see the name.")
                )
        return cleaned

    @property
    def shows_translations(self) -> bool:
        """Whether the form has the fields: the row of a sealed link has not, and leaves its translations alone."""
        return all(notice_field_name(language, BY) in self.fields for language in OTHERS)

    def clean_instance(self) -> None:
        if not self.shows_translations:
            super().clean_instance()
            return
        kept = {
            key: text
            for key, text in flatten_translations(self.instance.translations).items()
            if key[0] not in OTHERS
        }
        asked = {
            (language, name): self._given(language, name)
            for language in OTHERS
            for name in (*self.instance.translatable, BY)
        }
        self.instance.translations = nest_translations(kept | asked)
        super().clean_instance()

    def _given(self, language: str, name: str) -> str:
        """The typed text. In a row, the translator is the one of the page unless the row names another."""
        typed = (self.cleaned_data.get(notice_field_name(language, name)) or "").strip()
        return typed or (self.parent.translated_by(language) if name == BY and self.parent else "")

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The fields that are no translations."""
        others = {HOLD, "DELETE", *translatable_field_names(type(self.instance))}
        return [field for field in self.visible_fields() if field.name not in others]

    @property
    def in_languages(self) -> list[LanguageFields]:
        if not self.shows_translations:
            return []
        hold = [HOLD] if self.instance.pk and self.instance.translations else []
        return [
            LanguageFields(
                gettext("In {language}").format(language=get_language_info(language)["name_translated"]),
                self.initial.get(notice_field_name(language, BY), ""),
                [
                    self[field]
                    for name in (*self.instance.translatable, BY)
                    if (field := notice_field_name(language, name)) in self.fields
                ]
                + [self[name] for name in hold],
            )
            for language in OTHERS
        ]


def translation_form_class(form: type[DeskForm], model: type[models.Model]) -> type[DeskForm]:
    """The form class for the model, with the fields of its translations if it has any."""
    if not issubclass(model, Translated):
        return form
    fields: dict[str, Any] = {
        notice_field_name(language, name): translation_form_field(model, language, name)
        for language in OTHERS
        for name in (*model.translatable, BY)
    }
    fields[HOLD] = forms.BooleanField(label=_("The translations still fit what changed"), required=False)
    if not issubclass(form, TranslationsForm):
        form = type(form)(f"Translated{form.__name__}", (TranslationsForm, form), {})
    return type(form)(form.__name__, (form,), fields)


def translation_form_field(model: type[models.Model], language: str, name: str) -> forms.CharField:
    """The field of a translation of one text, or of its translator."""
    own: Any = None if name == BY else model._meta.get_field(name)
    long = isinstance(own, models.TextField)
    attrs = {"lang": language, "dir": text_direction(language)}
    widget = MultilineText(attrs={"rows": 3, **attrs}) if long else GrowingText(attrs)
    return forms.CharField(
        label=lazy(lambda: translation_label(model, f"{COLUMN}.{language}.{name}"), str)(),
        required=False,
        max_length=200 if own is None else own.max_length,
        widget=forms.TextInput(attrs={"class": "vTextField"}) if own is None else widget,
    )


def translated_fieldsets(model: type[models.Model], obj: Any) -> list[tuple[Any, dict[str, Any]]]:
    """The fieldsets of the translations, collapsed: most records are first entered in one language."""
    if not issubclass(model, Translated):
        return []
    hold = [HOLD] if obj is not None and obj.translations else []
    return [
        (
            format_lazy(_("In {language}"), language=get_language_info(language)["name_translated"]),
            {
                "fields": [notice_field_name(language, name) for name in (*model.translatable, BY)] + hold,
                "classes": ("collapse",),
                "description": _(
                    "What readers of this language see in place of the texts above, which stay beside it. Where a "
                    "text changes, its translation goes, unless you change that too or tick that it still fits."
                ),
            },
        )
        for language in OTHERS
    ]
