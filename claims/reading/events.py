"""Sentences that report happenings: something was done or came about, on a day or at a place that is told."""

import re
from typing import Final

_HAPPENED: Final = re.compile(
    r"\b(?:killed|wounded|injured|hit|struck|shelled|bombed|attacked|arrested|detained|seized|captured|stormed|raided|destroyed|"
    r"exploded|collapsed|crashed|sank|burned|fell|opened fire|fired|shot|launched|crossed|entered|withdrew|retreated|fled|displaced|"
    r"evacuated|released|freed|kidnapped|abducted|executed|sentenced|convicted|signed|ratified|adopted|approved|vetoed|imposed|"
    r"lifted|removed|reopened|opened|closed|shut|blocked|halted|suspended|resumed|arrived|left|visited|met|flew|landed|delivered|"
    r"distributed|handed over|took over|took control|took office|resigned|dismissed|appointed|elected|voted|passed|deployed|"
    r"dismantled|foiled|intercepted|downed|broke out|erupted|began|ended|took place|carried out|eliminated|targeted|issued|"
    r"recaptured|besieged|looted|demolished|flooded|derailed|hijacked|assassinated|ambushed|clashed|rescued|buried|held talks|"
    r"published|inaugurated|sanctioned|expelled|recalled|died|drowned|demonstrated|protested|marched|gathered)\b"
)
_ARABIC_HAPPENED: Final = re.compile(
    r"(?<!\w)[وف]?(?:قتل|قتلت|جرح|أصيب|أصيبت|قصف|قصفت|استهدف|استهدفت|اعتقل|اعتقلت|أوقف|أوقفت|سيطر|سيطرت|اقتحم|اقتحمت|دمر|دمرت|انفجر|انفجرت|"
    r"انهار|سقط|سقطت|سقطتا|أطلق|أطلقت|عبر|عبرت|دخل|دخلت|انسحب|انسحبت|نزح|أفرج|أفرجت|خطف|أعدم|وقع|وقعت|وقّع|اعتمد|فرض|فرضت|رفع|رفعت|فتح|فتحت|"
    r"أغلق|أغلقت|وصل|وصلت|غادر|غادرت|زار|التقى|استقال|عين|انتخب|شن|شنت|نفذ|نفذت|اندلع|اندلعت|هاجم|هاجمت|تسلم|سلم|لقي|توفي|أحبطت|ضبطت|اغتيل)(?!\w)"
)
_NOT_HAPPENED: Final = re.compile(
    r"\b(?:if|would|could|should|may|might|will|must|can|cannot|expected to|hopes? to|plans? to|likely|believe[sd]?|thinks?|think|"
    r"appears?|seems?|perhaps|ahead of|whether|needs? to)\b|(?<!\w)(?:قد|سوف|لو|يمكن|ينبغي|يجب|ربما|يتوقع|من المتوقع|لن|لم|س[يتن]\w+)(?!\w)",
    re.IGNORECASE,
)
_WORK_CAME_OUT: Final = re.compile(
    r"\b(?:memoirs?|books?|novels?|films?|movies?|albums?|plays?|poems?|songs?|documentary|exhibition)\b[^.]{0,60}\b(?:published|opened|released|ended|began)\b"
)
_NAMED: Final = r"(?:[Aa]l-|[Ee]l-|[Dd]eir )?[A-Z][\w’'-]*(?:\s+(?:al-|el-|ez-|az-|of\s+)?[A-Z][\w’'-]*)*"
_PLACE: Final = re.compile(
    rf"\b(?:[Ii]n|[Nn]ear|[Aa]t|[Oo]utside|[Aa]round|[Ii]nto|[Oo]n the outskirts of|[Ff]rom|(?:north|south|east|west) of|the (?:town|city|village|port|island|province|district|camp) of|captured|entered|towards?|over)\s+"
    rf"(?:the\s+)?(?:[a-z]+(?:ern)?\s+)?(?:(?:town|city|village|port|province|district|camp|outskirts|countryside|suburb)\s+of\s+)?({_NAMED})"
)
_NO_PLACE: Final = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|"
    r"Saturday|Sunday|President|Minister|Prime|ISIS|General|Ministry|UN|NATO|Dec|Jan|Feb|Nov|Oct|Sept?|Aug)\b"
)
_ARABIC_PLACE: Final = re.compile(
    r"(?<!\w)(?:(?:في|قرب|إلى|شمال|جنوب|شرق|غرب|وسط|على|من|ب)\s*)?(?:مدينة|بلدة|قرية|محافظة|ريف|معبر|حي|مخيم|ضاحية|مطار|منطقة|جزيرة)\s+"
    r"((?:تل|وادي|دير|بيت|كفر|عين|رأس|خان|جبل|باب|بئر|مرج|جسر|أم|أبو|ميناء|برج|تلة|قلعة|سهل)\s+[\u0621-\u0655]+|[\u0621-\u0655]+)|"
    r"(?<!\w)(?:في|قرب|شمال|جنوب|شرق|غرب)\s+((?:تل|وادي|دير|بيت|كفر|عين|رأس|خان|جبل|بئر|مرج|أم|سهل)\s+[\u0621-\u0655]+|(?:دمشق|حلب|حمص|حماة|"
    r"إدلب|درعا|السويداء|الرقة|الحسكة|القامشلي|اللاذقية|طرطوس|تدمر|البوكمال|بيروت|بغداد|عمان|القاهرة|أنقرة|جنيف|موسكو|واشنطن|غزة|القدس|منبج|عفرين|كوباني))(?!\w)"
)


def reports_happening(sentence: str, is_arabic: bool) -> bool:
    """Whether the sentence, without words in marks, tells of something that happened."""
    plain = re.sub("[\u064b-\u0655]", "", sentence)
    pattern = _ARABIC_HAPPENED if is_arabic else _HAPPENED
    return (
        not plain.rstrip().endswith(("?", "؟"))
        and bool(pattern.search(plain))
        and not _NOT_HAPPENED.search(plain)
        and not _WORK_CAME_OUT.search(plain)
    )


def find_place(sentence: str, is_arabic: bool) -> str | None:
    """The first place that the sentence names."""
    if is_arabic:
        found = _ARABIC_PLACE.search(sentence)
        return (found[1] or found[2]).strip() if found else None
    places = (found[1] for found in _PLACE.finditer(sentence))
    return next((place for place in places if not _NO_PLACE.match(place)), None)
