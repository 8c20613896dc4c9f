"""The cast: an editor, and a stranger who wants in or wants the editor out."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db.models import F
from django.test import Client, RequestFactory

from claims.client_address import client_address

PASSWORD = "correct horse battery"
DESK, STRANGER = "192.0.2.10", "203.0.113.66"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _editor(django_user_model):
    django_user_model.objects.create_user("editor", password=PASSWORD, is_staff=True)
    django_user_model.objects.create_user("reviewer", password=PASSWORD, is_staff=True)


def sign_in(address, *, username="editor", password=PASSWORD, **headers):
    form = {"username": username, "password": password, "next": "/admin/"}
    return Client(REMOTE_ADDR=address, headers=headers).post("/admin/login/", form)


def fail(address, times, **kwargs):
    return [sign_in(address, password="guess", **kwargs).status_code for _ in range(times)]


def test_a_stranger_is_locked_out_after_five_failures_and_told_for_how_long():
    assert fail(STRANGER, 10) == [200] * 4 + [429] * 6
    response = sign_in(STRANGER, password="guess")
    assert "Please wait 30 minutes" in response.content.decode()
    assert response.headers["Retry-After"] == "1800"
    assert "no-store" in response.headers["Cache-Control"]


def test_even_the_right_password_does_not_open_a_locked_door():
    fail(STRANGER, 5)
    assert sign_in(STRANGER).status_code == 429


def test_the_editor_elsewhere_still_signs_in():
    fail(STRANGER, 10)
    assert sign_in(DESK).status_code == 302


def test_a_colleague_at_the_same_address_still_signs_in():
    fail(DESK, 10)
    assert sign_in(DESK, username="reviewer").status_code == 302


def test_another_browser_or_spelling_does_not_start_the_count_anew():
    for attempt in range(5):
        fail(STRANGER, 1, user_agent=f"browser {attempt}", username=" editor "[attempt % 2 :])
    assert sign_in(STRANGER).status_code == 429


def test_a_forged_forwarding_header_does_not_start_the_count_anew():
    for attempt in range(5):
        fail(STRANGER, 1, x_forwarded_for=f"198.51.100.{attempt}")
    assert sign_in(STRANGER).status_code == 429


def test_a_stranger_cannot_lock_the_editors_address_by_pretending_to_sit_there(settings):
    settings.TRUSTED_PROXIES = 1
    for _ in range(10):
        fail("10.0.0.1", 1, x_forwarded_for=f"{DESK}, {STRANGER}")
    assert sign_in("10.0.0.1", x_forwarded_for=DESK).status_code == 302
    assert sign_in("10.0.0.1", x_forwarded_for=STRANGER).status_code == 429


def test_the_addresses_of_one_ipv6_network_count_together():
    for number in range(5):
        fail(f"2001:db8:1:2::{number}", 1)
    assert sign_in("2001:db8:1:2:ffff::1").status_code == 429
    assert sign_in("2001:db8:1:3::1").status_code == 302


def test_the_door_opens_again_after_half_an_hour_whatever_was_tried_meanwhile():
    fail(STRANGER, 5)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=29))
    assert fail(STRANGER, 1) == [429]
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=2))
    assert sign_in(STRANGER).status_code == 302


def test_success_forgets_the_failures_before_it():
    fail(DESK, 4)
    sign_in(DESK)
    assert fail(DESK, 4) == [200] * 4


def test_the_record_of_failures_holds_no_password_and_no_token():
    fail(STRANGER, 2)
    kept = AccessAttempt.objects.get().post_data
    assert "guess" not in kept
    assert "username=editor" not in kept


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, None, "10.0.0.1"),
        (0, "198.51.100.1", "10.0.0.1"),  # nobody of ours wrote it
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        (2, "1.1.1.1, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "198.51.100.1", "10.0.0.1"),  # it did not come through both
        (1, None, "10.0.0.1"),
        (1, "nonsense", "10.0.0.1"),
        (1, "198.51.100.1:4711", "198.51.100.1"),
        (1, "1.1.1.1, [2001:db8:1:2:3::4]:4711", "2001:db8:1:2::"),
        (1, "2001:DB8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "::ffff:198.51.100.1", "198.51.100.1"),
        (1, "198.51.100.1:4711:5", "10.0.0.1"),
    ],
)
def test_the_address_is_the_one_that_our_own_proxy_saw(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert client_address(RequestFactory(REMOTE_ADDR="10.0.0.1", headers=headers).get("/")) == address
