"""Words in marks that nobody is said to have said: terms, titles of works, names, signs."""

import re
from typing import Final

from claims.reading.article_text import ArticleText, Sentence
from claims.reading.cues import Cue
from claims.reading.quotation_marks import FILL, MarkedWords

_WORKS: Final = (
    "author of|book|novel|film|movie|documentary|series|song|album|play|poem|painting|magazine|newspaper|game|titled|entitled|"
    "named|known as|nicknamed|dubbed|alias|so-called|what it calls|called|codenamed|code-named|the word|the words|the term|"
    "the slogan|the principle of|the name|under the name|Operation|operation|campaign|marked|reading|wrote|short story|essay"
)
_TERM: Final = re.compile(rf"\b(?:{_WORKS}),?\s*$")
_AUTHOR: Final = re.compile(r"\b(?:author|writer|director|composer|producer|singer|star|editor) of\s*$")
_ARABIC_TERM: Final = re.compile(
    r"(?:(?:حديث|حوار|مقابلة|تصريح|تصريحات)(?:\s+(?:خاص|خاصة|صحافي|صحفي))?\s+(?:ل|مع|إلى)|كتاب|رواية|فيلم|مسرحية|أغنية|قصيدة|صحيفة|مجلة|كتابه|روايته|بعنوان|باسم|الملقب|المعروف|يسمى|تسمى|يعرف ب|ما يسمى|ما يعرف ب|عملية|حملة|شعار|كلمة|"
    r"تنظيم|قناة|حركة|مؤسسة|لصحيفة|لقناة|لوكالة|وكالة|موقع|مسلسل)\s*ـ?\s*$"
)
_DEFINITE: Final = re.compile(r"\b(?:the|The|its|their|this|these|those|his|her)\s*$")
_BOUND_TO_VERB: Final = re.compile(r"^[\s,:]*(?:\w+\s+){0,4}$")


def is_no_quotation(article: ArticleText, words: MarkedWords, sentence: Sentence, cue: Cue) -> bool:
    """Whether the words, in a sentence in which somebody says something, are a term, a title or a name."""
    before = article.mask[sentence.start : words.start]
    if article.is_arabic:
        return bool(_ARABIC_TERM.search(before)) or _begins_inside_subject(words, cue)
    if (
        cue.judging
        and cue.end <= words.start
        and article.mask[cue.start : cue.end] in {"called", "calls", "dubbed", "labelled"}
    ):
        return False
    between = article.mask[cue.end : words.start] if cue.end <= words.start else ""
    if (
        cue.end <= words.start
        and article.mask[cue.start : cue.end] == "wrote"
        and len(between.strip(" :,")) == 0
    ):
        return False
    if _TERM.search(before) or _AUTHOR.search(before):
        return True
    spoken = words.words(article.text)
    if re.search(r"[.,!?]$", spoken) or (article.mask[words.end : words.end + 1] == "," and cue.follows):
        return False
    return (
        bool(_DEFINITE.search(before))
        and len(spoken.split()) <= 2
        and FILL in article.mask[words.start : words.end]
    )


def _begins_inside_subject(words: MarkedWords, cue: Cue) -> bool:
    return bool(cue.subject) and cue.start < words.start < cue.end
