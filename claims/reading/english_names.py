"""Names and roles of people in English text: “Secretary of State Antony Blinken”, “Ms Osman”, “a senior official”."""

import re
from typing import Final

from claims.reading.mentions import Gender, Mention

_CAPITALISED: Final = r"(?:(?:[Aa]l|[Ee]l|[Aa][dnrstz]h?)[-‑][A-Z][\w’'‑-]*|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Cmdr|Sgt|Brig|Adm|Sen|Rep|Gov|Prof|Rev|[A-Z])\.|[A-Z][\w’'‑-]*)"
_PARTICLE: Final = "bin|ibn|bint|van|von|der|den|de|del|della|di|da|dos|du|la|le|ben|abu|al|el|ul|ur|ter|ten"
_SEQUENCE: Final = re.compile(rf"(?<![\w’'-]){_CAPITALISED}(?:\s+(?:(?:{_PARTICLE})\s+)*{_CAPITALISED})*")
_PORTFOLIO: Final = re.compile(
    r"\b(Secretary|Minister|Chief|Ministry|Department|Speaker|Commissioner|Undersecretary|Attorney) (of|for) (?:the )?"
    r"(Foreign Affairs|Public \w+|Social \w+|Higher Education|Internal Affairs|(?:[A-Z]\w+)(?: and [A-Z]\w+)?|the [A-Z]\w+)"
)
_TITLES: Final = frozenset(
    "president prime minister secretary chancellor premier foreign interior defence defense finance energy health transport "
    "education justice governor mayor deputy vice envoy ambassador consul general gen gen. colonel col col. lieutenant lt lt. major "
    "maj maj. captain capt capt. sergeant sgt sgt. brigadier brig brig. admiral adm adm. commander cmdr cmdr. marshal "
    "corporal private mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor sir dame lord lady sheikh imam mufti rabbi "
    "father reverend rev rev. bishop archbishop patriarch cardinal pope king queen prince princess emir sultan senator sen "
    "sen. representative rep rep. congressman congresswoman mp judge justice prosecutor attorney inspector chief head "
    "director chairman chairwoman chair speaker spokesman spokeswoman spokesperson adviser advisor commissioner "
    "coordinator rapporteur leader chairperson ceo witness resident farmer baker teacher doctor nurse lawyer activist "
    "analyst researcher historian economist engineer driver shopkeeper student journalist reporter officer official "
    "counsellor councillor gov gov. police army navy union opposition rebel state special former ex-president then-minister "
    "deputy-minister acting interim ministry government prosecutors diplomat pastor comrade detective warden principal "
    "dean rector secretary-general undersecretary superintendent pilot fisherman merchant trader worker author writer poet "
    "actor singer coach militia party delegate legislator lawmaker parliamentarian negotiator banker electricity water "
    "agriculture trade labour labor information culture environment economy tourism planning oil expert eyewitness "
    "survivor neighbour neighbor mother grandmother grandfather surgeon medic paramedic scientist".split()
)
_INSTITUTIONS: Final = re.compile(
    r"\b(?:Ministry|Observatory|Council|Committee|Army|Navy|Government|Organi[sz]ation|Agency|Nations|Union|Party|Front|Forces|Guards?|"
    r"Command|Department|Bank|Court|Office|Administration|Institute|Cent(?:er|re)|University|Commission|Network|League|"
    r"Hospital|Company|Group|Movement|Brigades?|Police|House|Parliament|Congress|Senate|Treasury|Pentagon|Kremlin|Embassy|"
    r"Authority|Coalition|Mission|Programme|Program|Association|Federation|Foundation|Crescent|Cross|Directorate|Service|"
    r"Cabinet|Defen[cs]es?|Watch|Bureau|Board|Monitor|Times|Gazette|Post|Herald|News|Radio|Television|TV|Republic|Kingdom|States)\b"
)
_NOT_NAMES: Final = frozenset(
    "true now just tribal experts analysts observers the a an but and on in at however meanwhile yesterday today still also then later earlier he she they it we i you his her "
    "their its our my this that these those there here as after before while when if although though since for from to with "
    "by of or nor yet so not no monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december us uk un eu uae usa nato speaking asked according what who which "
    "two three four five six seven eight nine ten some many most all every each both several another one other such "
    "local officials residents witnesses police soldiers shells government forces rebels security".split()
)
_GENDERED: Final = {
    **dict.fromkeys("mr mr. king prince spokesman chairman sir lord congressman father sheikh imam emir sultan bishop "
                    "patriarch pope grandfather fisherman".split(), Gender.MALE),
    **dict.fromkeys("mrs mrs. ms ms. miss queen princess spokeswoman chairwoman dame lady congresswoman mother "
                    "grandmother".split(), Gender.FEMALE),
}  # fmt: skip
_MEN_IN_A: Final = frozenset(
    "mustafa isa musa yahya luca andrea joshua nikita zakariya rida reda hamza abdulla ezra sasha mika khalifa usama osama talha "
    "joshua noa elisha ilya kostya dima attila juba bashara riza murtada".split()
)
_WOMEN: Final = frozenset(
    "layal maryam mary ines grace hind rim reem amal suad ruth anne ann jane susan helen karen ingrid astrid elizabeth "
    "margaret catherine kate alice claire nour noor zainab zeinab khadijah sawsan yasmin yasmine jasmine miriam sarah hannah "
    "leah rachel deborah judith carmen dolores isabel beatriz marion ellen kirsten lynn joan joyce rose lily emily amy sally "
    "widad ibtisam ikram ahlam suhair abeer hanan iman manal rania nisreen rola".split()
)


def guess_gender(name: str) -> Gender:
    """From the given name; a guess, which only chooses between two people."""
    given = name.split(maxsplit=1)[0].lower()
    if given in _WOMEN or (given.endswith(("a", "ah", "een", "elle", "ette")) and given not in _MEN_IN_A):
        return Gender.FEMALE
    return Gender.MALE if len(given) > 2 else Gender.UNKNOWN


def find_mentions(text: str) -> list[Mention]:
    """People and institutions, in order. A surname alone is a mention too."""
    prepared = _PORTFOLIO.sub(lambda found: re.sub(r"\s", "_", found[0]), text)
    return [
        mention
        for found in _SEQUENCE.finditer(prepared)
        for mention in _read_sequence(prepared, found.start(), found[0])
    ]


def _read_sequence(text: str, at: int, sequence: str) -> list[Mention]:
    parts, offset, run = [], at, []
    for token in re.finditer(r"\S+", sequence):
        word = token[0]
        run.append((at + token.start(), word))
        if re.search("[’']s$|s[’']$", word) or word.endswith("s’"):
            parts.append(run)
            run = []
    parts.append(run)
    return [mention for run in parts if run and (mention := _read_run(text, run))] if offset >= 0 else []


def _read_run(text: str, run: list[tuple[int, str]]) -> Mention | None:
    words = [re.sub("[’']s?$", "", word) for _at, word in run]
    lowered = [word.lower() for word in words]
    start = next((n for n, word in enumerate(lowered) if word not in _NOT_NAMES), len(words))
    phrase = " ".join(words[start:]).replace("_", " ")
    last_title = max((n for n, word in enumerate(lowered) if _is_title(word)), default=-1)
    name = words[max(last_title + 1, start) :]
    if start >= len(words):
        return None
    if not name or _INSTITUTIONS.search(" ".join(name)):
        return Mention(run[start][0], phrase, is_person=False) if _INSTITUTIONS.search(phrase) else None
    title_words = " ".join(lowered[: last_title + 1]).replace("_", " ")
    first_at = run[max(last_title + 1, start)][0]
    roles = frozenset(re.findall(r"[\w-]+", f"{title_words} {_roles_around(text, run[0][0], run[-1])}"))
    gender = next((_GENDERED[word] for word in roles if word in _GENDERED), Gender.UNKNOWN)
    spelled = " ".join(name)
    has_title = last_title >= 0 or bool(roles & _TITLES)
    if (
        len(name) == 1
        and last_title >= 0
        and lowered[last_title] in {"king", "queen", "pope", "prince", "princess", "sheikh"}
    ):
        spelled = f"{words[last_title]} {spelled}"
    if gender is Gender.UNKNOWN and len(name) > 1:
        gender = guess_gender(spelled)
    return Mention(
        first_at, spelled, is_full=len(spelled.split()) > 1, roles=roles, gender=gender, has_title=has_title
    )


def _is_title(word: str) -> bool:
    return word in _TITLES or "_" in word or word.rsplit("-", 1)[-1] in _TITLES


def _roles_around(text: str, start: int, last: tuple[int, str]) -> str:
    """The words in small letters before the name, and what stands between commas after it."""
    before = re.search(r"((?:\b[a-z][\w’'-]*,?\s+){1,6})$", text[max(0, start - 80) : start])
    after = re.match(
        r", (?:a|an|the|its|his|her|who is) ([^,.:;\ue000]{3,80}),", text[last[0] + len(last[1]) :]
    )
    kept = re.split(r"\b(?:by|that|said|told|with|met|to|from|beside|and)\b", before[1])[-1] if before else ""
    return f"{kept} {after[1] if after else ''}".lower()
