"""REQUIRE_TOTP: who decides what readers see sets a device up before anything else; and life without the package."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.test import RequestFactory

from claims.models import Source
from tests.factories import UserFactory
from tests.tracker.authenticator import PAGE, App, press, set_up
from tests.tracker.conftest import GOOD_KEY
from tests.tracker.test_totp import signed_in, text

WITHOUT_THE_PACKAGE = """
import runpy, sys
sys.modules["django_otp"] = None
sys.argv = ["manage.py", *sys.argv[1:]]
runpy.run_path("manage.py", run_name="__main__")
"""
SHOW = """
from django.conf import settings
from django.urls import reverse, NoReverseMatch
import sys
print([name for name in [*settings.INSTALLED_APPS, *settings.MIDDLEWARE] if "otp" in name])
from django.contrib import admin
print(admin.site.login_form, [name for name in sys.modules if "totp" in name or name.startswith("segno")])
try:
    print(reverse("two_factor"))
except NoReverseMatch:
    print("no page")
"""
DEPLOYED = {"SECRET_KEY": GOOD_KEY, "ALLOWED_HOSTS": "tracker.example.org"}


@pytest.fixture
def app(monkeypatch):
    return App(monkeypatch)


@pytest.fixture
def _required(settings, db):
    settings.REQUIRE_TOTP = True


def holder(codename):
    user = UserFactory(editor=True)
    user.user_permissions.add(Permission.objects.get(codename=codename))
    return user


def deciders():
    verbs, nouns = ("publish", "withdraw"), ("claim", "statement", "evidence")
    yield UserFactory(publisher=True)
    yield UserFactory(chief=True)
    yield from (holder(f"{verb}_{noun}") for verb in verbs for noun in nouns)
    yield holder("decide_suppression")


@pytest.mark.usefixtures("_required")
def test_whoever_decides_is_led_to_set_a_device_up_first():
    for user in deciders():
        client = signed_in(user)
        for address in ("/admin/", "/admin/claims/source/", "/admin/password_change/", "/admin/nowhere/"):
            assert client.get(address).headers["Location"].startswith(f"{PAGE}?next=")
        page = text(client.get("/admin/", follow=True))
        assert "everything else at the desk waits for it" in page
        assert "Set up an app" in page


@pytest.mark.usefixtures("_required")
def test_until_then_nothing_that_they_send_is_saved():
    client = signed_in(UserFactory(chief=True))
    for address in ("/admin/claims/source/add/", "/admin/auth/user/add/", "/admin//claims/source/add/"):
        answer = client.post(address, {"name": "x", "username": "x"})
        assert answer.headers["Location"] == PAGE
    assert "Nothing was saved" in text(client.get(PAGE))
    assert not Source.objects.exists()


@pytest.mark.usefixtures("_required")
def test_after_that_they_go_on_where_they_wanted_to(app):
    client = signed_in(UserFactory(publisher=True))
    led = client.get("/admin/claims/source/")
    press(client, "begin", next="/admin/claims/source/")
    app.scan(client.get(led.headers["Location"]))
    done = press(client, "confirm", app.code, next="/admin/claims/source/")
    assert done.headers["Location"] == "/admin/claims/source/"
    assert client.get("/admin/claims/source/").status_code == 200


@pytest.mark.usefixtures("_required")
def test_removing_the_device_leads_back_to_setting_one_up(app):
    client = signed_in(UserFactory(publisher=True))
    set_up(client, app)
    press(client, "remove", app.next_code)
    assert client.get("/admin/").headers["Location"].startswith(PAGE)


@pytest.mark.usefixtures("_required")
@pytest.mark.parametrize("who", ["reporter", "editor"])
def test_others_are_left_alone(who):
    assert signed_in(UserFactory(**{who: True})).get("/admin/").status_code == 200


@pytest.mark.django_db
def test_where_it_is_not_asked_for_nobody_is_led_anywhere():
    for user in deciders():
        assert signed_in(user).get("/admin/").status_code == 200


@pytest.mark.usefixtures("_required")
def test_they_can_still_sign_out():
    client = signed_in(UserFactory(chief=True))
    assert client.post("/admin/logout/").status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("_required")
def test_away_from_the_desk_they_are_nobody_until_then():
    from django_otp.middleware import OTPMiddleware

    from tracker.totp.middleware import AskForCode

    def page(request):
        return HttpResponse("nobody" if request.user == AnonymousUser() else "somebody")

    request = RequestFactory().get("/api/claims/")
    request.user, request.session = UserFactory(chief=True), SessionStore()
    assert OTPMiddleware(AskForCode(page))(request).content == b"nobody"


# Without the package --------------------------------------------------------------------------------------------


def test_asking_for_it_without_the_package_says_what_to_install(run):
    result = run("-c", WITHOUT_THE_PACKAGE, "check", **DEPLOYED, REQUIRE_TOTP="1")
    assert result.returncode == 2
    said = " ".join(result.stderr.split())
    assert said.startswith("The site can't start. REQUIRE_TOTP is on, but what it needs is not installed.")
    assert "pip install --require-hashes -r requirements-totp.txt" in said
    assert "Traceback" not in said


def test_without_the_package_nothing_of_it_is_there(run):
    result = run("-c", WITHOUT_THE_PACKAGE, "shell", "--no-imports", "-c", SHOW, **DEPLOYED)
    assert result.stdout.splitlines() == ["[]", "None []", "no page"], result.stderr


def test_with_the_package_it_is_there_and_nobody_must_use_it(deployed):
    result = deployed("shell", "--no-imports", "-c", f"{SHOW}\nprint(settings.REQUIRE_TOTP)")
    assert "tracker.totp.apps.TotpConfig" in result.stdout
    assert result.stdout.splitlines()[-2:] == [PAGE, "False"]


def test_the_demo_asks_for_no_device(run):
    result = run(
        "manage.py",
        "shell",
        "--no-imports",
        "-c",
        f"{SHOW}\nprint(settings.REQUIRE_TOTP)",
        DEMO="1",
        REQUIRE_TOTP="1",
    )
    assert result.stdout.splitlines()[-1] == "False", result.stderr
