"""What the page of a dossier says of each step that all of its records take together."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from claims.domain.vocabulary import Step


@dataclass(frozen=True)
class HandoverWords:
    """Of one step: its sentence, its button, and what introduces a refusal."""

    sentence: Any
    button: Any
    refusal: Any


HANDOVER_WORDS = {
    Step.SUBMIT: HandoverWords(
        gettext_lazy("What is missing for publication can be added while it is in review."),
        gettext_lazy("Send to review"),
        gettext_lazy("Nothing of the dossier was handed over:"),
    ),
    Step.PUBLISH: HandoverWords(
        gettext_lazy(
            "All of them are published, or none. A tick is noted for each record that has what you checked. To leave "
            "one out, send it back first."
        ),
        gettext_lazy("Publish"),
        gettext_lazy("Nothing of the dossier was handed over:"),
    ),
    Step.RETURN: HandoverWords(
        gettext_lazy(
            "All of them become drafts again, and what readers see already stays. Say what is wanted: their writers "
            "read it on their first page. To send back one record only, open it."
        ),
        gettext_lazy("Send back"),
        gettext_lazy("Nothing of the dossier was sent back:"),
    ),
}


def handover_title(step: Step, count: int, *, with_drafts: bool) -> str:
    """The heading of the step. `with_drafts`: what is published is not all in review."""
    if step is Step.PUBLISH and with_drafts:
        return ngettext("Publish %(n)d record", "Publish all %(n)d records", count) % {"n": count}
    words = {
        Step.SUBMIT: ngettext("Send %(n)d draft to review", "Send all %(n)d drafts to review", count),
        Step.PUBLISH: ngettext(
            "Publish %(n)d record that is in review", "Publish all %(n)d records that are in review", count
        ),
        Step.RETURN: ngettext(
            "Send back %(n)d record that is in review",
            "Send back all %(n)d records that are in review",
            count,
        ),
    }
    return words[step] % {"n": count}


def handed_over_message(step: Step, count: int) -> str:
    words = {
        Step.SUBMIT: ngettext("%(n)d record sent to review.", "%(n)d records sent to review.", count),
        Step.PUBLISH: ngettext("%(n)d record published.", "%(n)d records published.", count),
        Step.RETURN: ngettext("%(n)d record sent back.", "%(n)d records sent back.", count),
    }
    return words[step] % {"n": count}
