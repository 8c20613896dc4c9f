"""Rows of links: the link itself, and the grading of the editor who is signed in."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from claims.actions import GradingReason, objection_to_double_count
from claims.admin.change_notice_form import OTHERS, notice_field_name
from claims.admin.letter_limits import without_browser_limits
from claims.models import Rating
from claims.models.constraint_messages import CONSTRAINTS
from claims.selectors.desk_blocks import links_with_sealed_words
from claims.selectors.interests import interest_suggestions, objection_to_support
from claims.text.translations import BY, drop_outdated_texts, flatten_translations, nest_translations

from .forms import DeskForm, DeskFormSet
from .grading_fields import (
    clause_field,
    own_reason_field,
    refuse_clause_without_stance,
    refuse_reason_without_stance,
    stance_field,
)
from .translations import translation_form_field

RATIONALE = "own_rationale"
RATIONALE_IN_OTHERS = {
    (language, name): notice_field_name(language, field)
    for language in OTHERS
    for name, field in (("rationale", RATIONALE), (BY, "own_by"))
}
# Of a link's form: the editor's own.
GRADING_FIELDS = frozenset({"stance", "decisive_clause", RATIONALE, *RATIONALE_IN_OTHERS.values()})
OwnGradings = Mapping[int, Rating]
OtherGradings = Mapping[int, list[Rating]]
Keys = frozenset[int]


class LinkForm(DeskForm):
    """A link with the stance of the editor who is signed in."""

    is_sealed = False  # whether another editor wrote it, and this one still has to grade it as the second
    others: Sequence[Rating] = ()  # the gradings of others with their reasons, once this editor has graded
    suggestion = ""  # why the report may serve the side it comes from

    stance = stance_field()
    decisive_clause = clause_field()
    own_rationale = own_reason_field()

    def __init__(self, *args: Any, own: OwnGradings, may_grade: bool, sealed: Keys, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= without_browser_limits(_translated_rationale_fields())
        if self.instance.pk in sealed:
            self.is_sealed = True
            for name in self.fields.keys() - GRADING_FIELDS:
                del self.fields[name]
        if not self.shows_shared_rationale:
            for name in ("rationale", *(notice_field_name(language, "rationale") for language in OTHERS)):
                self.fields.pop(name, None)
        self.initial.update(_values_of_grading(own.get(self.instance.pk)))
        for name in GRADING_FIELDS:
            self.fields[name].disabled = not may_grade
        if self.instance.pk:
            # A stored link keeps both its ends. Otherwise other editors' stances would move with it.
            for end in ("claim", "evidence"):
                if end in (self._meta.fields or ()):
                    self.fields.pop(end, None)

    @property
    def shows_shared_rationale(self) -> bool:
        """Whether the link has a reason from before each grader gave their own. It stays, and can be corrected."""
        return bool(self.instance.pk and self.instance.rationale and not self.is_sealed)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "decisive_clause" in self.changed_data:
            refuse_clause_without_stance(self, "decisive_clause")
        if RATIONALE in self.changed_data:
            refuse_reason_without_stance(self, RATIONALE)
        for language in OTHERS:
            if self._given_own(language, "rationale") and not self._given_own(language, BY):
                name = RATIONALE_IN_OTHERS[language, BY]
                self.add_error(name, _("Say who translated it: readers see the name."))
        return cleaned

    def _given_own(self, language: str, name: str) -> str:
        """The typed text. The translator is the one of the page unless the row names another."""
        typed = (self.cleaned_data.get(RATIONALE_IN_OTHERS[language, name]) or "").strip()
        parent = getattr(self, "parent", None)
        return typed or (parent.translated_by(language) if name == BY and parent else "")

    @property
    def grading_reason(self) -> GradingReason:
        """The editor's own reason. A translation goes where the text changes and it does not."""
        text = self.cleaned_data.get(RATIONALE, "").strip()
        given = nest_translations({key: self._given_own(*key) for key in RATIONALE_IN_OTHERS})
        was = {"rationale": self.initial[RATIONALE]}
        stored = self.initial_translations
        if self.translations_hold or not self.initial[RATIONALE]:
            return GradingReason(text, given)
        return GradingReason(text, drop_outdated_texts(was, {"rationale": text}, stored, given))

    @property
    def initial_translations(self) -> dict[str, dict[str, str]]:
        return nest_translations({key: self.initial[name] for key, name in RATIONALE_IN_OTHERS.items()})

    @property
    def own_languages(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of the editor's reason in each other language, with the name of the language."""
        names = {language: get_language_info(language)["name_translated"] for language in OTHERS}
        return [
            (
                _("In {language}").format(language=names[language]),
                [self[RATIONALE_IN_OTHERS[language, name]] for name in ("rationale", BY)],
            )
            for language in OTHERS
        ]

    def clean_instance(self) -> None:
        super().clean_instance()
        if self.errors or not self.has_changed() or not self.instance.claim_id:
            return
        if self.instance._state.adding:
            self._refuse_double_count()
        if "stance" in self.changed_data and self.instance.evidence_id:
            self._refuse_own_words()

    def _refuse_own_words(self) -> None:
        if words := objection_to_support(self.instance, self.cleaned_data.get("stance")):
            self.add_error("stance", words)

    def _refuse_double_count(self) -> None:
        if self.instance.evidence_id and (words := objection_to_double_count(self.instance)):
            self.add_error("distinct_reason", words)


def _translated_rationale_fields() -> dict[str, forms.Field]:
    return {
        name: translation_form_field(Rating, language, of)
        for (language, of), name in RATIONALE_IN_OTHERS.items()
    }


def _values_of_grading(rating: Rating | None) -> dict[str, Any]:
    """The initial values of the fields of a grading."""
    texts = flatten_translations(rating.translations) if rating else {}
    return {
        "stance": rating.stance if rating else None,
        "decisive_clause": rating.decisive_clause if rating else "",
        RATIONALE: rating.rationale if rating else "",
        **{name: texts.get(key, "") for key, name in RATIONALE_IN_OTHERS.items()},
    }


class LinkFormSet(DeskFormSet):
    may_grade: bool
    once_words = CONSTRAINTS["evidencelink_once_a_claim"][1]

    @cached_property
    def _gradings(self) -> tuple[dict[int, Rating], dict[int, list[Rating]]]:
        """Of each link the editor's own grading, and, where there is one, those of others."""
        if not self.instance.pk:
            return {}, {}
        ratings = list(Rating.objects.filter(**{f"link__{self.fk.name}": self.instance}))
        own = {rating.link_id: rating for rating in ratings if rating.rater_id == self.editor.pk}
        others: dict[int, list[Rating]] = {key: [] for key in own}
        for rating in ratings:
            if rating.rater_id != self.editor.pk and rating.link_id in own:
                others[rating.link_id].append(rating)
        return own, others

    @property
    def own(self) -> OwnGradings:
        return self._gradings[0]

    @property
    def others(self) -> OtherGradings:
        return self._gradings[1]

    @cached_property
    def suggestions(self) -> dict[int, str]:
        return interest_suggestions(list(self.rows_by_key))

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        shown = form.instance.pk and not form.is_sealed
        form.others = self.others.get(form.instance.pk, ())
        form.suggestion = self.suggestions.get(form.instance.pk, "") if shown else ""

    @cached_property
    def sealed(self) -> Keys:
        if not (self.may_grade and self.rows_by_key):
            return frozenset()
        sealed = links_with_sealed_words(self.editor).filter(**{self.fk.name: self.instance})
        return frozenset(sealed.values_list("pk", flat=True))

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        own: dict[str, Any] = {"own": self.own, "may_grade": self.may_grade, "sealed": self.sealed}
        return {**super().get_form_kwargs(index), **own}

    def kept_words(self, record: Any) -> str:
        return _(
            "This link has been published and is not deleted. Grade it as context, or withdraw the report."
        )
