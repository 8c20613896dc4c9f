"""What a claim's page gives its readers to take away: the version that it stands on, and how to cite it."""

from typing import Any

from django.http import HttpRequest

from claims.models import Claim
from claims.selectors.listing import Day
from claims.selectors.pins import pin_of

from .citing import FORM_NAMES, cited, plain


def carried(request: HttpRequest, claim: Claim, day: Day) -> dict[str, Any]:
    """Nothing where the site had said nothing of the claim by the day: there is no version to cite."""
    pin = pin_of(claim, day)
    if pin is None:
        return {}
    return {"pin": pin, "citation": plain(cited(request, claim, pin)), "forms": FORM_NAMES}
