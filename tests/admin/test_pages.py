"""Every kind of page: safe under the strict policy, guided, and without a hook that Django would ignore."""

import inspect
import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.auth.models import Permission
from django.urls import reverse

from claims.admin.desk import DeskAdmin
from claims.models import Claim, DeskStep, Evidence, Origin, Source, Speaker, Statement, Suppression
from claims.records.record_kind import public_columns
from claims.records.registry import KINDS_BY_MODEL
from tests.factories import (
    ClaimFactory,
    CorrectionFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    RevisionFactory,
    SearchNoteFactory,
    SnapshotFactory,
    SuppressionFactory,
)

from .posting import address, listing, text

OURS = [
    (model, admin.site.get_model_admin(model))
    for model in apps.get_app_config("claims").get_models()
    if admin.site.is_registered(model)
]
SIGNED = {"settled_by", "asked_by", "decided_by"}  # by the desk itself; no form has them
# No fieldset has these: actions write them. Translations have a fieldset for each language.
WRITTEN_BY_ACTIONS = {
    "by_one_person",
    "status",
    "published_at",
    "withdrawn_at",
    "withdrawal_reason",
    "translations",
}
ENTERED_NO_MORE = {Origin: {"kind"}}  # kept for older records only
WITHOUT_A_FORM = {"SnapshotAdmin", "ProposalAdmin", "DeskStepAdmin", "TableImportAdmin"}
INLINES = [inline for _model, own in OURS for inline in own.inlines]
INLINE_STYLE = re.compile(r"<[^>]+\sstyle=", re.IGNORECASE)
INLINE_HANDLER = re.compile(r"<[^>]+\son[a-z]+=", re.IGNORECASE)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*(\ssrc=|application/json))", re.IGNORECASE)
INLINE_SHEET = re.compile(r"<style|javascript:|url\(data:", re.IGNORECASE)


def pages_of(publisher):
    link = EvidenceLinkFactory(published=True, stance=-2)
    SearchNoteFactory(claim=link.claim)
    snapshot, correction = SnapshotFactory(), CorrectionFactory()
    yield reverse("admin:index")
    yield reverse("admin:app_list", args=["claims"])
    for model in {model for model, _own in OURS} - {DeskStep}:  # steps are listed nowhere
        yield listing(model)
    for model in (Claim, Statement, Evidence, Source, Speaker):
        yield listing(model, "add")
        yield listing(model) + "?q=nothing+like+this"
    for record in (
        link.claim,
        link.evidence,
        link.claim.statement,
        link.evidence.source,
        correction,
        snapshot,
    ):
        yield address(record)
        yield address(record, "history")
    for page in ("delete", "submit", "return", "publish", "withdraw", "reopen"):
        yield address(link.claim, page)
    yield address(ClaimFactory())
    yield address(RevisionFactory(evidence=EvidenceFactory(published=True), claim=None, changes={}).proposal)
    yield address(SuppressionFactory())
    yield listing(Suppression, "add")


def test_no_page_holds_what_the_policy_forbids(publisher):
    for url in pages_of(publisher):
        answer = publisher.get(url)
        assert answer.status_code == 200, url
        for pattern in (INLINE_STYLE, INLINE_HANDLER, INLINE_SCRIPT, INLINE_SHEET):
            assert not pattern.search(text(answer)), (url, pattern.search(text(answer)))


def test_the_desk_may_run_its_own_scripts_and_nothing_else(publisher):
    policy = publisher.get(reverse("admin:index")).headers["Content-Security-Policy"]
    for directive in (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
    ):
        assert directive in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(("model", "own"), OURS, ids=lambda value: getattr(value, "__name__", ""))
def test_every_fieldset_that_is_written_to_guides(model, own, rf, publisher):
    request = rf.get("/")
    request.user = publisher.user
    if own.has_add_permission(request):
        assert all(options.get("description") for _name, options in own.get_fieldsets(request, None))


@pytest.mark.parametrize(
    ("model", "own"),
    [(model, own) for model, own in OURS if model in KINDS_BY_MODEL],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_every_public_column_has_a_place_on_the_desk(model, own, rf, publisher):
    request = rf.get("/")
    request.user = publisher.user
    shown = flatten_fieldsets(own.get_fieldsets(request, model()))
    missing = public_columns(model).keys() - {*shown, *WRITTEN_BY_ACTIONS, *ENTERED_NO_MORE.get(model, ())}
    assert missing == set(), f"{type(own).__module__}.{type(own).__name__}.fieldsets lacks {missing}"


@pytest.mark.parametrize("inline", INLINES, ids=lambda inline: inline.__name__)
def test_every_inline_guides(inline):
    assert inline.guidance


def called_by_django(base, own):
    return set(dir(base)) | set(own.list_display if hasattr(own, "list_display") else ())


@pytest.mark.parametrize("own", [type(own) for _model, own in OURS] + INLINES, ids=lambda own: own.__name__)
def test_no_hook_is_misspelt(own):
    """Django ignores a method that it doesn't know, so each of ours is one of its hooks or referred to by name."""
    base = InlineModelAdmin if issubclass(own, InlineModelAdmin) else admin.ModelAdmin
    source = "".join(
        inspect.getsource(module)
        for module in {inspect.getmodule(part) for part in own.__mro__}
        if module and module.__name__.startswith("claims")
    )
    templates = {"of_claim", "facts", "guidance"}
    ours = {
        name
        for part in own.__mro__
        if part.__module__.startswith("claims")
        for name in vars(part)
        if not name.startswith("_")
    }
    unknown = {
        name
        for name in ours - called_by_django(base, own) - templates - {"media", "Media"}
        if not re.search(rf"""(self\.{name}\b|"{name}"|actions = \[[^\]]*{name})""", source)
        and not re.fullmatch(r"has_(publish|withdraw|merge)_permission", name)
    }
    assert unknown == set()


def test_a_misspelt_hook_would_be_found():
    misspelt = type("Misspelt", (DeskAdmin,), {"get_qureyset": lambda self, request: None})
    misspelt.__module__ = DeskAdmin.__module__
    with pytest.raises(AssertionError):
        test_no_hook_is_misspelt(misspelt)


@pytest.mark.parametrize(("model", "own"), OURS, ids=lambda value: getattr(value, "__name__", ""))
def test_no_form_lets_anyone_type_a_status_or_a_stamp(model, own):
    stamps = {
        "status",
        "published_at",
        "published_by",
        "withdrawn_at",
        "created_by",
        "created_at",
        "changed_at",
    }
    editable = {field.name for field in model._meta.fields if field.editable}
    assert not editable & stamps


def test_every_reference_completes_itself():
    """No drop-down grows with a table."""
    for model, own in OURS:
        if own.__class__.__name__ not in WITHOUT_A_FORM:
            references = {
                f.name
                for f in model._meta.get_fields()
                if (f.many_to_one or f.many_to_many) and not f.auto_created and f.editable
            }
            assert references <= set(own.autocomplete_fields) | SIGNED, model
    for inline in INLINES:
        references = {f.name for f in inline.model._meta.fields if f.many_to_one and f.name in inline.fields}
        assert references <= set(inline.autocomplete_fields)


def test_who_may_only_look_sees_the_ground_and_no_field(outsider):
    outsider.user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    link = EvidenceLinkFactory(published=True, stance=-2)
    SearchNoteFactory(claim=link.claim)
    for record in (link.claim, link.evidence, link.claim.statement):
        page = text(outsider.get(address(record)))
        assert str(link.evidence if record == link.claim else link.claim) in page
        assert 'type="radio"' not in page
        assert 'name="_continue"' not in page
        assert outsider.post(address(record), {}).status_code == 403


def test_snapshots_are_looked_at_and_not_touched(publisher):
    snapshot = SnapshotFactory()
    assert publisher.get(address(snapshot)).status_code == 200
    for page in (address(snapshot), address(snapshot, "delete"), listing(type(snapshot), "add")):
        assert publisher.post(page, {"number": 5}).status_code == 403
