"""The lens that a reader asks for in a claim's address."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _

from claims.domain.lens import InvalidLens, Lens, read


def asked_lens(request: HttpRequest) -> Lens:
    """A 400 in words where the address spells none."""
    try:
        return read(dict(request.GET.lists()))
    except InvalidLens as refusal:
        raise BadRequest(_(refusal.words) % {"value": refusal.value}) from None
