"""Regular inflections of a word: sanction, sanctions, sanctioned; عقوبة، عقوبات.

Only forms of the same word: “government” is no form of “govern”, and Hamas is no form of Hama. All words are in
folded spelling, where ة is ه. Irregular forms (struck, broken plurals) count as other words. The rules of each
language are in `claims.languages`.
"""

from claims.languages import known_rules
from claims.languages.rules import SHORTEST, Inflections


def inflected_forms(word: str) -> frozenset[str]:
    """The other forms of a word.

    Empty for a word that is too short, or in the letters of a language without rules.
    """
    if len(word) < SHORTEST:
        return frozenset()
    languages = [rules.inflections for rules in known_rules().values() if rules.inflections]
    return frozenset().union(
        *(_word_family(word, language) for language in languages if language.pattern.fullmatch(word))
    )


def _word_family(word: str, language: Inflections) -> frozenset[str]:
    """All forms of every base word that the word may be a form of, without the word itself."""
    bases = {word.removesuffix(end) + instead for end, instead in language.endings if word.endswith(end)}
    families = [language.forms(base) for base in {word, *bases}]
    return frozenset().union(*(family for family in families if word in family)) - {word}
