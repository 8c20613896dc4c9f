"""Form fields for a change of a published record: the reason, and the correction notice if one is required."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from claims.actions import CorrectionNotice, Draft
from claims.admin.choice_labels import choice_sentence
from claims.admin.letter_limits import LetterLimitsMixin, without_browser_limits
from claims.admin.widgets import MultilineText
from claims.domain.vocabulary import CorrectionKind
from claims.models import Correction
from claims.models.translated import text_direction
from claims.selectors.translated import COLUMN, translation_label
from claims.text.translations import BY, nest_translations

OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
# The name of each field in a correction, and in a form beside the record's own fields.
NOTICE = {"what_was_wrong": "notice", BY: "notice_by"}


def notice_field_name(language: str, name: str) -> str:
    return f"{name}_{language}"


NOTICE_IN_OTHERS = [notice_field_name(language, name) for language in OTHERS for name in NOTICE.values()]


def reason_and_notice_fields(*, with_notice: bool, draft: Draft | None = None) -> dict[str, forms.Field]:
    """The fields of the reason and of the notice. Those of a draft stay as long as nothing else is typed."""
    kept = _("Your proposal says: “%(reason)s”. Leave it empty to keep that.")
    help_text = kept % {"reason": draft.proposal.reason} if draft else ""
    fields = {
        "why": forms.CharField(
            label=_("Why it changes"),
            required=False,
            max_length=2000,
            widget=MultilineText(attrs={"rows": 2}),
            help_text=help_text or _("Readers will read it in the list of changes."),
        ),
        **(notice_fields() if with_notice else {}),
    }
    return without_browser_limits(fields)


def notice_fields() -> dict[str, forms.Field]:
    kinds = [("", _("none")), *((kind.value, choice_sentence(kind)) for kind in CorrectionKind)]
    fields = {
        "notice_kind": forms.ChoiceField(label=_("Notice for readers"), required=False, choices=kinds),
        "notice": forms.CharField(
            label=_("What was wrong"),
            required=False,
            max_length=2000,
            widget=MultilineText(attrs={"rows": 2}),
            help_text=_(
                "On top of the page, for good. Needed where official words change or a verdict moves; what it does to "
                "the gap is added by itself."
            ),
        ),
        **{
            notice_field_name(language, NOTICE[name]): _translated_notice_field(language, name)
            for language in OTHERS
            for name in NOTICE
        },
    }
    return without_browser_limits(fields)


def _translated_notice_field(language: str, name: str) -> forms.CharField:
    words = MultilineText(attrs={"rows": 2, "lang": language, "dir": text_direction(language)})
    return forms.CharField(
        label=translation_label(Correction, f"{COLUMN}.{language}.{name}"),
        required=False,
        max_length=200 if name == BY else 2000,
        widget=forms.TextInput(attrs={"class": "vTextField"}) if name == BY else words,
    )


class NoticeFormMixin(LetterLimitsMixin):
    """A form with a correction notice and its translations."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self._refuse_half_notice()
        for language, texts in self._translations().items():
            if not texts.get(BY):
                self.add_error(
                    notice_field_name(language, NOTICE[BY]), _("Say who translated it: readers see the name.")
                )
        return cleaned

    def _refuse_half_notice(self) -> None:
        kind, words = self.cleaned_data.get("notice_kind"), self.cleaned_data.get("notice")
        if words and not kind and "notice_kind" not in self.errors:
            self.add_error("notice_kind", _("Choose what kind of notice this is."))
        if kind and not words and "notice" not in self.errors:
            self.add_error("notice", _("Write what was wrong, or choose no notice."))

    @property
    def notice_given(self) -> CorrectionNotice | None:
        kind, words = self.cleaned_data.get("notice_kind"), self.cleaned_data.get("notice")
        return CorrectionNotice(CorrectionKind(kind), words, self._translations()) if kind and words else None

    @property
    def notice_in_others(self) -> list[forms.BoundField]:
        """The fields of the notice in the other languages."""
        return [self[name] for name in NOTICE_IN_OTHERS if name in self.fields]

    def _translations(self) -> dict[str, dict[str, str]]:
        """The translations of the notice, as a correction stores them."""
        return nest_translations(
            {
                (language, name): (self.cleaned_data.get(notice_field_name(language, field)) or "").strip()
                for language in OTHERS
                for name, field in NOTICE.items()
            }
        )


def initial_notice_values(kind: str, words: str, translations: dict[str, dict[str, str]]) -> dict[str, str]:
    """The initial values of the form for a notice that was already written."""
    others = {
        notice_field_name(language, NOTICE[name]): text
        for language, texts in translations.items()
        for name, text in texts.items()
    }
    return {"notice_kind": kind, "notice": words, **others}
