"""A reader's lens: what a gap would be with other sources, other half-lives or other weights.

It is spelled in the address of a claim's page and nowhere else; nothing that the site publishes is seen through one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from .dossier import Dossier, Gap, Link, score_dossier
from .gap import PUBLISHED_WEIGHTS, MethodWeights
from .slugs import is_slug
from .vocabulary import Credibility, Directness, Reliability, SourceKind, gettext_noop

_ = gettext_noop

# Who records events: not whoever tells what others recorded, as news and reference works mostly do.
PRIMARY_SOURCE_KINDS: Final = frozenset({SourceKind.OFFICIAL, SourceKind.MONITOR, SourceKind.DATASET})
HALF_LIFE_CHOICES: Final = {"0.5": 0.5, "1": 1.0, "2": 2.0}
MAX_EXCLUDED_SOURCES: Final = 50  # left out at once; more is no question that a reader asks

WEIGHT_TABLES: Final = ("reliability", "credibility", "directness")
_WEIGHT_PATTERN: Final = re.compile(r"\d|\d?\.\d{1,6}", re.ASCII)
GradeMember = Reliability | Credibility | Directness
_GRADE_PARAMETERS: Final[dict[str, tuple[str, GradeMember]]] = {
    **{f"r_{grade}": ("reliability", grade) for grade in Reliability},
    **{f"c_{grade.value}": ("credibility", grade) for grade in Credibility},
    **{f"d_{step}": ("directness", step) for step in Directness},
}
INTEREST_PARAMETER: Final = "i_interested"
STANDARD_WEIGHTS: Final[dict[str, float]] = {
    **{name: getattr(PUBLISHED_WEIGHTS, of)[term] for name, (of, term) in _GRADE_PARAMETERS.items()},
    INTEREST_PARAMETER: PUBLISHED_WEIGHTS.interested,
}
LARGEST_WEIGHTS: Final = {name: max(weight, 1.0) for name, weight in STANDARD_WEIGHTS.items()}
LENS_PARAMETERS: Final = frozenset({"lens", "without", "grades", "half_life", *STANDARD_WEIGHTS})


class InvalidLens(ValueError):
    """A part of an address that makes no lens. `words` say what to write, with a place for the `value`."""

    def __init__(self, words: str, value: object) -> None:
        super().__init__(words)
        self.words, self.value = words, str(value)[:40]


@dataclass(frozen=True, slots=True)
class Lens:
    """As it stands, it changes nothing."""

    primary: bool = False
    without: tuple[str, ...] = ()  # sources
    grades: str = ""  # only sources of these grades; empty: of any
    half_lives: float = 1.0
    own: Mapping[str, float] = field(default_factory=dict)  # weights other than the published, by parameter

    def __bool__(self) -> bool:
        return self != Lens()

    @property
    def weights(self) -> MethodWeights:
        tables = {name: dict(getattr(PUBLISHED_WEIGHTS, name)) for name in WEIGHT_TABLES}
        for name, (of, term) in _GRADE_PARAMETERS.items():
            tables[of][term] = self.own.get(name, tables[of][term])
        interested = self.own.get(INTEREST_PARAMETER, PUBLISHED_WEIGHTS.interested)
        return MethodWeights(**tables, half_lives=self.half_lives, interested=interested)

    def leaves_out(self, link: Link) -> str:
        """Why a link is not seen through it, in words; empty if it is."""
        if link.publisher in self.without:
            return _("its source is left out")
        if self.primary and link.publisher_kind not in PRIMARY_SOURCE_KINDS:
            return _("its source tells what others recorded")
        if self.grades and link.reliability not in self.grades:
            return _("its source is graded otherwise")
        return ""

    def through(self, dossier: Dossier) -> Dossier:
        return replace(dossier, links=tuple(link for link in dossier.links if not self.leaves_out(link)))

    def score(self, dossier: Dossier, as_of: date) -> Gap:
        return score_dossier(self.through(dossier.graded_on(as_of)), as_of, self.weights)

    def toggled(self, source: str) -> "Lens":
        """The same without that source, or with it again."""
        rest = tuple(each for each in self.without if each != source)
        return replace(self, without=rest if rest != self.without else (*rest, source))

    def own_weights(self) -> list[tuple[str, list[tuple[str, GradeMember, float | None]]]]:
        """The tables of the method, each grade with its parameter and the reader's own weight, if they gave one."""
        return [
            (
                table,
                [
                    (name, term, self.own.get(name))
                    for name, (of, term) in _GRADE_PARAMETERS.items()
                    if of == table
                ],
            )
            for table in WEIGHT_TABLES
        ]

    def parameters(self) -> list[tuple[str, str]]:
        """Its address, and no more than it takes: reading it gives the same lens."""
        pairs = [("lens", "primary")] if self.primary else []
        pairs += [("without", source) for source in self.without]
        pairs += [("grades", self.grades)] if self.grades else []
        pairs += [("half_life", f"{self.half_lives:g}")] if self.half_lives != 1 else []
        own = [(name, self.own[name]) for name in STANDARD_WEIGHTS if name in self.own]
        return pairs + [(name, f"{weight:.6f}".rstrip("0").rstrip(".")) for name, weight in own]


def parse_lens(values: Mapping[str, Sequence[str]]) -> Lens:
    """The lens of an address's parameters, of which many may be something else. Raises InvalidLens, in words."""
    given = {name: [text.strip() for text in texts if text.strip()] for name, texts in values.items()}
    own = {name: _parse_weight(name, given[name][-1]) for name in STANDARD_WEIGHTS if given.get(name)}
    return Lens(
        primary=_primary_source_slugs(given.get("lens", [])),
        without=_excluded_slugs(given.get("without", [])),
        grades=_parse_grades("".join(given.get("grades", []))),
        half_lives=_parse_half_lives((given.get("half_life") or ["1"])[-1]),
        own={name: weight for name, weight in own.items() if weight != STANDARD_WEIGHTS[name]},
    )


def _primary_source_slugs(names: Sequence[str]) -> bool:
    for name in names:
        if name != "primary":
            raise InvalidLens(
                _("“%(value)s” is not a setting that has a name. The only one is “primary”."), name
            )
    return bool(names)


def _excluded_slugs(slugs: Sequence[str]) -> tuple[str, ...]:
    for slug in slugs:
        if not is_slug(slug):
            raise InvalidLens(_("“%(value)s” is not the address of a source."), slug)
    sources = tuple(dict.fromkeys(slugs))
    if len(sources) > MAX_EXCLUDED_SOURCES:
        raise InvalidLens(_("At most %(value)s sources can be left out at once."), MAX_EXCLUDED_SOURCES)
    return sources


def _parse_grades(text: str) -> str:
    letters = sorted(set(text))
    if not set(letters) <= set(Reliability):
        raise InvalidLens(
            _("“%(value)s” are no grades of sources. Write letters from A to F, such as AB."), text
        )
    return "" if len(letters) == len(Reliability) else "".join(letters)


def _parse_half_lives(text: str) -> float:
    if text not in HALF_LIFE_CHOICES:
        raise InvalidLens(_("“%(value)s” is no choice of half-life. Write 0.5, 1 or 2."), text)
    return HALF_LIFE_CHOICES[text]


def _parse_weight(name: str, text: str) -> float:
    if not _WEIGHT_PATTERN.fullmatch(text) or float(text) > LARGEST_WEIGHTS[name]:
        raise InvalidLens(_refusal_of_weight(name), text)
    return float(text)


def _refusal_of_weight(name: str) -> str:
    if LARGEST_WEIGHTS[name] > 1:
        return _("“%(value)s” is no weight here. Write a number from 0 to 4, such as 2.5.")
    return _("“%(value)s” is no weight. Write a number from 0 to 1, such as 0.75.")
