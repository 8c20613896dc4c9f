"""How many queries a write takes at most, whatever the database."""

from datetime import timedelta

import pytest

from claims.actions import accept_proposal, save
from claims.ledger.signatures import public_signature
from claims.models import Proposal
from tests.actions.desk import contradicted, known, propose, stored
from tests.factories import NOW, PlaceFactory, RoleFactory, TopicFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ledger_holds")]

LATER = NOW + timedelta(hours=1)
TEXTS = {
    "claim": ("criterion", "Other."),
    "statement": ("title", "Other remarks"),
    "evidence": ("detail", "More of it."),
    "source": ("reliability_reason", "Others confirm it."),
    "link": ("rationale", "It counts the trucks."),
}


@pytest.fixture(autouse=True)
def _signed_before(writer, publisher):
    """Both have a public name already; it is made once an account."""
    for user in (writer, publisher):
        public_signature(user)


def public_record(kind):
    claim = contradicted()
    claim.topics.add(TopicFactory())
    claim.places.add(PlaceFactory())
    link = known(claim).links.select_related("claim__statement", "evidence__source").first()
    records = {"claim": link.claim, "statement": link.claim.statement, "link": link}
    return (records | {"evidence": link.evidence, "source": link.evidence.source})[kind]


def test_a_public_speaker_is_saved_in_a_dozen_queries(writer, django_assert_max_num_queries):
    speaker = contradicted().statement.speaker
    RoleFactory.create_batch(2, speaker=speaker)
    speaker = stored(known(speaker))
    speaker.name = "Dr. Somebody"
    with django_assert_max_num_queries(14):  # with the public name, and the lock on PostgreSQL
        save(speaker, by=writer, now=NOW, reason="She has a doctorate.")
    assert stored(speaker).name == "Dr. Somebody"


@pytest.mark.parametrize("kind", TEXTS)
def test_a_changed_text_is_accepted_in_at_most_40_queries(
    kind, writer, publisher, django_assert_max_num_queries
):
    record, (column, text) = public_record(kind), TEXTS[kind]
    proposal = propose(record, writer, **{column: text})
    proposal = Proposal.objects.get(pk=proposal.pk)  # with nothing read beforehand
    with django_assert_max_num_queries(41):  # with the lock on PostgreSQL
        accept_proposal(proposal, by=publisher, now=LATER)
    assert getattr(stored(record), column) == text
