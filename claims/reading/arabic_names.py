"""Names and roles of people in Arabic text, which has no capital letters."""

import re
from typing import Final

from claims.reading.mentions import Gender, Mention

_CONSTRUCT: Final = frozenset(
    "وزير وزيرة رئيس رئيسة قائد قائدة مدير مديرة سفير سفيرة مبعوث محافظ مفوض حاكم نائب نائبة عضو زعيم زعيمة أمين أمينة ملك أمير "
    "مستشار مستشارة مساعد مساعدة وكيل كبير متحدث متحدثة ناطق ناطقة عمدة مندوب ممثل المتحدث المتحدثة الناطق الناطقة".split()
)
_COMPLEMENT: Final = frozenset(
    "مجلس حزب قوات هيئة جيش وزارة حكومة لجنة منظمة مستشفى بلدية أركان شؤون دولة حركة جبهة شرطة محافظة جامعة غرفة نقابة اتحاد برنامج "
    "مكتب مركز مؤسسة شركة وكالة إدارة بعثة أمن دفاع عام باسم لدى خارجية سوريا لبنان العراق فرنسا روسيا تركيا إيران مصر تنظيم كتلة "
    "جمهورية هيئة قسم إعلام بنك مصرف وحدة فرقة لواء جهاز قيادة".split()
)
_INDEFINITE: Final = re.compile(
    r"(?:مسؤول|مسؤولة|مسؤولون|مصدر|مصادر|شاهد|شهود|دبلوماسي|ضابط|ناشط|ناشطون|متحدث|ناطق|خبير|محلل|مراقبون|سكان|قيادي|طبيب|جندي|مقاتل|باحث)(?!\w)"
)
_INSTITUTIONS: Final = re.compile(
    r"(?:وزارة|منظمة|الأمم|المرصد|الجيش|الحكومة|هيئة|مكتب|مجلس|لجنة|الرئاسة|الشرطة|الخارجية|البيت الأبيض|الكرملين|حركة|حزب|تنظيم|وكالة|"
    r"قوات|قيادة|اتحاد|شركة|مركز|الإدارة|السلطات|الوزارة|المنظمة|اللجنة|الهيئة|الحركة|الدفاع|شبكة|واشنطن|موسكو|دمشق|أنقرة)(?!\w)"
)
_ROLE_ALONE: Final = re.compile(
    r"ال(?:وزير|وزيرة|رئيس|مسؤول|متحدث|متحدثة|ناطق|سفير|سفيرة|مبعوث|محافظ|قائد|مصدر|وزارة|منظمة|هيئة|لجنة|حركة)"
)


def read_arabic_subject(subject: str, at: int) -> Mention | None:
    """The person, office or institution that the words name; with `is_full` False where they only point back."""
    words = re.sub("[\u064b-\u0655]", "", subject).split()
    shown = subject.split()
    if not words:
        return None
    if len(words) == 1:
        is_role = bool(_ROLE_ALONE.fullmatch(words[0]))
        return Mention(
            at, shown[0], roles=frozenset({words[0].removeprefix("ال")} if is_role else ()), has_title=is_role
        )
    if _INDEFINITE.match(words[0]) or _INSTITUTIONS.match(" ".join(words)):
        person = not _INSTITUTIONS.match(" ".join(words))
        return Mention(at, " ".join(shown), is_person=person, is_full=True, roles=frozenset({words[0]}))
    first = _name_begins(words)
    if first >= len(words):
        return Mention(at, " ".join(shown), is_full=True, roles=_roles(words))
    gender = Gender.UNKNOWN
    if first and words[0] in _CONSTRUCT:
        gender = Gender.FEMALE if words[0].endswith("ة") else Gender.MALE
    elif first and words[0].endswith("ة"):
        gender = Gender.FEMALE
    name = " ".join(shown[first:])
    return Mention(
        at,
        name,
        is_full=len(words) - first > 1,
        roles=_roles(words[:first]),
        gender=gender,
        has_title=first > 0,
    )


def is_office_alone(subject: str) -> bool:
    """Whether the words name an office without its holder: “the spokesman of the ministry of defence”."""
    words = re.sub("[\u064b-\u0655]", "", subject).split()
    is_other = not words or _INDEFINITE.match(words[0]) or _INSTITUTIONS.match(" ".join(words))
    return not is_other and _name_begins(words) >= len(words)


def is_person_alone(phrase: str) -> bool:
    """Whether the words are a name, with or without a rank: “العقيد فادي نصار”."""
    words = re.sub("[\u064b-\u0655]", "", phrase).split()
    if not 2 <= len(words) <= 6 or _INDEFINITE.match(words[0]) or _INSTITUTIONS.match(" ".join(words)):
        return False
    return len(words) - _name_begins(words) in {2, 3}


def _roles(words: list[str]) -> frozenset[str]:
    return frozenset(word.removeprefix("ال") for word in words)


def _name_begins(words: list[str]) -> int:
    at = 0
    while at < len(words) and (_is_title(words, at) or words[at] in _COMPLEMENT):
        if words[at] in {"بلدية", "مدينة", "محافظة"}:
            at += max(0, min(2, len(words) - at - 3))
        at += 1
    return at


def _is_title(words: list[str], at: int) -> bool:
    word = words[at]
    return word in _CONSTRUCT or (
        word.startswith(("ال", "لل", "وال"))
        and not (
            at
            and at == len(words) - 1
            and words[at - 1] not in _CONSTRUCT | _COMPLEMENT
            and not words[at - 1].startswith("ال")
        )
    )


def find_arabic_mentions(text: str) -> list[Mention]:
    """Named people behind a title, for the surnames and roles that point back to them."""
    pattern = re.compile(
        r"(?<!\w)[وف]?((?:وزير|وزيرة|رئيس|رئيسة|الرئيس|المحافظ|المبعوث|المبعوثة|السفير|السفيرة|المتحدث|المتحدثة|الناطق|القائد|اللواء|العميد|العقيد|"
        r"الجنرال|النائب|الدكتور|الدكتورة|الباحث|الباحثة|البطريرك|الشيخ|قائد|مدير|مديرة|زعيم|وزارة)\s+(?:[\u0621-\u0655]+\s+){0,6}?)"
        r"(?=(?:إلى|الى|في|على|من|عن|مع|يوم|أمس|إن|أن|بأن|خلال|أمام|الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد|السفراء)(?!\w)|$)"
    )
    found = []
    for match in pattern.finditer(text):
        mention = read_arabic_subject(match[1].strip(), match.start(1))
        if mention and mention.is_full:
            found.append(mention)
    return found
