"""Finds who says what in an English sentence whose quoted words are filled in."""

import re
from typing import Final

from claims.reading.cues import Cue
from claims.reading.english_subjects import find_subject_after, find_subject_before
from claims.reading.quotation_marks import FILL
from claims.reading.verbs_of_saying import ENGLISH_VERB, REPORTING

_SKIPPED_BEFORE: Final = re.compile(
    r"\b(?:(?:is|are|was|were|been|being|be|to|will|would|could|should|may|might|must|can|cannot|not|the|a|an|this|these|those|"
    r"of|for|in|on|by|with|from|its|his|her|their|no|any|some|so-called|Arab|many|few|several|United|new|recent|such|"
    r"contrary|n[’']t|get|got)|as|often|so)\s+(?:\w+ly\s+|also\s+)?$",
    re.IGNORECASE,
)
_NOUNS: Final = frozenset(
    "states claims reports notes answers comments remarks counters brands labels posts calls cries hints demands terms "
    "objects contends holds voices asks pledges promises denies protests observes forecasts briefs welcomes mocks blames".split()
)
_ADVERBIAL: Final = (
    r"(?:\s+(?:also|again))?(?:,?\s+(?:in|on|at|during|after|before|late|early|earlier|last|yesterday|today|this|to|through|via|"
    r"by|for|with|from|there|here|publicly|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b[^.:;\ue000]{0,90}?)?,?"
)
_THAT: Final = re.compile(rf"{_ADVERBIAL}\s+that,?\s+")
_OBJECT_THAT: Final = re.compile(r"\s+[^.:;,\ue000]{1,90}?,?\s+that\s+")
_TIME: Final = re.compile(
    r"(?:,?\s+(?:on\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|last (?:week|month|year|\w+day)|earlier|later)"
    r"(?:\s+(?:morning|afternoon|evening|night|week|month|year))?|,?\s+in (?:a|an) (?:statement|interview|speech|post|letter)"
    r"(?: on \w+day)?)*,?\s+"
)
_FINITE: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|should|may|might|must|can|cannot|did|does|do|won[’']t|\w+n[’']t|\w{3,}ed|"
    r"\w{3,}s|began|went|came|took|left|fell|held|met|became|lost|won|made|gave|saw|knew|fled|hit|shot|sent|built|struck)\b"
)
_NO_CLAUSE: Final = re.compile(
    r"(?:to|by|about(?! (?:\d|half|one|two|three|a (?:hundred|thousand|third|quarter)))|of|for|with|in|on|at(?! (?:least|most)\b)|from|as|against|"
    r"over(?! \d)|after|before|during|nothing(?! (?:has|had|is|was)\b)|little|goodbye|yes|and|but|or|into|no(?=\s*[.,;]|$))\b|[:,.;]"
)
_PROMISES: Final = frozenset("vow pledge promise threaten swear agree guarantee".split())
_NEED_THAT_CLAUSE: Final = (
    "announc", "underscor", "underlin", "highlight", "reveal", "report", "signal", "declar", "suggest", "propos", "den", "recount",
    "testif", "indicat", "repeat", "recall", "replied", "repl", "answer", "ask", "post", "wrote", "writ", "detail", "disclos",
)  # fmt: skip
_INANIMATE: Final = re.compile(
    r"\b(?:graffiti|banners?|signs?|posters?|placards?|slogans?|inscriptions?|headlines?|leaflets?|notes?|screens?|plaques?|stickers?|threats?|"
    r"this|moves?|gap|policy|decision)\b",
    re.IGNORECASE,
)
_TELLS: Final = frozenset(
    "told tells warned warns assured assures informed informs reminded advised briefed".split()
)
# The verb has the subject of the verb before it: “vowed to … by May, and said …”.
_SECOND_VERB: Final = re.compile(r"(?:^|[\s,—–])(?:and|but|then)\s+(?:(?:also|then|later|again)\s+)?$")
_ACCORDING: Final = re.compile(r"\b(?:[Aa]ccording to|[Ii]n the words of|[Pp]er)\s+(?=\w)")
_END_OF_REPORT: Final = re.compile(
    rf",?\s+(?:according to|adding|saying|warning|and (?:also )?(?:{REPORTING})|but (?:{REPORTING}))\b|,\s+[^,]{{2,60}}\s+(?:{REPORTING})\b"
)


def find_english_cues(mask: str, start: int, end: int) -> list[Cue]:
    """The cues of one sentence, in order."""
    cues: list[Cue] = []
    for verb in ENGLISH_VERB.finditer(mask, start, end):
        if cues and (zone := cues[-1].reported) and zone[0] <= verb.start() < zone[1]:
            continue
        if not _is_noun_or_passive(mask, start, verb) and (cue := _read_verb(mask, start, end, verb, cues)):
            cues.append(cue)
    cues += [
        cue
        for found in _ACCORDING.finditer(mask, start, end)
        if (cue := _read_according(mask, start, end, found))
    ]
    return sorted(cues, key=lambda cue: cue.start)


def _is_noun_or_passive(mask: str, start: int, verb: re.Match[str]) -> bool:
    if verb["phrase"]:
        return False
    before, after = mask[start : verb.start()], mask[verb.end() : verb.end() + 8]
    if verb[0] in _NOUNS and not re.match(rf"\s+that|\s*[:,]?\s*{FILL}", after):
        return True
    if verb["participle"]:
        return not re.search(
            rf"(?:,|{FILL}|\band|\bby|\bafter|\bwhile|\bstatement|\bas|—|–)\s*(?:\w+ly\s+)?$", before
        )
    if (
        verb["judging"]
        and re.search(r"\b(?:an?|the)\s+(?:[\w-]+\s+){1,3}$", before)
        and re.match(rf"\s*{FILL}", after)
    ):
        return bool(re.search(r"\b(?:an?|the)\s+(?:[a-z]+\s+)?(?:\w*(?:film|book|poem|song|play|novel|game|party|group|site|village|town|"
                              r"ship|programme|report|show|series|album|magazine|newspaper|place|plan|operation|man|woman|app|"
                              r"website|band|paper|movement|law|weapon|drug|storm|dish|café|cafe|restaurant))\s+$", before))  # fmt: skip
    return bool(_SKIPPED_BEFORE.search(before))


def _read_verb(mask: str, start: int, end: int, verb: re.Match[str], cues: list[Cue]) -> Cue | None:
    barrier = _barrier(mask, start, verb.start(), cues)
    segment = mask[barrier : verb.start()]
    has_words_before = barrier > start and mask[barrier - 1] == FILL
    judging = bool(verb["judging"])
    if verb["participle"]:
        subject = "" if cues else find_subject_before(mask[start : verb.start()], leading=True)
        return Cue(verb.start(), verb.end(), subject, judging=judging, reported=_that_clause(mask, verb, end))
    if (
        has_words_before
        and not segment.strip(" ,—–-")
        and (subject := find_subject_after(mask, verb.end(), end))
    ):
        return Cue(verb.start(), verb.end(), subject, follows=True)
    shares_subject = bool(cues and _SECOND_VERB.search(segment))
    subject = "" if shares_subject else find_subject_before(segment)
    if _INANIMATE.search(subject):
        return None
    if not subject and not cues:
        subject = find_subject_after(mask, verb.end(), end)
        if not subject:
            return None
        return Cue(
            verb.start(),
            verb.end(),
            subject,
            follows=True,
            reported=_clause_before(mask, start, verb.start()),
        )
    follows = (
        has_words_before
        and not shares_subject
        and not re.match(r"[\s,—–-]*(?:and|but|while|as|after|who|which|when|then)\b", segment)
    )
    if (
        not follows
        and _stands_last(mask, verb.end(), end)
        and (before := _clause_before_subject(mask, start, segment, barrier))
    ):
        return Cue(verb.start(), verb.end(), subject, follows=True, reported=before)
    reported = None if judging or follows else _reported_clause(mask, verb, end)
    return Cue(verb.start(), verb.end(), subject, follows=follows, judging=judging, reported=reported)


def _barrier(mask: str, start: int, at: int, cues: list[Cue]) -> int:
    """Where the clause of the verb begins at the earliest."""
    places = [
        start,
        mask.rfind(FILL, start, at) + 1,
        mask.rfind(";", start, at) + 1,
        mask.rfind(":", start, at) + 1,
    ]
    return max([*places, *(cue.end for cue in cues)])


def _stands_last(mask: str, at: int, end: int) -> bool:
    return bool(
        re.fullmatch(
            r"(?:,?\s+(?:on|in|at|late|last|yesterday|today|earlier|to|this|after|during|\w+day)\b[^,]*)?[.,]?",
            mask[at:end].rstrip(),
        )
    )


def _clause_before_subject(mask: str, start: int, segment: str, barrier: int) -> tuple[int, int] | None:
    """The clause that ends with the comma before the subject: “The army is ready, Haddad said.”"""
    comma = segment.rfind(",")
    if barrier != start or comma < 0 or not _has_finite_verb(segment[:comma]):
        return None
    if re.match(
        r"(?:in|on|at|after|before|while|when|as|if|during|speaking|despite|although|asked|following)\b",
        segment.strip(),
        re.IGNORECASE,
    ):
        return None
    if re.search(r",\s+(?:who|which|whose|where)\b|^[^,]+,\s+(?:an?|the|its)\b", segment):
        return None
    return start, start + comma


def _clause_before(mask: str, start: int, at: int) -> tuple[int, int] | None:
    clause = mask[start:at].rstrip(" ,")
    return (start, start + len(clause)) if _has_finite_verb(clause) and FILL not in clause else None


def _has_finite_verb(clause: str) -> bool:
    return len(clause.split()) > 2 and bool(_FINITE.search(clause))


def _that_clause(mask: str, verb: re.Match[str], end: int) -> tuple[int, int] | None:
    found = _THAT.match(mask, verb.end(), end) or (
        _OBJECT_THAT.match(mask, verb.end(), end) if verb[0] in _TELLS else None
    )
    return _trim_clause(mask, found.end(), end) if found else None


def _reported_clause(mask: str, verb: re.Match[str], end: int) -> tuple[int, int] | None:
    if clause := _that_clause(mask, verb, end):
        return clause
    time = _TIME.match(mask, verb.end(), end)
    if time is None:
        return None
    at = time.end()
    if any(verb[0].startswith(base) for base in _PROMISES) or verb[0] == "swore":
        infinitive = re.compile(r"(?:not )?to\s+").match(mask, at, end)
        return _trim_clause(mask, infinitive.end(), end) if infinitive else None
    if verb[0] in _TELLS:
        named = re.compile(
            r"(?:reporters|journalists|parliament|lawmakers|him|her|them|the \w+|[A-Z][\w-]*(?: [A-Z][\w-]*)*)\s+"
        ).match(mask, at, end)
        at = named.end() if named and verb[0] in {"told", "tells"} else at
    if (
        verb[0].startswith(_NEED_THAT_CLAUSE)
        or _NO_CLAUSE.match(mask, at, end)
        or not _has_finite_verb(mask[at:end])
    ):
        return None
    return _trim_clause(mask, at, end)


def _trim_clause(mask: str, at: int, end: int) -> tuple[int, int] | None:
    stop = _END_OF_REPORT.search(mask, at, end)
    clause = mask[at : stop.start() if stop else end].rstrip(" .,;")
    return (at, at + len(clause)) if clause else None


def _read_according(mask: str, start: int, end: int, found: re.Match[str]) -> Cue | None:
    subject = find_subject_after(mask, found.end(), end)
    if not subject:
        return None
    if mask[start : found.start()].strip(" ,—–\n"):
        clause = mask[start : found.start()].rstrip(" ,—–")
        return Cue(found.start(), found.end(), subject, follows=True, reported=(start, start + len(clause)))
    comma = re.compile(rf"[^,]*{re.escape(subject[-8:])}[^,]*,\s*").match(mask, found.end(), end)
    reported = _trim_clause(mask, comma.end(), end) if comma else None
    return Cue(found.start(), found.end(), subject, reported=reported)
