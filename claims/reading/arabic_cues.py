"""Finds who says what in an Arabic sentence whose quoted words are filled in."""

import re
from typing import Final

from claims.reading.arabic_names import is_office_alone, is_person_alone
from claims.reading.cues import Cue
from claims.reading.quotation_marks import FILL
from claims.reading.verbs_of_saying import ARABIC_VERB

_THAT: Final = "(?:على|إلى|الى|من)?\\s*(?:بأن|بان|أن|ان|إن)(?:ه|ها|هم|هما|نا)?"
_DAY: Final = "(?:يوم|اليوم|أمس|امس|مساء|صباح|الاثنين|الإثنين|الثلاثاء|الأربعاء|الاربعاء|الخميس|الجمعة|السبت|الأحد|الاحد|الشهر|الأسبوع|العام|السنة|قبل)"
_SUBJECT_END: Final = re.compile(
    rf"(?:^|\s+)(?:{_THAT}|{_DAY}|في|خلال|أمام|من|إلى|الى|على|عن|عبر|بعد|عقب|أثناء|لدى|ردا|رداً|قائل\w*|إثر|حول|ضد|مع|"
    rf"القانون|بأنها?|كما|لوكالة|لصحيفة|لقناة|للصحافيين|للصحفيين|لموقع|لإذاعة|إنه|إنها|إننا|التقرير)(?=\s|[:،.]|{FILL}|$)|[:،.؛\n{FILL}]"
)
_THAT_CLAUSE: Final = re.compile(
    rf"[^.:؛{FILL}]{{0,140}}?(?<!\w)(?P<that>(?:بأن|بان|أن|ان|إن)(?:ه|ها|هم|هما|نا)?)\s+"
)
_ACCORDING: Final = re.compile(
    r"(?<!\w)[وف]?(?:بحسب|حسب|حسبما|وفق|وفقا|وفقاً|طبقا|طبقاً|على حد (?:قول|تعبير|وصف)|نقلا عن|نقلاً عن)\s+(?:ما (?:قال|ذكر|أعلن|أفاد)\w*\s+)?"
)
_STATEMENT: Final = re.compile(r"^(?:ل?(?:بيان|تصريح|تصريحات)\s+)(?:صادر\w*\s+عن\s+|من\s+)?(?:ل(?=وزار|ل))?")
_RELAYED: Final = re.compile(
    rf"(?<!\w)[وف]?(?:نقلت?\s+[^.:؛{FILL}]{{0,60}}?(?<!\w)عن\s+(?P<source>[^.:؛،{FILL}]{{2,60}}?)\s+قول(?:ه|ها|هم)|"
    rf"(?:جاء|ورد)\s+في\s+(?:بيان|تصريح|رسالة|تغريدة|تقرير)\s+(?:صادر\w*\s+عن\s+|من\s+)?(?P<author>[^.:؛،{FILL}]{{2,60}}?))"
    rf"\s*(?::|(?P<that>(?:إن|أن)(?:ه|ها|هم)?(?!\w)\s*))"
)
_APPOSED: Final = re.compile(rf"[،,]\s*([^،,.:؛\n{FILL}]{{5,60}}?)\s*(?=[،,:]|{FILL})")
_OBJECT: Final = re.compile(
    r"\s+(?=(?:ال(?:حكومة|سلطات|جيش|معارضة|وزارة|مجلس|شرطة|حركة|حزب|نظام|قوات|إدارة|صحافة|إعلام|أطراف|مجتمع|أمم|ولايات|اتحاد|احتلال|تقرير|قرار|اتفاق)|"
    r"إسرائيل|روسيا|إيران|تركيا|سوريا|لبنان|العراق|فرنسا|واشنطن|موسكو|طهران|أنقرة|دمشق|بغداد|تل أبيب)(?!\w))|\s+بـ?$"
)
_WITH_NAME: Final = re.compile(r"[،,]\s*")


def find_arabic_cues(mask: str, start: int, end: int) -> list[Cue]:
    """The cues of one sentence, in order."""
    cues: list[Cue] = []
    for verb in ARABIC_VERB.finditer(mask, start, end):
        if cues and (zone := cues[-1].reported) and zone[0] <= verb.start() < zone[1]:
            continue
        if _is_verb(mask, start, end, verb):
            cues.append(_read_verb(mask, start, end, verb, cues))
    cues += [
        cue
        for found in _ACCORDING.finditer(mask, start, end)
        if (cue := _read_according(mask, start, end, found))
    ]
    cues += [_read_relayed(mask, end, found) for found in _RELAYED.finditer(mask, start, end)]
    return sorted(cues, key=lambda cue: cue.start)


def _is_verb(mask: str, start: int, end: int, verb: re.Match[str]) -> bool:
    """A verb that attributes something: words in marks, a clause after “that”, or a colon."""
    before, after = mask[start : verb.start()], mask[verb.end() : end]
    if re.search(r"(?:لم|لن|لا|عدم|دون)\s+$", before):
        return False
    if re.match(rf"\s*{FILL}", after) and re.search(r"(?:كتاب|رواية|فيلم|عنوان)\s+$", before):
        return False
    if verb["judging"]:
        return FILL in after
    adjacent = before.rstrip(" ،,").endswith(FILL)
    return adjacent or FILL in after or ":" in after or bool(_THAT_CLAUSE.match(mask, verb.end(), end))


def _read_verb(mask: str, start: int, end: int, verb: re.Match[str], cues: list[Cue]) -> Cue:
    subject = "" if verb["participle"] and cues else find_arabic_subject(mask, verb.end(), end)
    if verb["judging"]:
        subject = _without_object(subject)
    before = mask[start : verb.start()]
    if not subject and not cues:
        subject = _subject_before(before)
    follows = before.rstrip(" ،,").endswith(FILL) and not verb["prefix"]
    that = _THAT_CLAUSE.match(mask, verb.end(), end)
    reported = None
    if that and not follows and not verb["judging"]:
        clause = mask[that.end() : end].rstrip(" .،")
        stop = _ACCORDING.search(clause)
        clause = clause[: stop.start()].rstrip(" ،") if stop else clause
        reported = (that.end(), that.end() + len(clause)) if clause else None
    return Cue(
        verb.start(), verb.end(), subject, follows=follows, judging=bool(verb["judging"]), reported=reported
    )


def find_arabic_subject(mask: str, at: int, end: int) -> str:
    """The words after a verb that name the speaker; empty if it has none of its own."""
    stop = _SUBJECT_END.search(mask, at, end)
    subject = mask[at : stop.start() if stop else end].strip(" ،")
    if stop and is_office_alone(subject):
        name = _APPOSED.match(mask, stop.start(), end)
        if name and is_person_alone(name[1]) and not _SUBJECT_END.match(name[1]):
            return name[1]
    return subject


def _without_object(subject: str) -> str:
    """“سعيد ملحم” of “سعيد ملحم الحكومة بـ”, where the verb has an object: accused the government of."""
    return _OBJECT.split(subject, maxsplit=1)[0]


def _subject_before(before: str) -> str:
    """“وزير الخارجية سامر عون قال”: the subject stands before its verb."""
    segment = re.split(rf"[:؛{FILL}]", before)[-1].strip(" ،")
    first = re.split(r"[،,]", segment)[0].strip()
    return re.sub(r"^(?:وكان|كان|وكانت|كانت|لكن|إن|أن|و(?=ال))\s*|\s+قد$", "", first)


def _read_relayed(mask: str, end: int, found: re.Match[str]) -> Cue:
    """“The agency quoted a source as saying …”, “A statement of the ministry says: …”."""
    subject = found["source"] or found["author"]
    subject = (
        f"ال{subject[2:]}"
        if subject.startswith("لل")
        else re.sub(r"^لـ?\s*(?=ال|وزار|رئاس|حرك|منظم)", "", subject)
    )
    clause = mask[found.end() : end].rstrip(" .،") if found["that"] else ""
    reported = (found.end(), found.end() + len(clause)) if clause and FILL not in clause else None
    return Cue(found.start(), found.end(), subject, reported=reported)


def _read_according(mask: str, start: int, end: int, found: re.Match[str]) -> Cue | None:
    subject = _STATEMENT.sub("", find_arabic_subject(mask, found.end(), end))
    if "صادر" in mask[found.end() : found.end() + 25] or subject.startswith(("بيان", "لبيان")):
        spelled = re.compile(r"\s*ل?(?:بيان|تصريح)\w*\s+(?:صادر\w*\s+عن|من|عن)\s+").match(
            mask, found.end(), end
        )
        subject = find_arabic_subject(mask, spelled.end(), end) if spelled else subject
    elif subject.startswith("لل"):
        subject = f"ال{subject[2:]}"
    elif subject.startswith("ل") and found[0].strip().endswith(("وفقا", "وفقاً", "طبقا", "طبقاً")):
        subject = subject[1:]
    if not subject:
        return None
    if mask[start : found.start()].strip(" ،"):
        clause = mask[start : found.start()].rstrip(" ،")
        return Cue(found.start(), found.end(), subject, follows=True, reported=(start, start + len(clause)))
    comma = _WITH_NAME.search(mask, found.end(), end)
    clause = mask[comma.end() : end].rstrip(" .") if comma else ""
    reported = (comma.end(), comma.end() + len(clause)) if comma and clause else None
    return Cue(found.start(), found.end(), subject, reported=reported)
