"""Django's formats of dates and numbers: for each language those in its rules (`claims.languages`).

Django imports `tracker.formats.<language>.formats`. These modules are created here, one for each language that Django
knows, so that no language needs a file. Django writes figures as in English, and `claims.text.digits` converts them
on the finished page. A decimal comma from Django would make a chart's attribute invalid.
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
