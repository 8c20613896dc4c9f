"""Who may do what: every role at every page of the desk. What a role may not do changes no row of any table."""

import hashlib
from contextlib import suppress as suppress_errors
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, resolve, reverse
from zeal import zeal_ignore

from claims.actions import (
    RuleViolation,
    accept_proposal,
    accept_suppression,
    decline_proposal,
    decline_suppression,
    publish_record,
    reopen_record,
    return_to_writer,
    submit_for_review,
    withdraw_record,
)
from claims.models import Claim, Evidence, Statement
from tests.factories import NOW, UserFactory
from tests.people import signed_in

from .world import DESK, PUBLISH, ROLES, STAFF, Ask, asks, made_world

ELSEWHERE = {
    "login", "logout",  # told by tests of signing in
    "view_on_site",  # closed to all
    *(f"axes_{model}_{page}" for model in ("accessattempt", "accesslog", "accessfailurelog")
      for page in ("changelist", "add", "change", "delete", "history")),
}  # fmt: skip


@pytest.fixture
def world(db):
    return made_world()


def client_of(role):
    if role == "anonymous":
        return Client()
    if role == "manager":
        user = UserFactory(username="manager")
        user.groups.set(Group.objects.filter(name="managers"))
        return signed_in(user)
    traits = {"superuser": {"chief": True}, "outsider": {}}.get(role, {role: True})
    return signed_in(UserFactory(**traits))


def rows():
    """A digest of all that is stored of records and accounts."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table.startswith(("claims_", "auth_", "django_admin_log")):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
                digest.update(f"{table} {cursor.fetchall()!r}".encode())
    return digest.hexdigest()


def refused(role, answer):
    if role == "anonymous" and answer.status_code == 302:
        return answer.headers["Location"].startswith(reverse("admin:login"))
    return answer.status_code in {403, 404}


def outcome(role, client, ask: Ask, before: str):
    """What is wrong with the answer that the role gets; nothing stays of it, so that `before` stays true."""
    client.raise_request_exception, cookies = False, deepcopy(client.cookies)
    with transaction.atomic(), zeal_ignore():
        answer = client.get(ask.url) if ask.sent is None else client.post(ask.url, ask.sent)
        changed = rows() != before
        transaction.set_rollback(True)
    client.cookies = cookies
    if answer.status_code >= 500:
        return "breaks"
    if role in ask.may:
        return "is refused" if refused(role, answer) else "does nothing" if ask.acts and not changed else ""
    if changed:
        return "changes something"
    return "" if ask.bulk or refused(role, answer) else f"is let in: {answer.status_code}"


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_what_the_matrix_says_and_nothing_else(world, role):
    client = client_of(role)
    before = rows()
    wrong = {ask.name: words for ask in asks(world) if (words := outcome(role, client, ask, before))}
    assert rows() == before
    assert wrong == {}


def names():
    """Every named page of the desk."""
    for entry in admin.site.get_urls():
        for pattern in getattr(entry, "url_patterns", [entry]):
            if isinstance(pattern, URLPattern) and pattern.name:
                yield pattern.name


def test_the_matrix_leaves_no_page_of_the_desk_out(world):
    covered = {resolve(ask.url.partition("?")[0]).url_name for ask in asks(world)}
    assert set(names()) - covered == ELSEWHERE


@pytest.mark.parametrize("role", [role for role in ROLES if role != "superuser"])
def test_nobody_but_a_superuser_sees_who_signed_in_from_where(db, role):
    client = client_of(role)
    for page in ("accessattempt", "accesslog", "accessfailurelog"):
        assert refused(role, client.get(reverse(f"admin:axes_{page}_changelist")))


def test_the_digest_notices_a_change(world):
    before = rows()
    type(world.records["topic"]).objects.update(about="Otherwise.")
    assert rows() != before


# Called directly, past every page


WORKS: dict[Any, tuple[str, set[str]]] = {
    submit_for_review: ("", DESK), return_to_writer: ("in_review", DESK), publish_record: ("in_review", PUBLISH),
    withdraw_record: ("published", PUBLISH), reopen_record: ("withdrawn", DESK),
}  # fmt: skip
DECISIONS: dict[Any, dict[str, str]] = {accept_proposal: {}, decline_proposal: {"reason": "No."}}


def done_by(role, action, record, **given):
    """Whether the action lets the role; nothing stays of what it did."""
    by = client_of(role).user
    with transaction.atomic():
        before = rows()
        with suppress_errors(PermissionDenied, RuleViolation):
            action(record, by=by, now=NOW + timedelta(days=1), **given)
        changed = rows() != before
        transaction.set_rollback(True)
    return changed


@pytest.mark.parametrize("role", sorted(STAFF))
def test_an_action_asks_for_the_right_itself(world, role):
    done: dict[Any, bool] = {
        action: done_by(role, action, world.in_status[Claim, status], reason="Checked.")
        for action, (status, _may) in WORKS.items()
    }
    done |= {
        action: done_by(role, action, world.records["proposal"], **more) for action, more in DECISIONS.items()
    }
    done |= {
        each: done_by(role, each, world.records["suppression"])
        for each in (accept_suppression, decline_suppression)
    }
    may = {action: role in who for action, (_status, who) in WORKS.items()}
    may |= dict.fromkeys([*DECISIONS, accept_suppression, decline_suppression], role in PUBLISH)
    assert done == may


# The public site, which knows nobody


def public_addresses(record):
    url = record.get_absolute_url()
    return [url, *([f"{url}dossier.json"] if isinstance(record, Claim) else [])]


@pytest.mark.parametrize("role", ROLES)
def test_no_role_sees_on_the_public_site_what_is_not_published(world, role):
    client = client_of(role)
    for (model, status), record in world.in_status.items():
        if model not in {
            Claim,
            Statement,
            Evidence,
        }:  # it stands on a page of something else, which has its tests
            continue
        answers = [client.get(url) for url in public_addresses(record)]
        # Of what was withdrawn its page says that it was, and why; an export of it is not there.
        hidden = {404, 410} if status == "withdrawn" else {404}
        assert {answer.status_code for answer in answers} <= ({200} if status == "published" else hidden), (
            record
        )
        if status != "published":
            assert not any(str(record) in answer.content.decode() for answer in answers)
