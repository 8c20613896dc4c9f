"""A claim in a few sentences, to stand below the claim's own sentence in previews of other sites."""

from django.utils.translation import gettext as _

from claims.selectors.localized_wording import outcome_in_words, quoted_span, said_on_in_words
from claims.selectors.one_person import one_person_words
from claims.selectors.receipts import Receipt
from claims.selectors.verdict_sentence import verdict_sentence

MOST_QUOTED = 260  # letters of the quotation; its beginning, with the negation that governs a denial


def claim_summary(receipt: Receipt) -> str:
    """The verdict, what happened, the evidence in counts, whether one person published it alone, and who said it
    when in which words.
    """
    claim, gap = receipt.claim, receipt.gap
    said_by = [claim.statement.speaker.isolated(), said_on_in_words(claim)]
    said = _(", ").join(said_by)
    sentences = [
        f"{outcome_in_words(claim, gap.state, gap.as_of, tentative=gap.tentative)}.",
        claim.shown("answer").text,
        str(verdict_sentence(receipt.counts, gap, claim.settlement_on(gap.as_of))),
        one_person_words(claim),
        f"{said}: {quoted_span(claim, MOST_QUOTED).text}",
    ]
    return " ".join(filter(None, sentences))
