"""A mention of a person or an institution in an article."""

from dataclasses import dataclass
from enum import StrEnum


class Gender(StrEnum):
    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"

    def agrees_with(self, other: "Gender") -> bool:
        return Gender.UNKNOWN in {self, other} or self is other


@dataclass(frozen=True, slots=True)
class Mention:
    """`roles`: the words that say what the person is. `is_full`: more than a surname."""

    at: int
    name: str
    is_person: bool = True
    is_full: bool = False
    roles: frozenset[str] = frozenset()
    gender: Gender = Gender.UNKNOWN
    has_title: bool = False
