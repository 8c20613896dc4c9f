"""Every use of Django that its documentation does not cover, in one place.

A name with a leading underscore belongs to Django alone and may change in any release. Each use below says why no
public way does it. All were tested with Django 5.2 and 6.1. After an upgrade of Django read this file first.

`_meta`, `_state`, `_base_manager` and `_default_manager` are documented, so they may be used anywhere.
tests/test_django_internals.py finds any other use; what only tests need is in tests/django_internals.py.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse


class MissingRecordHook:
    """A ModelAdmin whose answer to the address of a missing record can be called and replaced.

    Django redirects to the index with a message. Its change view gives no public hook for the answer, and overriding
    `get_object` would not know which view asks. The method has had this name and these arguments since Django 2.0.
    """

    opts: Any

    def answer_missing_record(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return super()._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[misc]

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        return self.answer_missing_record(request, object_id)


class InstanceCleaningHook:
    """A ModelForm whose check of its instance can be extended.

    `clean()` runs before the typed values are on the instance, and nothing public runs after it. The step is named
    `_post_clean` since Django 1.2.
    """

    def clean_instance(self) -> None:
        """Copy the cleaned data to the instance, then run the model's own checks and note their errors."""
        super()._post_clean()  # type: ignore[misc]

    def _post_clean(self) -> None:
        self.clean_instance()


class ContentTypeHook:
    """An HttpRequest that reads its content type itself.

    Django does so while it builds the request, before any middleware could answer. The method was made for that in
    Django 1.7 and is the only place where an unknown charset can be caught.
    """

    def read_content_type(self, meta: dict[str, Any]) -> None:
        super()._set_content_type_params(meta)  # type: ignore[misc]

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.read_content_type(meta)


def discard_queued_messages(request: HttpRequest) -> None:
    """Drop the messages that this request has added, and keep those of earlier requests, not shown yet.

    Reading them through the public iterator would mark the earlier ones as shown. The list is named so since
    Django 1.2.
    """
    storage: Any = messages.get_messages(request)
    storage._queued_messages.clear()
