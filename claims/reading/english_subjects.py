"""Finds the words that name a speaker, before or after a verb of saying."""

import re
from typing import Final

from claims.reading.quotation_marks import FILL

_CONNECTIVES: Final = re.compile(
    r"^(?:(?:and|but|so|yet|or|meanwhile|however|still|also|then|later|earlier|yesterday|today|as|that|moreover|"
    r"instead|nevertheless|nonetheless|separately|additionally|elsewhere|afterwards|notably|significantly|because|finally|there|now|true|so|but)\b(?!-)[\s,]*)+",
    re.IGNORECASE,
)
_ADVERBS: Final = re.compile(
    r"(?:[\s,]+(?:also|later|then|again|once|has|had|have|did|himself|herself|themselves|earlier|today|yesterday|\w+ly|"
    r"(?:on |last |late |early )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|never|always|often|further|even|only|reportedly|"
    r"in turn|in a statement|meanwhile|however|who|which|that|first|still|too|now|since|already|twice|recently))+$"
)
_DATE: Final = re.compile(
    r"^(?:(?:on|in|late|early|since|by)\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"(?:\d{1,2}\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?(?:\s+\d{1,2}\b)?(?:,?\s+\d{4})?|\d{4}|last (?:week|month|year))"
    r"(?:\s+(?:morning|afternoon|evening|night))?\s*",
)
_INTRODUCTION: Final = re.compile(
    r"^(?:in|on|at|during|after|before|amid|with|without|despite|for|from|to|by|under|beside|alongside|following|since|"
    r"while|when|if|although|though|who|which|whose|where|until|ahead|asked|over|upon|against|about|given|once|"
    r"flanked|accompanied|unlike|like|instead of|[a-z]+ing)\b",
    re.IGNORECASE,
)
_FINITE: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|should|may|might|must|can|did|does|do)\b|"
    r"\b(?:[a-z]{2,}ed|fell|left|came|went|hit|struck|fled|sank)\s+(?:on|in|at|after|when|near|before|as|to|from|into|the|an?)\b"
)
_AFTER_SUBJECT: Final = re.compile(
    r"\s+(?:(?:who|which|whose|has|had|have|is|was|were|are|will|would)\b|"
    r"[a-z]+(?:ed|met|led|went|flew|came|took|left)\s+(?:the|an?|his|her|its|their|to|on|in|with|him|them|at|from|off|[A-Z]))"
)
_RIGHT: Final = re.compile(
    rf"\s*([^,.;:—–()\n{FILL}]*?(?:(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Cmdr|Sgt|Brig|Adm|Sen|Rep|Gov|Prof|St|[A-Z])\.\s*[^,.;:—–()\n{FILL}]*?)*)"
    rf"(?=\s+(?:on|in|at|during|after|before|late|last|yesterday|today|while|who|when|as|to|from|through|via|adding|this|by|"
    rf"earlier|with|following|recently|early|amid|two|three|that)\b|\s*[,.;:—–()\n{FILL}]|\s*$)"
)
_SUBJECT: Final = re.compile(
    r"(?:[A-Z]|the\b|an?\b|his\b|her\b|its\b|their\b|one\b|he\b|she\b|they\b|it\b|another\b|two\b|three\b|several\b|some\b|"
    r"al-|local\b|officials?\b|residents?\b|witness|spokes|senior\b|police\b|sources?\b|former\b|(?!(?:on|in|at|to|by|for|from|of|with|after|before|late|last|that|and)\b)(?:[a-z-]+ ){1,4}[A-Z]|(?:[a-z-]+ )?[a-z]+s$)"
)
_PURE_NAME: Final = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Cmdr|Sgt|Brig|Adm|Sen|Rep|Gov|Prof|[A-Z])\.\s+|(?:al-|el-)?[A-Z][\w’'-]*\s*|(?:bin|ibn|bint|van|von|der|de|del|di|da|la|abu|al|el)\s+)+"
)
_LAST_PHRASE: Final = re.compile(
    r"(?:\b(?:the|an?|his|her|its|their)\s+[^,]*|\b(?:he|she|they|it)|(?:al-)?[A-Z][^,]*)$"
)


def find_subject_before(segment: str, *, leading: bool = False) -> str:
    """The subject of a verb at the end of the segment; `leading`: of the sentence that the segment opens."""
    chunks = [
        _CONNECTIVES.sub("", chunk.strip())
        for chunk in re.split(r",|—|–|\s-\s|\(|\)", _ADVERBS.sub("", segment.rstrip(" ,")))
    ]
    chunks = [_DATE.sub("", _ADVERBS.sub("", f" {chunk}").strip()) for chunk in chunks]
    chunks = [re.split(r"\b(?:that|because) (?=[A-Z]|the )", chunk)[-1] for chunk in chunks if chunk]
    if not chunks:
        return ""
    proper = [chunk for chunk in chunks if not _INTRODUCTION.match(chunk)]
    if not proper:
        last = _LAST_PHRASE.search(_strip_introduction(chunks[-1]))
        return last[0] if last else ""
    heads = proper
    if not leading:
        heads = [chunk for chunk in proper if not _FINITE.search(chunk)] or proper
    head = heads[0]
    if not _PURE_NAME.fullmatch(head):
        named = next((chunk for chunk in heads[1:] if _PURE_NAME.fullmatch(chunk)), None)
        if named and not _holds_name(head):
            return f"{head}, {named}"
    return _cut(head) if _SUBJECT.match(head) else ""


def find_subject_after(mask: str, at: int, end: int) -> str:
    """The subject that stands after its verb: “said the former officer, Samir Qasem, in a video”."""
    found = _RIGHT.match(mask, at, end)
    if not found or not _SUBJECT.match(found[1].strip()):
        return ""
    subject = found[1].strip()
    if not _holds_name(subject) and mask[found.end() : found.end() + 1] == ",":
        name = re.compile(r",\s*([^,.;:\ue000]+?)(?=\s+(?:on|in|at)\s|[,.;:\ue000])").match(
            mask, found.end(), end
        )
        if name and _PURE_NAME.fullmatch(name[1]):
            return f"{subject}, {name[1]}"
    return _cut(subject)


def _strip_introduction(chunk: str) -> str:
    """“On arrival in the port the president” without “On”."""
    return re.sub(r"^\w+\s+(?:(?:the|an?|his|her)\s+)?", "", chunk)


def _holds_name(phrase: str) -> bool:
    return bool(
        re.search(r"[A-Z][\w’'-]+\s+(?:(?:bin|al|de|van|von|el)\s+)*(?:al-|el-)?[A-Z][\w-]+$", phrase)
    ) and not re.search(
        r"\b(?:Minister|President|Secretary|Ministry|Affairs|State|Council|General|Governor|Mayor)$", phrase
    )


def _cut(phrase: str) -> str:
    cut = _AFTER_SUBJECT.split(phrase, maxsplit=1)[0]
    return cut if len(cut.split()) > 1 or cut[:1].isupper() or cut in {"he", "she", "they", "it"} else phrase
