"""A manager makes an account; its owner sets up an app and signs in with a code, all of it without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from tests.factories import PASSWORD, UserFactory
from tests.tracker.authenticator import PAGE, App

NEW = "a sentence nobody guesses"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def manager(db):
    user = UserFactory(username="mona")
    group, _created = Group.objects.get_or_create(name="managers")
    may = ["view_user", "add_user", "change_user"]
    group.permissions.set(Permission.objects.filter(content_type__app_label="auth", codename__in=may))
    user.groups.add(group)
    return user


@pytest.fixture
def app(monkeypatch):
    return App(monkeypatch)


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(request, browser, live_server):
    context = browser.new_context(java_script_enabled=request.param, base_url=live_server.url)
    page, complaints = context.new_page(), []
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.scripts, page.complaints = request.param, complaints
    yield page
    context.close()
    assert complaints == []


def is_accessible(page):
    if not page.scripts:
        return True
    before = len(page.complaints)
    found = Axe().run(page).response["violations"]
    del page.complaints[before:]  # axe itself styles what it looks at, which the policy refuses
    serious = [rule for rule in found if rule["impact"] in {"serious", "critical"}]
    assert [(rule["id"], rule["nodes"][0]["html"][:160]) for rule in serious] == []
    return True


def sign_in(page, name, password, code=""):
    page.goto(reverse("admin:login"))
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("textbox", name="Code").fill(code)
    page.get_by_role("button", name="Log in").click()


def test_from_a_new_account_to_a_code_at_the_door(page, manager, app):
    sign_in(page, manager.username, PASSWORD)
    page.goto(reverse("admin:auth_user_add"))
    page.get_by_label("Username").fill("nour")
    page.get_by_label("editors").check()
    page.get_by_label("Password:").fill(NEW)
    page.get_by_label("Password confirmation").fill(NEW)
    assert is_accessible(page)
    page.get_by_role("button", name="Save", exact=True).click()
    assert User.objects.get(username="nour").groups.get().name == "editors"
    page.get_by_role("button", name="Sign out").click()

    sign_in(page, "nour", NEW)
    page.get_by_role("link", name="Two-factor sign-in").click()
    page.get_by_role("button", name="Set up an app").click()
    assert is_accessible(page)
    app.type(page.locator("code").inner_text())
    page.get_by_role("textbox", name="Code").fill(app.code)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_text("from now on signing in asks for a code").wait_for()
    assert is_accessible(page)
    page.get_by_role("button", name="Sign out").click()

    sign_in(page, "nour", NEW)
    page.get_by_text("asks for a code").wait_for()
    assert is_accessible(page)
    sign_in(page, "nour", NEW, app.next_code)
    page.wait_for_url(f"**{reverse('admin:index')}")
    page.goto(PAGE)
    page.get_by_role("button", name="Remove").wait_for()
