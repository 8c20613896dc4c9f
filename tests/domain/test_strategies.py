"""The laws are only as good as the dossiers they run on: these show that every corner is reached."""

from collections import Counter
from datetime import date

from hypothesis import HealthCheck, Phase, given, settings

from claims.domain.dossier import Dossier, Gap, score_dossier
from claims.domain.vocabulary import ClaimKind, State

from .strategies import as_of_days, dossiers

CORNERS = (
    "bounded", "empty", "tentative", "several ratings", "an echo in support", "an echo against",
    "an origin on both sides", "a silent echo", "a tie", "unknown event", "vague event", "announced",
    "not known yet",
)  # fmt: skip
seen: Counter[object] = Counter()


@settings(
    max_examples=300,
    database=None,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(dossiers(), as_of_days)
def look(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    seen.update({gap.state, dossier.kind, *features(dossier, as_of, gap)})


def features(dossier: Dossier, as_of: date, gap: Gap) -> set[str]:
    visible = [link for link in dossier.links if gap.links[link.id].mass]
    named = [(link.origin, link.x > 0) for link in visible if link.origin]
    sides = {origin: {side for each, side in named if each == origin} for origin, _ in named}
    echoes = {side for each, side in named if named.count((each, side)) > 1}
    found = {
        "bounded": dossier.valid_until is not None,
        "empty": not dossier.links,
        "tentative": gap.tentative,
        "several ratings": any(len(link.stances) > 1 for link in visible),
        "an echo in support": True in echoes,
        "an echo against": False in echoes,
        "an origin on both sides": any(len(both) == 2 for both in sides.values()),
        "a silent echo": any(not gap.links[link.id].strongest for link in visible),
        "a tie": len({(link.origin, abs(link.x) * link.quality) for link in visible if link.origin})
        < len([link for link in visible if link.origin]),
        "unknown event": any(link.event is None for link in visible),
        "vague event": any(link.event and link.event.first < link.event.last for link in visible),
        "announced": any(link.event and link.event.first > link.known.last for link in dossier.links),
        "not known yet": any(link.known.last > as_of for link in dossier.links),
    }
    return {name for name, here in found.items() if here}


def test_generated_dossiers_reach_every_corner() -> None:
    look()
    corners = {*State, *ClaimKind, *CORNERS}
    assert {corner for corner in corners if not seen[corner]} == set()
