"""What a decision would do to the gaps, as the pages of the desk show it before it is made."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest

from claims.actions import GapChange
from claims.models import Claim
from claims.selectors.desk_blocks import links_sealed_for


def sealed_claims(request: HttpRequest, claims: Collection[int]) -> list[Claim]:
    """The published claims among these with reports that the user still has to grade. Their movement is hidden unless
    the user asks.

    Readers see these gaps already, and deciding may matter more than grading blind.
    """
    if request.GET.get("effects") == "all":
        return []
    unseen = links_sealed_for(request.user).filter(claim__in=claims).values("claim")  # type: ignore[arg-type]
    return list(Claim.objects.published().filter(pk__in=unseen))


def seen_effects(
    request: HttpRequest, moved: Collection[GapChange], claims: Collection[int] | None = None
) -> dict[str, Any]:
    """The context of `_effects.html`: how each gap moves, and the claims (by default those that move) that the user has
    to grade first."""
    keys = [move.claim.pk for move in moved] if claims is None else claims
    kept = sealed_claims(request, keys) if keys else []
    shown = [move for move in moved if move.claim not in kept]
    return {"moved": shown, "kept": kept, "turns": any(move.turns_verdict for move in shown)}
