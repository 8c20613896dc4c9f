"""Made-up sentences in two scripts. A few words are frequent and most are rare, as in any text."""

from random import Random

LETTERS = {"en": ("bdfghklmnprstvz", "aeiou"), "ar": ("بتجدرسشطعفقلمنهي", "اوي")}
COMMON = {
    "en": ("the", "aid", "border", "security", "civilians", "agreement", "humanitarian", "forces", "support"),
    "ar": ("في", "من", "المساعدات", "الحدود", "الأمن", "المدنيين", "الاتفاق", "القوات"),
}
VOCABULARY = 5_000


class ScaleWords:
    """Draws words, names and sentences from one random generator."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.vocabulary = {language: self._make_vocabulary(language) for language in LETTERS}

    def _make_vocabulary(self, language: str) -> list[str]:
        consonants, vowels = LETTERS[language]
        made = (
            "".join(
                self.rng.choice(consonants) + self.rng.choice(vowels) for _n in range(self.rng.randint(2, 4))
            )
            for _n in range(VOCABULARY)
        )
        return list(dict.fromkeys([*COMMON[language], *made]))

    def sentence(self, words: int, language: str = "en") -> str:
        vocabulary = self.vocabulary[language]
        drawn = [
            vocabulary[min(int(self.rng.paretovariate(0.6)), len(vocabulary)) - 1] for _n in range(words)
        ]
        return f"{' '.join(drawn)}."

    def sentences(self, number: int, language: str) -> list[str]:
        return [self.sentence(self.rng.randint(8, 20), language) for _n in range(number)]

    def split(self, text: str) -> list[str]:
        """The sentences of a text, without their full stops."""
        return text.removesuffix(".").split(". ")

    def name(self) -> str:
        rare = self.vocabulary["en"][len(COMMON["en"]) :]
        return f"{self.rng.choice(rare)} {self.rng.choice(rare)}".title()
