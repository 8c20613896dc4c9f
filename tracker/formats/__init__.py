"""How Django writes a value by itself: for each language the formats that its rules name (`claims.languages`).

Django imports `tracker.formats.<language>.formats`. These modules are made here, one for each language that Django
knows, so that a language of the site needs no file here. The finished page turns the figures into the language's own
(`claims.text.digits`), so Django writes them as in English: with a comma for the point, an attribute of a chart would
no longer be a number, and 0.75 would come out as seventy-five behind a mark of thousands.
"""

import sys
from types import ModuleType

from django.conf.locale import LANG_INFO
from django.utils.translation import to_locale

from claims.languages import rules_for


def _register_formats(language: str) -> None:
    formats = rules_for(language).formats
    if not formats:
        return
    name = f"{__name__}.{to_locale(language)}"
    package, module = ModuleType(name), ModuleType(f"{name}.formats")
    package.__path__ = []
    vars(module).update(formats)
    sys.modules |= {package.__name__: package, module.__name__: module}


for _language in LANG_INFO:
    _register_formats(_language)
