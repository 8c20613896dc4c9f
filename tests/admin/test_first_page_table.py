"""The table of the first page: each state of each kind of record stands on somebody's page, or waits for nobody."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from claims.domain.vocabulary import ErrorReportState, Outcome, Status
from claims.selectors.first_page import DESK_DUTIES, NOTHING_WAITS, first_page_blocks
from claims.selectors.unpublished import PUBLISHABLE_KINDS
from tests.factories import (
    AboutFactory,
    ClaimFactory,
    DeskStepFactory,
    ErrorReportFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    ProposalFactory,
    RatingFactory,
    ReplyFactory,
    RevisionFactory,
    StatementFactory,
    SuppressionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

FACTORIES = {
    "statement": StatementFactory, "evidence": EvidenceFactory, "claim": ClaimFactory, "reply": ReplyFactory,
    "about": AboutFactory,
}  # fmt: skip
STATES = {
    **dict.fromkeys(PUBLISHABLE_KINDS, Status), "proposal": Outcome, "suppression": Outcome,
    "errorreport": ErrorReportState, "link": ("0", "1", "2"),
}  # fmt: skip
ROLES = ("reporter", "editor", "publisher")  # each may do what those before it may


def returned(kind, me):
    record = FACTORIES[kind](created_by=me)
    DeskStepFactory(step="return", kind=kind, record_id=record.pk)
    return record


def declined(kind, me):
    proposal = ProposalFactory(declined=True, proposed_by=me, decided_at=timezone.now())
    RevisionFactory(proposal=proposal)
    return proposal


# A record that waits in the block: of the kind, for the account.
WAITING = {
    "suppressions": lambda kind, me: SuppressionFactory(),
    "error_reports": lambda kind, me: ErrorReportFactory(),
    "returned": returned,
    "declined_proposals": declined,
    "proposals": lambda kind, me: RevisionFactory().proposal,
    **{f"review_{kind}": lambda kind, me: FACTORIES[kind](in_review=True) for kind in FACTORIES},
    "to_grade": lambda kind, me: RatingFactory().link,
    "unrated": lambda kind, me: EvidenceLinkFactory(),
    "drafts": lambda kind, me: FACTORIES[kind](created_by=me),
    "own_in_review": lambda kind, me: FACTORIES[kind](in_review=True, created_by=me),
    "own_proposals": lambda kind, me: RevisionFactory(proposal__proposed_by=me).proposal,
    "unclaimed": lambda kind, me: FACTORIES[kind](),
}


def blocks_with(record, user):
    found = first_page_blocks(user, timezone.localdate())
    return [block.name for block in found if any(row == record for row in block.rows)]


def test_each_state_of_each_kind_is_in_the_table_or_waits_for_nobody():
    every = {(kind, str(state)) for kind, states in STATES.items() for state in states}
    listed = {state for duty in DESK_DUTIES for state in duty.states}
    assert listed | NOTHING_WAITS == every
    assert not listed & NOTHING_WAITS


@pytest.mark.parametrize(
    ("duty", "kind"),
    [(duty, kind) for duty in DESK_DUTIES for kind, _state in duty.states],
    ids=lambda value: getattr(value, "block", value),
)
def test_what_waits_is_on_the_first_page_of_the_least_role_that_may_act(duty, kind):
    may = [role for role in ROLES
           if Group.objects.get(name=f"{role}s").permissions.filter(codename=duty.permission).exists()]  # fmt: skip
    me = UserFactory(**{may[0]: True})
    assert blocks_with(WAITING[duty.block](kind, me), me) == [duty.block]


@pytest.mark.parametrize("kind", FACTORIES)
def test_a_draft_of_another_is_theirs_until_they_leave(kind):
    colleague, me = UserFactory(editor=True), UserFactory(publisher=True)
    draft = FACTORIES[kind](created_by=colleague)
    assert blocks_with(draft, me) == []
    colleague.is_active = False
    colleague.save()
    assert blocks_with(draft, me) == ["unclaimed"]


def test_a_declined_proposal_is_shown_to_its_writer_for_two_weeks():
    me = UserFactory(editor=True)
    long_ago = timezone.now() - timezone.timedelta(days=15)
    proposal = ProposalFactory(declined=True, proposed_by=me, decided_at=long_ago)
    assert blocks_with(proposal, me) == []


def test_a_suppression_leads_and_its_text_is_not_on_the_page(client):
    me = UserFactory(publisher=True)
    SuppressionFactory(text="Abu Fulan", reason="It endangers somebody.")
    client.force_login(me, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/en/admin/").content.decode()
    assert "It endangers somebody." in page
    assert "Abu Fulan" not in page
    assert page.index('id="desk-suppressions"') == page.index('id="desk-')
