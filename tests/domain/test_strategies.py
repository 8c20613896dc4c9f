"""The laws are only as good as the dossiers they run on: these show that every corner is reached."""

from collections import Counter
from datetime import date

from hypothesis import HealthCheck, Phase, given, settings

from claims.domain.dossier import Dossier, Gap, Link, score_dossier
from claims.domain.vocabulary import ClaimKind, Directness, State

from .strategies import as_of_days, dossiers

CORNERS = (
    "bounded", "empty", "tentative", "several ratings", "an echo in support", "an echo against",
    "an origin on both sides", "a silent echo", "a tie", "unknown event", "vague event", "announced",
    "not known yet", "before the words speak", "several publishers of an origin", "publishers that tie",
    "a publisher over its limit", "a publisher on both sides", "interested", "decisive", "a whisper",
    "one publisher prevails",
)  # fmt: skip
seen: Counter[object] = Counter()


@settings(
    max_examples=500,
    database=None,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(dossiers(), as_of_days)
def look(dossier: Dossier, as_of: date) -> None:
    gap = score_dossier(dossier, as_of)
    seen.update({gap.state, dossier.kind, *features(dossier, as_of, gap), *voices(dossier, gap)})


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
        "a silent echo": any(not gap.links[link.id].is_counted for link in visible),
        "a tie": len({(link.origin, abs(link.x) * link.quality) for link in visible if link.origin})
        < len([link for link in visible if link.origin]),
        "unknown event": any(link.event is None for link in visible),
        "vague event": any(link.event and link.event.first < link.event.last for link in visible),
        "announced": any(link.event and link.event.first > link.known.last for link in dossier.links),
        "not known yet": any(link.known.last > as_of for link in dossier.links),
        "before the words speak": any(
            dossier.valid_from and link.event_day < dossier.valid_from.first and link.known_day <= as_of
            for link in dossier.links
        ),
    }
    return {name for name, here in found.items() if here}


def voices(dossier: Dossier, gap: Gap) -> set[str]:
    """Corners of who reports what."""
    parts = gap.links
    visible = [link for link in dossier.links if parts[link.id].mass]
    cells = {(link.origin, link.x > 0, link.publisher) for link in visible if link.origin and link.publisher}
    origins = [(origin, side) for origin, side, _ in cells]
    shared = [link for link in visible if origins.count((link.origin, link.x > 0)) > 1]
    tops = [((link.origin, link.x > 0), link.publisher) for link in shared if parts[link.id].is_counted]
    named = [link for link in visible if link.publisher]
    found = {
        "several publishers of an origin": bool(shared),
        "publishers that tie": any(one == two and a != b for one, a in tops for two, b in tops),
        "a publisher over its limit": gap.mass < top_masses(visible, gap),
        "a publisher on both sides": len({link.publisher for link in named})
        < len({(link.publisher, link.x > 0) for link in named}),
        "interested": any(link.interested for link in visible),
        "decisive": any(link.directness is Directness.DECISIVE for link in visible),
        "a whisper": any(parts[link.id].mass < 1 / 16 for link in visible),
        "one publisher prevails": gap.contradicting >= 1 > gap.supporting and gap.publishers_against == 1,
    }
    return {name for name, here in found.items() if here}


def top_masses(links: list[Link], gap: Gap) -> float:
    """What the two sides would come to if publishers had no limit."""
    tops: dict[object, float] = {}
    for link in links:
        side = ("own", link.id) if link.origin is None else (link.origin, link.x > 0)
        tops[side] = max(tops.get(side, 0.0), gap.links[link.id].mass)
    return sum(tops.values())


def test_generated_dossiers_reach_every_corner() -> None:
    look()
    corners = {*State, *ClaimKind, *CORNERS} - {State.UNCHECKABLE}  # which the method never gives
    assert {corner for corner in corners if not seen[corner]} == set()
