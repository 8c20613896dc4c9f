"""Whose side a report comes from: whether its publisher or whoever it quotes belongs to the claim's speaker."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from claims.models import EvidenceLink, Speaker

Institutions = Mapping[int, int]  # of each speaker that belongs to one


def interest_suggestions(links: list[int]) -> dict[int, str]:
    """Why each link may serve the side it comes from, by its key; links of which nothing suggests it are left out.

    The editor decides. In a fixed number of queries.
    """
    rows = EvidenceLink.objects.filter(pk__in=links).values_list(
        "pk",
        "claim__statement__speaker",
        "evidence__source__institution",
        "evidence__relays",
        "evidence__relays__institution",
        "evidence__quotes",
    )
    institutions = dict(Speaker.objects.filter(institution__isnull=False).values_list("pk", "institution_id"))
    found = {}
    for key, speaker, of_source, relays, of_relayed, quoted in rows:
        own = set(_speaker_with_institutions(speaker, institutions))
        publisher = of_relayed if relays else of_source
        if quoted and not own.isdisjoint(_speaker_with_institutions(quoted, institutions)):
            found[key] = _("It quotes the speaker’s own side. If it supports the claim, tick this.")
        elif publisher and not own.isdisjoint(_speaker_with_institutions(publisher, institutions)):
            found[key] = _(
                "Its publisher belongs to the speaker’s own side. If it supports the claim, tick this."
            )
    return found


def _speaker_with_institutions(speaker: int, institutions: Institutions) -> Iterator[int]:
    """The speaker and the institutions above, at any depth. Ends where two belong to each other."""
    seen: set[int] = set()
    here: int | None = speaker
    while here is not None and here not in seen:
        yield here
        seen.add(here)
        here = institutions.get(here)


def objection_to_support(link: EvidenceLink, stance: int | None) -> str:
    """Why the report cannot support the claim with this stance. Empty if it can."""
    quoted = link.evidence.quotes_id
    if not quoted or stance is None or stance <= 0 or quoted != link.claim.statement.speaker_id:
        return ""
    return _(
        "“%(report)s” quotes the claim’s own speaker: this is the claim, not evidence for it. Grade it as context."
    ) % {"report": link.evidence}
