"""Resolves who is meant: a surname, a pronoun or a role stands for somebody who was named before."""

import re
from bisect import bisect_left
from dataclasses import replace
from typing import Final

from claims.reading.mentions import Gender, Mention

_PRONOUNS: Final = {"he": Gender.MALE, "she": Gender.FEMALE, "they": Gender.UNKNOWN, "it": Gender.UNKNOWN}
_GENERIC: Final = frozenset(
    "man woman leader politician diplomat official figure person candidate visitor veteran".split()
)
_HEAD_END: Final = re.compile(r"\s+(?:of|for|in|at|from|with|on|to|close|familiar|who|speaking|based)\b")
_INSTITUTION_HEADS: Final = frozenset(
    "ministry government army council committee observatory group organisation organization agency party movement union command "
    "administration office court commission police militia company institute embassy statement bank".split()
)
_PORTFOLIOS: Final = frozenset(
    "deputy vice prime foreign interior defence defense finance health justice energy education transport oil trade information "
    "labour labor agriculture culture environment economy tourism planning water electricity".split()
)


class SpeakerMemory:
    """The people and institutions of an article, and whom it has just told of."""

    def __init__(self, mentions: list[Mention], focus: list[Mention]) -> None:
        self._mentions = mentions
        self._places = [mention.at for mention in mentions]
        self._focus = list(focus)
        self._unnamed: list[Mention] = []
        self.last: Mention | None = None

    def resolve(self, subject: str, at: int, named: list[Mention]) -> Mention | None:
        """Who `subject`, which ends before the place `at`, is. `named`: the mentions that it holds."""
        found = self._find(subject.strip(), at, named)
        if found:
            self._focus.append(replace(found, at=at))
            self.last = found
        return found

    def resolve_arabic(self, mention: Mention) -> Mention:
        """Who the words of an Arabic subject name: a surname or a role alone points back."""
        known = sorted([*self._before(mention.at), *self._unnamed], key=lambda one: one.at)
        found = mention
        if mention.is_full:
            self._unnamed.append(mention)
        elif mention.roles and mention.has_title and " " not in mention.name:
            wanted = next(iter(mention.roles))
            found = next((one for one in reversed(known) if wanted in one.roles), mention)
        else:
            last = mention.name.split()[-1]
            found = next(
                (one for one in reversed(known) if one.is_full and one.name.split()[-1] == last), mention
            )
        self._focus.append(replace(found, at=mention.at))
        self.last = found
        return found

    def resolve_arabic_verb(self, verb: str, at: int) -> Mention | None:
        """Who is meant by a verb without a subject: whoever spoke last, unless the verb's gender is another's."""
        gender = Gender.FEMALE if re.search("(?:ت|ة)$|^[وف]?ت", verb) else Gender.MALE
        near = sorted((one for one in self._focus if one.at < at), key=lambda one: -one.at)
        if self.last and not gender.agrees_with(self.last.gender):
            self.last = next((one for one in near if gender.agrees_with(one.gender)), self.last)
        return self.last

    def _find(self, subject: str, at: int, named: list[Mention]) -> Mention | None:
        if not subject:
            return self.last
        if subject.lower() in _PRONOUNS:
            return self._of_pronoun(subject.lower(), at)
        people = [one for one in named if one.is_person and not _belongs_to_body(one, subject, named)]
        if person := next((one for one in people if one.is_full), None):
            return person
        if re.match(r"(?:an?|one|another|two|three|several|some)\s", subject, re.IGNORECASE):
            return self._remember_unnamed(subject, at)
        head_is_role = bool(re.match(r"(?:the|his|her|its|their)\s", subject, re.IGNORECASE))
        if (
            people
            and not head_is_role
            and " " in subject
            and not people[-1].has_title
            and not self._is_known(people[-1])
        ):
            return self._remember_unnamed(subject, at)
        if people and not (head_is_role and not subject.endswith(people[-1].name)):
            return self._of_surname(people[-1], at)
        institution = next((one for one in named if not one.is_person), None)
        if institution and (not _HEAD_END.search(subject) or subject.find(institution.name) <= 4):
            return institution
        if head_is_role:
            return self._of_role(subject, at)
        return (
            self._remember_unnamed(subject, at)
            if subject[:1].islower() or " " in subject
            else Mention(at, subject, is_person=False)
        )

    def _before(self, at: int) -> list[Mention]:
        return self._mentions[: bisect_left(self._places, at)]

    def _of_pronoun(self, pronoun: str, at: int) -> Mention | None:
        if pronoun in {"it", "they"}:
            others = [one for one in self._focus if one.at < at and not (one.is_person and one.is_full)]
            return max(others, key=lambda one: one.at, default=self.last)
        gender = _PRONOUNS[pronoun]
        near = [one for one in self._focus if one.at < at and one.is_person]
        for one in sorted(near, key=lambda one: -one.at):
            if gender.agrees_with(one.gender):
                return one
        people = [one for one in self._before(at) if one.is_person and one.is_full]
        return next((one for one in reversed(people) if gender.agrees_with(one.gender)), self.last)

    def _is_known(self, short: Mention) -> bool:
        return any(one.is_full and short.name in one.name.split() for one in self._mentions)

    def _of_surname(self, short: Mention, at: int) -> Mention:
        wanted = short.name.casefold().split()[-1]
        full = [one for one in self._mentions if one.is_person and one.is_full]
        for matches in (lambda one: one.name.casefold().split()[-1] == wanted, lambda one: wanted in one.name.casefold().split(),
                        lambda one: one.name.casefold().split()[-1].partition("-")[2] == wanted):  # fmt: skip
            found = [one for one in full if matches(one)]
            if found:
                before = [one for one in found if one.at < at]
                return before[-1] if before else found[0]
        return short

    def _of_role(self, subject: str, at: int) -> Mention:
        """“the foreign minister”, “the ministry”, “the official”."""
        words = re.findall(r"[\w-]+", _HEAD_END.split(subject.lower(), maxsplit=1)[0])[1:]
        head = _same_role(words[-1]) if words else ""
        if head in _INSTITUTION_HEADS:
            bodies = [
                one
                for one in self._before(at - len(subject))
                if not one.is_person and head in one.name.lower()
            ]
            return bodies[-1] if bodies else Mention(at, _plain(subject), is_person=False)
        if subject.rsplit(maxsplit=1)[-1][:1].isupper() and not self._has_role(head):
            return Mention(at, subject.split(maxsplit=1)[1], is_person=False)
        known = [*self._before(at), *(one for one in self._unnamed if one.at < at)]
        holders = (one for one in sorted(known, key=lambda one: one.at) if head in map(_same_role, one.roles))
        fitting = [one for one in holders if not _is_other_office(set(words), one.roles)]
        exact = [one for one in fitting if set(map(_same_role, words)) <= set(map(_same_role, one.roles))]
        if exact or fitting:
            return (exact or fitting)[-1]
        near = [one for one in self._focus if one.at < at and one.is_person]
        if head in _GENERIC and near:
            return max(near, key=lambda one: one.at)
        return Mention(at, _plain(subject), roles=frozenset(words))

    def _has_role(self, role: str) -> bool:
        return len(role) > 2 and any(role in map(_same_role, one.roles) for one in self._mentions)

    def _remember_unnamed(self, subject: str, at: int) -> Mention:
        roles = frozenset(re.findall(r"[\w-]+", _HEAD_END.split(subject.lower(), maxsplit=1)[0]))
        unnamed = Mention(at, _plain(subject), roles=roles)
        self._unnamed.append(unnamed)
        return unnamed


def _belongs_to_body(name: Mention, subject: str, named: list[Mention]) -> bool:
    """“Norland” in “the Ministry of the Interior of Norland”: a place, not a surname."""
    if name.is_full or all(one.is_person for one in named):
        return False
    return bool(re.search(rf"\b(?:of|for|in|from)\s+(?:the\s+)?{re.escape(name.name)}$", subject))


def _is_other_office(words: set[str], roles: frozenset[str]) -> bool:
    """Whether “the deputy minister” cannot be somebody of whom it is told that she is prime minister."""
    told, held = words & _PORTFOLIOS, roles & _PORTFOLIOS
    return bool(told and held and not told & held)


def _same_role(word: str) -> str:
    return re.sub(r"^spokes(?:man|woman|person)$", "spokesperson", word)


def _plain(subject: str) -> str:
    """With a small first letter where only the sentence's beginning made it a capital."""
    return re.sub(
        r"^(?:A|An|The|One|Another|Several|Some|Two|Three)\b", lambda found: found[0].lower(), subject
    )
