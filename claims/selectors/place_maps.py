"""A map of reports, ready to be drawn: its frame, what is on it, and what lies outside."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import assert_never

from claims.domain.vocabulary import PlaceKind
from claims.drawing.atlas import OutlineShape
from claims.drawing.geometry import BoundingBox, Point, bounding_box, is_inside_rings, ring_area, ring_centre
from claims.drawing.map_circles import LabelLayout, MapCircle, MapSpot, draw_circles
from claims.drawing.map_frames import MapFrame, bulk_of_points, frame_around, worth_showing_whole
from claims.models import Place
from claims.selectors.ground_reports import LocatedReports, ReportsByPlace
from claims.selectors.map_shapes import COUNTRIES, PROVINCES, MapBackdrop, atlas_for, load_atlas, map_backdrop

ROUGH = {PlaceKind.PROVINCE, PlaceKind.COUNTRY, PlaceKind.AREA}
AROUND = 2.0  # degrees shown on each side of a place whose country is too large to be shown whole


@dataclass(frozen=True)
class DrawnPlace:
    """A place on the map: its circle, and the shape to tint if the reports are somewhere inside it."""

    located: LocatedReports
    circle: MapCircle
    outline: str
    area: bool  # whether it is a region without borders, drawn as a dashed circle

    @property
    def rough(self) -> bool:
        """Whether the circle stands for an area, not for an exact point."""
        return self.area or self.located.place.kind in ROUGH


@dataclass(frozen=True)
class CountryName:
    """A country's name on the map."""

    x: float
    y: float
    text: str
    wide: bool


@dataclass(frozen=True)
class DrawnMap:
    ground: ReportsByPlace
    frame: MapFrame
    backdrop: MapBackdrop
    drawn: list[DrawnPlace]
    words: list[CountryName]
    outside: list[LocatedReports]
    here: str  # the outline of the page's place, if no report is from the place itself

    @property
    def rough(self) -> bool:
        return any(drawn.rough for drawn in self.drawn)


def draw_map(ground: ReportsByPlace, language: str, around: Place | None = None) -> DrawnMap | None:
    """The map of the reports; None if nothing has coordinates. `around` is a place that the map always shows."""
    points = [(point, located.reports) for located in ground.places if (point := _place_point(located.place))]
    frame = _choose_frame(points, around)
    if frame is None:
        return None
    shown = [located for located in ground.places if _is_within_frame(located.place, frame)]
    by_key: dict[Hashable, LocatedReports] = {located.place.pk: located for located in shown}
    drawn = draw_circles(_map_spot(located, frame) for located in shown)
    layout = LabelLayout(drawn)
    for circle in drawn:
        layout.label(circle, _spot_text(circle.spot))
    return DrawnMap(
        ground=ground,
        frame=frame,
        backdrop=map_backdrop(frame),
        drawn=[_drawn_place(circle, by_key[circle.spot.key], frame) for circle in drawn],
        words=_country_names(layout, frame, language, {circle.spot.name for circle in drawn}),
        outside=[located for located in ground.places if located.place.pk not in by_key],
        here=_outline_path(around, frame) if around and around.pk not in by_key else "",
    )


def _place_point(place: Place) -> Point | None:
    if place.latitude is None or place.longitude is None:
        return None
    return float(place.longitude), float(place.latitude)


def _is_within_frame(place: Place, frame: MapFrame) -> bool:
    point = _place_point(place)
    return point is not None and frame.box.holds(point)


def _choose_frame(points: Sequence[tuple[Point, int]], around: Place | None) -> MapFrame | None:
    """The frame around most of the reports, with the country of most of them; None without points."""
    here = around and _place_point(around)
    if here:
        near, most = [here, *(point for point, _ in points if _is_near(point, here))], here
    elif points:
        near, most = bulk_of_points(points), max(points, key=lambda found: found[1])[0]
    else:
        return None
    return frame_around(bounding_box(near).with_(_country_box(most)))


def _is_near(point: Point, here: Point) -> bool:
    return max(abs(point[0] - here[0]), abs(point[1] - here[1])) < AROUND


def _country_box(point: Point) -> BoundingBox:
    shape = _country_at_point(point)
    mainland = load_atlas(COUNTRIES).mainland(shape) if shape else None
    if mainland and worth_showing_whole(mainland):
        return mainland
    return BoundingBox(*point, *point).grown(AROUND)


def _map_spot(located: LocatedReports, frame: MapFrame) -> MapSpot:
    place = located.place
    x, y = frame.place(_circle_point(place, frame))
    return MapSpot(place.pk, place.called, PlaceKind(place.kind), x, y, located.numbers)


def _circle_point(place: Place, frame: MapFrame) -> Point:
    """The position of the circle: at a town's point, but in the middle of a province or country.

    The point of a province or country is often its capital. A circle there would seem more precise than the reports
    are.
    """
    shape = _shape_of_place(place, frame)
    parts = [[*ring, ring[0]] for ring in atlas_for(frame).outline(shape, frame.box)] if shape else []
    middle = ring_centre(max(parts, key=ring_area)) if parts else None
    return middle if middle and is_inside_rings(parts, middle) else _place_point(place) or frame.box.middle


def _spot_text(spot: MapSpot) -> str:
    return f"{spot.name} {spot.reports}"


def _drawn_place(circle: MapCircle, located: LocatedReports, frame: MapFrame) -> DrawnPlace:
    kind = PlaceKind(located.place.kind)
    return DrawnPlace(located, circle, _outline_path(located.place, frame), kind is PlaceKind.AREA)


def _outline_path(place: Place, frame: MapFrame) -> str:
    shape = _shape_of_place(place, frame)
    box = frame.box.grown(frame.box.height / 50)
    return frame.path(atlas_for(frame).outline(shape, box), closed=True) if shape else ""


def _shape_of_place(place: Place, frame: MapFrame) -> OutlineShape | None:
    """The shape of the place, if it is a country or province; otherwise None."""
    point = _place_point(place)
    if point is None:
        return None
    kind = PlaceKind(place.kind)
    match kind:
        case PlaceKind.PROVINCE:
            return None if atlas_for(frame) is load_atlas(COUNTRIES) else atlas_for(frame).at(point)
        case PlaceKind.COUNTRY:
            country = _country_at_point(point)
            return country and atlas_for(frame).country(country.country)
        case PlaceKind.SITE | PlaceKind.TOWN | PlaceKind.AREA:
            return None
        case _:
            assert_never(kind)


def _country_at_point(point: Point) -> OutlineShape | None:
    """The country at the point.

    Looked up among the provinces, whose coast is more exact; returned with less detail.
    """
    province = load_atlas(PROVINCES).at(point)
    return province and load_atlas(COUNTRIES).country(province.country)


def _country_names(layout: LabelLayout, frame: MapFrame, language: str, taken: set[str]) -> list[CountryName]:
    found = []
    for name in map_backdrop(frame).names:
        text = name.names.get(language) or name.names.get("en", "")
        if text and text not in taken:
            room = layout.word(*name.at, text, name.room)
            if room is not None:
                found.append(CountryName(*name.at, text, wide=not room))
    return found
