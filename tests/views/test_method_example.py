"""The example of the method page says nothing that its figures do not."""

from claims.domain.dossier import score_dossier
from claims.views.method import DAY, EXAMPLE


def test_the_newspaper_that_passes_on_the_agencys_story_adds_nothing() -> None:
    parts = score_dossier(EXAMPLE, DAY).links
    assert parts["copy"].mass > 0
    assert (parts["copy"].contribution, parts["copy"].gap_without) == (0, score_dossier(EXAMPLE, DAY).gap)
