"""The other forms of a word that regular spelling makes of it: sanction, sanctions, sanctioned; عقوبة، عقوبات.

Forms of one word and no more: to govern is not a government, and Hama is not Hamas. All is in folded spelling, so that
ة is ه here. What is irregular (struck, broken plurals) stays a word of its own. The rules of each language are in
`claims.languages`.
"""

from claims.languages import known_rules
from claims.languages.rules import SHORTEST, Inflections


def inflected_forms(word: str) -> frozenset[str]:
    """The word's other forms; none of a word that is too short to tell, or in letters of other languages."""
    if len(word) < SHORTEST:
        return frozenset()
    languages = [rules.inflections for rules in known_rules().values() if rules.inflections]
    return frozenset().union(
        *(_word_family(word, language) for language in languages if language.pattern.fullmatch(word))
    )


def _word_family(word: str, language: Inflections) -> frozenset[str]:
    """All forms of the words that this may be a form of: of what is left without an ending, what makes it again."""
    bases = {word.removesuffix(end) + instead for end, instead in language.endings if word.endswith(end)}
    families = [language.forms(base) for base in {word, *bases}]
    return frozenset().union(*(family for family in families if word in family)) - {word}
