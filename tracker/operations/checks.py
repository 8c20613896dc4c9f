"""What `manage.py check`, and so most commands, say of the settings and the files of this machine."""

import os
from typing import Any

from django.conf import settings
from django.core import checks

from tracker.file_permissions import open_files
from tracker.setting_names import unknown_settings


@checks.register()
def check_names_of_settings(**_options: Any) -> list[checks.CheckMessage]:
    return [checks.Warning(sentence, id="tracker.W001") for sentence in misspelt_settings()]


def misspelt_settings() -> list[str]:
    return unknown_settings(settings.KNOWN_SETTINGS, os.environ, settings.BASE_DIR / ".env")


@checks.register(checks.Tags.security, deploy=True)
def check_files_are_private(**_options: Any) -> list[checks.CheckMessage]:
    found = open_files(settings.DATA_DIR)
    if not found:
        return []
    return [
        checks.Warning(
            f"Other users of this machine can read or write {found[0]}"
            + (f" and {len(found) - 1} more below it." if len(found) > 1 else "."),
            hint=f"chmod -R go= {settings.DATA_DIR}",
            id="tracker.W002",
        )
    ]
