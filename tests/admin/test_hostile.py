"""What no browser would send: answered in words or with a 400, never with a 500, and nothing is stored."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse
from zeal import zeal_ignore

from claims.models import Claim, Evidence, EvidenceLink, Source, Statement
from tests.factories import (
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    RevisionFactory,
    SourceFactory,
    SuppressionFactory,
)
from tests.savepoints import rolled_back_savepoint

from .posting import address, as_served, errors_of, listing, send

HUGE = "9" * 40


def refused(answer):
    assert answer.status_code in {200, 302, 400, 403, 404}
    return answer


def test_nul_in_a_form_is_a_400(editor):
    assert send(editor, listing(Source, "add"), {"name": "a\0b"}).status_code == 400
    assert not Source.objects.exists()


def test_a_text_longer_than_its_field_is_refused_in_words(editor):
    answer = send(editor, address(ClaimFactory()), {"proposition": "x" * 5000})
    assert "4700 letters too long: it has 5000, and 300 fit" in errors_of(answer)


def test_a_text_of_megabytes_is_not_a_500(editor):
    claim = ClaimFactory()
    answer = send(editor, address(claim), {"criterion": "x" * 6_000_000})
    assert answer.status_code == 413
    assert "larger than this site takes at once (5 MB)" in answer.content.decode()


@pytest.mark.parametrize("key", [10**18, HUGE, "x", "-1", "1 or 1=1", "%00"])
def test_a_key_that_is_none_is_not_a_500(editor, key):
    claim = ClaimFactory()
    refused(editor.get(address(claim).replace(f"/{claim.pk}/", f"/{key}/")))
    refused(editor.get(address(claim, "delete").replace(f"/{claim.pk}/", f"/{key}/")))
    refused(send(editor, address(claim), {"links-0-evidence": key}))
    refused(send(editor, address(claim), {"topics": [key]}))
    refused(editor.post(listing(Claim), {"action": "delete_selected", "_selected_action": key}))
    assert not EvidenceLink.objects.exists()


@pytest.mark.parametrize(
    "tampered",
    [
        {"links-TOTAL_FORMS": "x"},
        {"links-TOTAL_FORMS": "-1"},
        {"links-TOTAL_FORMS": "900"},
        {"links-INITIAL_FORMS": "50"},
        {"links-INITIAL_FORMS": "-3"},
        {"links-INITIAL_FORMS": HUGE},
        {"links-0-id": "999999"},
        {"links-0-id": "x"},
        {"links-0-id": ""},
        {"links-0-claim": "999999"},
        {"search_notes-TOTAL_FORMS": ""},
    ],
    ids=str,
)
def test_a_tampered_form_changes_nothing(editor, tampered):
    link = EvidenceLinkFactory()
    answer = send(editor, address(link.claim), {"links-0-rationale": "Tampered.", **tampered})
    assert answer.status_code == 400 or refused(answer).status_code == 200  # 400: rows that can't be counted
    link.refresh_from_db()
    assert link.rationale != "Tampered."


def test_a_row_of_another_claim_cannot_be_reached(editor):
    mine, other = EvidenceLinkFactory(), EvidenceLinkFactory()
    send(editor, address(mine.claim), {"links-0-id": other.pk, "links-0-rationale": "Stolen."})
    send(editor, address(mine.claim), {"links-0-id": other.pk, "links-0-DELETE": "on"})
    other.refresh_from_db()
    assert other.rationale != "Stolen."


def test_a_form_without_its_management_rows_is_explained(editor):
    claim = ClaimFactory()
    with zeal_ignore():
        answer = editor.post(address(claim), {"proposition": "x", "_save": "1"})
    assert answer.status_code == 200
    assert "ManagementForm" in errors_of(answer)


@pytest.mark.parametrize(
    "query", ["_to_field=password", "_to_field=id", "_popup=1", "_popup=1&_to_field=slug"]
)
def test_the_parameters_of_popups_leak_nothing(editor, query):
    refused(editor.get(f"{listing(Source, 'add')}?{query}"))
    refused(editor.get(f"{address(SourceFactory())}?{query}"))
    refused(editor.get(f"{listing(Source)}?{query}"))


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=%ff", "p=999999", "p=-1", "o=99.98", "e=1", "needs=x", "status__exact=x",
        f"statement__speaker__id__exact={HUGE}", "created_by__password__startswith=a", "gap__state__exact=%F0%9F%92%A9",
        "&".join(f"a{n}=1" for n in range(1200)),
    ],
    ids=lambda query: query[:30],
)  # fmt: skip
def test_any_question_to_a_list_is_answered(editor, query):
    ClaimFactory()
    refused(editor.get(f"{listing(Claim)}?{query}"))


LISTED = [model for model in apps.get_app_config("claims").get_models() if admin.site.is_registered(model)]
LOOKUPS = ["contains", "range", "in", "isnull", "year", "regex", "nonsense", "has_key"]


# The same code of Django answers for every model, so that one gets all lookups and the others a few.
@pytest.mark.parametrize(
    ("model", "lookup"),
    [(model, lookup) for model in LISTED for lookup in (LOOKUPS if model is Claim else ("in", "isnull"))],
)
def test_no_field_of_a_list_can_be_asked_into_a_500(chief, model, lookup):
    for field in model._meta.concrete_fields:
        with rolled_back_savepoint():
            refused(chief.get(f"{listing(model)}?{field.name}__{lookup}=("))


@pytest.mark.parametrize(
    "sent", [{}, {"decision": "accept"}, {"seen": "\ud7ff", "decision": "x" * 9999}], ids=str
)
def test_nothing_that_is_sent_to_a_page_that_decides_breaks_it(chief, sent):
    for record in (RevisionFactory().proposal, SuppressionFactory(), ClaimFactory(in_review=True)):
        page = "publish" if isinstance(record, Claim) else "change"
        with zeal_ignore():
            refused(chief.post(address(record, page), sent))


def test_two_editors_who_tie_the_same_report_at_once_are_told_in_words(editor):
    claim, evidence = ClaimFactory(), EvidenceFactory()
    data = as_served(editor.get(address(claim))) | {"links-0-evidence": evidence.pk}
    EvidenceLinkFactory(claim=claim, evidence=evidence)
    answer = editor.post(address(claim), data | {"_continue": "1"})
    assert answer.status_code == 200
    assert "tied to this claim already" in errors_of(answer)


def test_what_only_the_database_notices_is_told_in_words_too(editor, monkeypatch):
    from django.db import IntegrityError

    from claims.admin import desk

    def race(*args, **kwargs):
        raise IntegrityError("UNIQUE constraint failed")

    claim = ClaimFactory()
    monkeypatch.setattr(desk.actions, "save", race)
    answer = send(editor, address(claim), {"proposition": "Changed"})
    assert "somebody else saved the same just now" in answer.content.decode()
    claim.refresh_from_db()
    assert claim.proposition != "Changed"


def test_markup_in_words_is_shown_and_not_run(editor):
    script = "<script>alert(1)</script>"
    claim = ClaimFactory(
        proposition=script, quote="", statement__text=f"We said {script}", statement__title=script
    )
    EvidenceLinkFactory(claim=claim, evidence__summary=script, stance=-2)
    for url in (
        address(claim),
        listing(Claim),
        address(claim.statement),
        listing(Evidence),
        listing(Statement),
    ):
        assert script not in editor.get(url).content.decode()
    preview = reverse("admin:claims_claim_preview", args=[claim.pk])
    panel = editor.post(preview, as_served(editor.get(address(claim)))).json()["panel"]
    assert script not in panel
