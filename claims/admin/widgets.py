"""Widgets that do not change the typed text, and radio buttons for a stance."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.utils.translation import gettext as _

from claims.domain.vocabulary import Stance


class MultilineText(forms.Textarea):
    """A text area that stores line ends as LF. Browsers send CR LF."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class GrowingText(MultilineText):
    """A text area of one line that grows with its text."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 1, "class": "desk-line", **(attrs or {})})


class StanceRadios(forms.RadioSelect):
    """Five radio buttons in a row. Each option passes its sign, label and meaning to the template."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value in {stance.value for stance in Stance}:
            stance = Stance(value)
            option |= {"sign": stance.sign, "meaning": _(stance.meaning), "key": stance + 3}
        else:
            option["attrs"]["aria-label"] = option["label"]  # the visible label is hidden at first
        return option


class KeysOnlyMixin:
    """Ignores values that are no keys.

    After an error, Django's widget looks up every value that was sent, and fails on others.
    """

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        return super().optgroups(name, [key for key in value if str(key).isdecimal()], attrs)  # type: ignore[misc]


class AutocompleteKey(KeysOnlyMixin, AutocompleteSelect):
    pass


class AutocompleteKeys(KeysOnlyMixin, AutocompleteSelectMultiple):
    pass
