"""Shapes of countries and provinces. Each file is read once in a process, when the first map needs it."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from claims.drawing.atlas import ShapeAtlas
from claims.drawing.geometry import Point
from claims.drawing.map_frames import MapFrame

SHAPES = Path(__file__).parent.parent / "shapes"
PROVINCES, COUNTRIES = "provinces", "countries"
DETAILED = 40.0  # degrees of width up to which provinces are drawn
LARGE = 0.004  # share of the frame that a country must fill to be named
NAME_WIDTH, NAME_HEIGHT = (
    0.06,
    0.06,
)  # shares of the map that a short name takes; the larger country keeps its name


@cache
def load_atlas(name: str) -> ShapeAtlas:
    return ShapeAtlas(json.loads(gzip.decompress((SHAPES / f"{name}.json.gz").read_bytes())))


def atlas_for(frame: MapFrame) -> ShapeAtlas:
    """The shapes for the frame: provinces if it is small enough to tell them apart, otherwise countries with less
    detail.
    """
    return load_atlas(PROVINCES if frame.box.width <= DETAILED else COUNTRIES)


@dataclass(frozen=True)
class NamedCountry:
    """A country's name in each language, its position on the map, and the width of the country there."""

    names: Mapping[str, str]
    at: Point
    room: float


@dataclass(frozen=True)
class MapBackdrop:
    """The background of a map, as SVG paths."""

    land: str
    provinces: str
    borders: str
    names: tuple[NamedCountry, ...]


@lru_cache(maxsize=128)
def map_backdrop(frame: MapFrame) -> MapBackdrop:
    box, shapes = frame.box.grown(frame.box.height / 50), atlas_for(frame)
    return MapBackdrop(
        land=frame.path(shapes.coast(box), closed=True),
        provinces=frame.path(shapes.borders(box, between_countries=False), closed=False),
        borders=frame.path(shapes.borders(box, between_countries=True), closed=False),
        names=tuple(_backdrop_names(frame)),
    )


def _backdrop_names(frame: MapFrame) -> list[NamedCountry]:
    whole = frame.box.width * frame.box.height
    seen = [
        (size, shape, at)
        for shape, at, size in load_atlas(COUNTRIES).in_view(frame.box)
        if size > LARGE * whole
    ]
    named: list[NamedCountry] = []
    for size, shape, at in sorted(seen, key=lambda found: -found[0]):
        place = frame.place(at)
        if not any(_would_meet(place, other.at) for other in named):
            named.append(NamedCountry(shape.names, place, (size**0.5 * 1.3) / frame.box.width))
    return named


def _would_meet(one: Point, other: Point) -> bool:
    """Whether the names of two countries would overlap, by the places of their middles as shares of the map."""
    return abs(one[0] - other[0]) < NAME_WIDTH and abs(one[1] - other[1]) < NAME_HEIGHT
