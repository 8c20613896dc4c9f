"""A map of where evidence lies, ready to be drawn: which part of the world, what is on it, what lies outside."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from claims.domain.atlas import OutlineShape
from claims.domain.frames import MapFrame, bulk_of_points, frame_around, worth_showing_whole
from claims.domain.geometry import BoundingBox, Point, bounding_box, is_inside_rings, ring_area, ring_centre
from claims.domain.maps import LabelLayout, MapCircle, MapSpot, draw_circles
from claims.domain.vocabulary import PlaceKind
from claims.models import Place

from .ground import Ground, Located
from .shapes import COUNTRIES, PROVINCES, Backdrop, atlas, atlas_for, backdrop

ROUGH = {PlaceKind.PROVINCE, PlaceKind.COUNTRY, PlaceKind.AREA}
AROUND = 2.0  # degrees shown on each side of a place whose country is too large to be shown whole


@dataclass(frozen=True)
class Drawn:
    """A place on the map: its circle, and the shape that is tinted where its reports lie somewhere inside."""

    located: Located
    circle: MapCircle
    outline: str
    area: bool  # a region without borders: a dashed circle stands for it

    @property
    def rough(self) -> bool:
        """Whether the circle stands for somewhere around it, rather than for its very point."""
        return self.area or self.located.place.kind in ROUGH


@dataclass(frozen=True)
class Word:
    """A country's name, for orientation."""

    x: float
    y: float
    text: str
    wide: bool


@dataclass(frozen=True)
class Map:
    ground: Ground
    frame: MapFrame
    backdrop: Backdrop
    drawn: list[Drawn]
    words: list[Word]
    outside: list[Located]
    here: str  # the outline of the place that the map is about, where nothing is reported from it itself

    @property
    def rough(self) -> bool:
        return any(drawn.rough for drawn in self.drawn)


def map_of(ground: Ground, language: str, around: Place | None = None) -> Map | None:
    """None where nothing has a place on a map. `around` is a place that the map shows whatever happened there."""
    points = [(point, located.reports) for located in ground.places if (point := _point(located.place))]
    frame = _frame(points, around)
    if frame is None:
        return None
    shown = [located for located in ground.places if _is_in(located.place, frame)]
    by_key: dict[Hashable, Located] = {located.place.pk: located for located in shown}
    drawn = draw_circles(_spot(located, frame) for located in shown)
    layout = LabelLayout(drawn)
    for circle in drawn:
        layout.label(circle, _text(circle.spot))
    return Map(
        ground=ground,
        frame=frame,
        backdrop=backdrop(frame),
        drawn=[_drawn(circle, by_key[circle.spot.key], frame) for circle in drawn],
        words=_words(layout, frame, language, {circle.spot.name for circle in drawn}),
        outside=[located for located in ground.places if located.place.pk not in by_key],
        here=_outline(around, frame) if around and around.pk not in by_key else "",
    )


def _point(place: Place) -> Point | None:
    if place.latitude is None or place.longitude is None:
        return None
    return float(place.longitude), float(place.latitude)


def _is_in(place: Place, frame: MapFrame) -> bool:
    point = _point(place)
    return point is not None and frame.box.holds(point)


def _frame(points: Sequence[tuple[Point, int]], around: Place | None) -> MapFrame | None:
    """Around the bulk of the reports, with the country in which the most of them lie."""
    here = around and _point(around)
    if here:
        near, most = [here, *(point for point, _ in points if _near(point, here))], here
    elif points:
        near, most = bulk_of_points(points), max(points, key=lambda found: found[1])[0]
    else:
        return None
    return frame_around(bounding_box(near).with_(_country(most)))


def _near(point: Point, here: Point) -> bool:
    return max(abs(point[0] - here[0]), abs(point[1] - here[1])) < AROUND


def _country(point: Point) -> BoundingBox:
    shape = _country_at(point)
    mainland = atlas(COUNTRIES).mainland(shape) if shape else None
    if mainland and worth_showing_whole(mainland):
        return mainland
    return BoundingBox(*point, *point).grown(AROUND)


def _spot(located: Located, frame: MapFrame) -> MapSpot:
    place = located.place
    x, y = frame.place(_standing(place, frame))
    return MapSpot(place.pk, place.called, PlaceKind(place.kind), x, y, located.numbers)


def _standing(place: Place, frame: MapFrame) -> Point:
    """Where its circle stands: at a town's point, but in the middle of a province or country.

    The point that somebody gave those is often their capital, and a circle there would say more than is known.
    """
    shape = _shape(place, frame)
    parts = [[*ring, ring[0]] for ring in atlas_for(frame).outline(shape, frame.box)] if shape else []
    middle = ring_centre(max(parts, key=ring_area)) if parts else None
    return middle if middle and is_inside_rings(parts, middle) else _point(place) or frame.box.middle


def _text(spot: MapSpot) -> str:
    return f"{spot.name} {spot.reports}"


def _drawn(circle: MapCircle, located: Located, frame: MapFrame) -> Drawn:
    kind = PlaceKind(located.place.kind)
    return Drawn(located, circle, _outline(located.place, frame), kind is PlaceKind.AREA)


def _outline(place: Place, frame: MapFrame) -> str:
    shape = _shape(place, frame)
    box = frame.box.grown(frame.box.height / 50)
    return frame.path(atlas_for(frame).outline(shape, box), closed=True) if shape else ""


def _shape(place: Place, frame: MapFrame) -> OutlineShape | None:
    """The country or the province in which the place's point lies, if the place is one."""
    point = _point(place)
    if point is None:
        return None
    match PlaceKind(place.kind):
        case PlaceKind.PROVINCE if atlas_for(frame) is not atlas(COUNTRIES):
            return atlas_for(frame).at(point)
        case PlaceKind.COUNTRY:
            country = _country_at(point)
            return country and atlas_for(frame).country(country.country)
    return None


def _country_at(point: Point) -> OutlineShape | None:
    """Asked of the provinces, whose coast is truer; drawn as coarsely as countries are."""
    province = atlas(PROVINCES).at(point)
    return province and atlas(COUNTRIES).country(province.country)


def _words(layout: LabelLayout, frame: MapFrame, language: str, taken: set[str]) -> list[Word]:
    found = []
    for name in backdrop(frame).names:
        text = name.names.get(language) or name.names.get("en", "")
        if text and text not in taken:
            room = layout.word(*name.at, text, name.room)
            if room is not None:
                found.append(Word(*name.at, text, wide=not room))
    return found
