"""Verbs of saying in English and Arabic."""

import re
from typing import Final

_BASES: Final = (
    "say tell add state note vow insist warn deny claim announce declare pledge promise stress emphasise emphasize "
    "explain argue admit acknowledge concede confirm reply respond answer ask continue recall remark observe comment "
    "assert maintain reiterate repeat affirm urge complain conclude predict suggest reveal disclose report write tweet "
    "post caution threaten swear joke lament boast counter retort shout whisper cry testify allege underline underscore "
    "highlight quip contend protest object hint indicate signal imply estimate apologise apologize stipulate recount "
    "clarify elaborate assure inform brief tease plead murmur mutter exclaim proclaim propose agree wonder "
    "voice muse narrate attest forecast advise interject intone profess snap inquire enquire guarantee"
).split()
_JUDGING_BASES: Final = (
    "accuse call describe brand label labelle dub denounce condemn dismiss reject criticise criticize praise hail blame decry "
    "slam characterise characterize liken welcome lambast lambaste deplore term deride express blast rebuke ridicule "
    "portray cite mock refer speak bill refuse oppose defend thank"
).split()
_IRREGULAR: Final = {
    "say": ("says", "said"), "tell": ("tells", "told"), "write": ("writes", "wrote"), "swear": ("swears", "swore"),
    "speak": ("speaks", "spoke"), "deny": ("denies", "denied"), "reply": ("replies", "replied"), "cry": ("cries", "cried"),
    "testify": ("testifies", "testified"), "imply": ("implies", "implied"), "clarify": ("clarifies", "clarified"),
    "decry": ("decries", "decried"), "admit": ("admits", "admitted"), "quip": ("quips", "quipped"),
    "slam": ("slams", "slammed"), "refer": ("refers", "referred"), "label": ("labels", "labeled"),
    "signal": ("signals", "signalled", "signaled"), "snap": ("snaps", "snapped"),
}  # fmt: skip
_PHRASES: Final = (
    "point(?:s|ed) out|ma(?:de|kes) (?:it )?clear|went on(?: to say)?|goes on|(?:was|were|is|been) quoted as (?:saying|telling)|"
    "hit back|shot back|put it|chimed in|h(?:as|ave|ad) this to say|took to \\w+ to say|g(?:ave|ives) assurances"
)


def _forms(base: str) -> tuple[str, ...]:
    if base in _IRREGULAR:
        return _IRREGULAR[base]
    if base.endswith("e"):
        return (f"{base}s", f"{base}d")
    return (f"{base}es" if base.endswith(("s", "sh", "ch", "x")) else f"{base}s", f"{base}ed")


def _participle(base: str) -> str:
    doubled = {
        "admit": "admitting",
        "quip": "quipping",
        "slam": "slamming",
        "refer": "referring",
        "snap": "snapping",
    }
    return doubled.get(base) or f"{base.removesuffix('e')}ing"


def _alternatives(words: list[str] | tuple[str, ...]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


REPORTING: Final = _alternatives(
    [form for base in _BASES for form in _forms(base)] + ["say", "warn", "argue", "insist"]
)
JUDGING: Final = _alternatives([form for base in _JUDGING_BASES for form in _forms(base)])
PARTICIPLES: Final = _alternatives(
    [_participle(base) for base in (*_BASES, *_JUDGING_BASES) if base != "speak"]
)
ENGLISH_VERB: Final = re.compile(
    rf"(?<![\w’'-])(?:(?P<phrase>{_PHRASES})|(?P<reporting>{REPORTING})|(?P<judging>{JUDGING})|"
    rf"(?P<participle>{PARTICIPLES}))(?![\w’'-])"
)

_MARKS: Final = "[\u064b-\u0655\u0640]*"  # vowel marks, which may stand between any two letters


def with_vowel_marks(words: str) -> str:
    """A pattern for the alternatives, with or without hamza and vowel marks. `|`, `?`, `(` and `)` keep their meaning."""
    parts = []
    for letter in words:
        if "\u0621" <= letter <= "\u064a":
            spelled = {"ا": "[اأإآ]", "أ": "[اأ]", "إ": "[اإ]", "ى": "[ىي]", "آ": "[اآ]"}.get(letter, letter)
            parts.append(spelled + _MARKS)
        else:
            parts.append(r"\s+" if letter == " " else letter)
    return "".join(parts)


ARABIC_REPORTING: Final = (
    "قال|أكد|أضاف|أوضح|صرح|شدد|نفى|نف|أعلن|ذكر|أشار|لفت|حذر|تابع|اعتبر|رأى|تعهد|توعد|هدد|كشف|زعم|ادعى|أفاد|كتب|غرد|بين|نوه|"
    "رد|علق|تساءل|أقر|اعترف|جدد|وعد|أبلغ|أخبر|أردف|استطرد|استدرك|ختم|جزم|توقع|أعرب|عبر|طمأن|خاطب|ألمح|أجاب|روى|حث|ناشد|"
    "دعا|طالب|عزا|رجح|أقسم|هتف|أورد|قدر|استبعد|تحدث|اشتكى|شكا|أبدى|ألمح|تمنى|قرر|لوح|اقترح|عقب"
)
ARABIC_JUDGING: Final = "وصف|اتهم|استنكر|أدان|دان|ندد|رفض|انتقد|رحب|سمى|شبه|هاجم|أشاد|نعت|حمل"
_ARABIC_PRESENT: Final = "قول|ؤكد|ضيف|وضح|صرح|شدد|نفي|علن|ذكر|شير|لفت|حذر|تابع|عتبر|رى|تعهد|هدد|كشف|زعم|دعي|فيد|كتب|روي|توقع|رجح|صف|تهم"
_ARABIC_PARTICIPLES: Final = "قائل|مؤكد|مضيف|مشير|موضح|معتبر|مشدد|محذر|لافت|ناف|متهم|واصف|متعهد|معلن|مهدد|مبين|منوه|متابع|مصرح|كاشف|داعي|مطالب"
ARABIC_VERB: Final = re.compile(
    r"(?<![\w])(?P<prefix>[وف]?)(?:"
    rf"(?P<reporting>(?:{with_vowel_marks(ARABIC_REPORTING)})(?:ت|وا|ا)?{_MARKS})|"
    rf"(?P<judging>(?:{with_vowel_marks(ARABIC_JUDGING)})(?:ت|وا|ا)?(?:ه|ها|هم)?{_MARKS})|"
    rf"(?P<present>[يت]{_MARKS}(?:{with_vowel_marks(_ARABIC_PRESENT)})(?:ون)?)|"
    rf"(?P<participle>(?:{with_vowel_marks(_ARABIC_PARTICIPLES)})(?:ا|ة|ين|ية|يا)?{_MARKS})"
    r")(?!\w)"
)
_NAMED_THEN_VERB: Final = re.compile(
    rf"\s+(?:(?:[A-Z][\w’'.-]*|the|a|of|for|al-\w+|bin|minister|president|official|spokes\w+)\s+){{1,7}}"
    rf"(?:(?:also|then|later|had|has)\s+)?(?:{REPORTING})(?!\w)(?=\s*(?:[.,;]|on |in |at |last |yesterday|to ))|"
    rf"\s+(?:{REPORTING})\s"
)


def begins_with_attribution(following: str, is_arabic: bool) -> bool:
    """Whether the text goes on with who said what stands before it: “Haddad asked.”"""
    if is_arabic:
        verb = ARABIC_VERB.match(following.lstrip(" ،,"))
        return bool(verb and not verb["prefix"])
    return bool(_NAMED_THEN_VERB.match(following))
