"""The cast: a manager, whom the group "managers" lets look after people, and a chief, who is a superuser."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.forms.models import model_to_dict
from django.urls import reverse

from tests.factories import PASSWORD, UserFactory
from tests.people import signed_in

from .posting import as_served, send, text

pytestmark = pytest.mark.django_db

NEW = "a sentence nobody guesses"
ADD = reverse("admin:auth_user_add")
LIST = reverse("admin:auth_user_changelist")


@pytest.fixture
def managers(db):
    group, _created = Group.objects.get_or_create(name="managers")
    may = ["view_user", "add_user", "change_user"]
    group.permissions.set(Permission.objects.filter(content_type__app_label="auth", codename__in=may))
    return group


def member(*names, **kwargs):
    user = UserFactory(**kwargs)
    user.groups.set(Group.objects.filter(name__in=names))
    return user


@pytest.fixture
def manager(managers):
    return signed_in(member("managers"))


@pytest.fixture
def chief(db):
    return signed_in(UserFactory(chief=True))


def page(user, name="change"):
    return reverse(f"admin:auth_user_{name}", args=[user.pk])


def group(name):
    return Group.objects.get(name=name).pk


def row(user):
    stored = User.objects.get(pk=user.pk)
    groups = list(stored.groups.values_list("name", flat=True))
    rights = list(stored.user_permissions.values_list("codename", flat=True))
    return model_to_dict(stored, exclude=["groups", "user_permissions"]) | {
        "groups": groups,
        "rights": rights,
    }


def person(**changes):
    return {"username": "nour", "password1": NEW, "password2": NEW, "is_staff": "on", **changes}


# What a manager is for ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["reporters", "editors", "publishers"])
def test_a_manager_makes_an_account_with_its_group_and_its_owner_signs_in(manager, client, role):
    answer = send(manager, ADD, person(groups=[group(role)]), button="_save")
    assert answer.status_code == 200
    made = User.objects.get(username="nour")
    assert [each.name for each in made.groups.all()] == [role]
    assert not made.is_superuser
    assert client.post("/admin/login/", {"username": "nour", "password": NEW}).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_the_form_for_a_new_account_says_what_to_do_and_lets_its_owner_sign_in(manager):
    shown = text(manager.get(ADD))
    assert "Hand it over in person" in shown
    assert "Reporters enter, editors also delete drafts, publishers decide" in shown
    assert re.search(r'name="is_staff"[^>]* checked', shown)


@pytest.mark.parametrize("name", ["add", "change", "password"])
def test_pages_for_accounts_work_under_the_strict_policy(manager, name):
    colleague = member("editors")
    address = ADD if name == "add" else page(colleague, {"password": "password_change"}.get(name, name))
    shown = text(manager.get(address))
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>\s*[^<\s]", shown)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", shown)


def test_a_manager_moves_a_colleague_to_another_group(manager):
    colleague = member("reporters")
    send(manager, page(colleague), {"groups": [group("publishers")], "first_name": "Nour"})
    assert (row(colleague)["groups"], row(colleague)["first_name"]) == (["publishers"], "Nour")


def test_a_manager_deactivates_a_colleague_and_cannot_delete_one(manager):
    colleague = member("editors")
    assert "Accounts are never deleted" in text(manager.get(page(colleague)))
    send(manager, page(colleague), drop=["is_active"])
    assert not row(colleague)["is_active"]
    assert manager.post(page(colleague, "delete"), {"post": "yes"}).status_code == 403
    assert "delete_selected" not in text(manager.get(LIST))


def test_not_even_a_superuser_deletes_an_account(chief):
    colleague = member("editors")
    assert chief.post(page(colleague, "delete"), {"post": "yes"}).status_code == 403
    chief.post(LIST, {"action": "delete_selected", "_selected_action": colleague.pk, "post": "yes"})
    assert User.objects.filter(pk=colleague.pk).exists()


def test_a_manager_sets_a_colleagues_password(manager, client):
    colleague = member("editors")
    form = {"password1": NEW, "password2": NEW, "usable_password": "true", "set-password": "1"}
    assert manager.post(page(colleague, "password_change"), form).status_code == 302
    assert User.objects.get(pk=colleague.pk).check_password(NEW)


def test_a_manager_changes_their_own_password_where_everybody_does(manager):
    form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert manager.post("/admin/password_change/", form).status_code == 302
    assert User.objects.get(pk=manager.user.pk).check_password(NEW)


# What a manager can't raise -------------------------------------------------------------------------------------


@pytest.fixture(params=["themselves", "a superuser", "another manager", "somebody with rights of their own"])
def above(request, manager):
    """Accounts that a manager sees and can't touch."""
    if request.param == "themselves":
        return manager.user
    if request.param == "a superuser":
        return UserFactory(chief=True)
    if request.param == "another manager":
        return member("managers", "editors")
    user = member("editors")
    user.user_permissions.add(Permission.objects.get(codename="change_user"))
    return user


@pytest.mark.parametrize(
    "crafted",
    [
        {"is_active": ""},
        {"is_active": "on", "is_staff": "on", "groups": ["reporters"]},
        {"is_superuser": "on"},
    ],
    ids=str,
)
def test_whoever_has_rights_that_a_manager_cannot_give_is_out_of_reach(manager, above, crafted):
    before = row(above)
    crafted = {**crafted, "groups": [group(name) for name in crafted.get("groups", [])]}
    answer = manager.post(page(above), {"username": above.username, **crafted, "_save": "1"})
    assert answer.status_code == 403
    assert row(above) == before


@pytest.mark.parametrize("button", ["set-password", "unset-password"])
def test_nor_can_their_password_be_set(manager, above, button):
    form = {"password1": NEW, "password2": NEW, "usable_password": str(button[0] == "s").lower(), button: "1"}
    before = User.objects.get(pk=above.pk).password
    assert manager.get(page(above, "password_change")).status_code == 403
    assert manager.post(page(above, "password_change"), form).status_code == 403
    assert User.objects.get(pk=above.pk).password == before


def test_their_page_says_in_words_why_it_cannot_be_changed(manager):
    assert "only a superuser may change it" in text(manager.get(page(UserFactory(chief=True))))
    assert "This is your own account" in text(manager.get(page(manager.user)))


@pytest.mark.parametrize("field", ["is_superuser", "user_permissions"])
def test_no_form_of_a_manager_has_what_would_raise_somebody(manager, field):
    for address in (ADD, page(member("editors")), page(manager.user), page(UserFactory(chief=True)), LIST):
        shown = text(manager.get(address))
        assert field not in shown
        assert "Superuser status" not in shown


@pytest.mark.parametrize("crafted", [{"is_superuser": "on"}, {"user_permissions": ["1"]}], ids=str)
def test_what_is_sent_all_the_same_is_refused_whole(manager, crafted):
    colleague = member("editors")
    before = row(colleague)
    data = as_served(manager.get(page(colleague)))
    assert manager.post(page(colleague), data | {"first_name": "x"} | crafted).status_code == 403
    assert row(colleague) == before
    assert manager.post(ADD, person(**crafted)).status_code == 403
    assert not User.objects.filter(username="nour").exists()


@pytest.fixture(
    params=["managers", "a group that may manage accounts", "a role that was let manage accounts"]
)
def raising(request, managers):
    if request.param == "managers":
        return managers
    given, _new = Group.objects.get_or_create(name="publishers" if "role" in request.param else "wardens")
    given.permissions.add(Permission.objects.get(codename="change_user"))
    return given


def test_nobody_is_put_into_a_group_that_manages_accounts(manager, raising):
    colleague = member("editors")
    before = row(colleague)
    answer = send(manager, page(colleague), {"groups": [group("editors"), raising.pk]})
    assert "is not one of the available choices" in text(answer)
    assert row(colleague) == before
    send(manager, ADD, person(groups=[raising.pk]), button="_save")
    assert not User.objects.filter(username="nour").exists()


@pytest.mark.parametrize("model", ["group", "permission"])
def test_groups_are_for_superusers(manager, chief, model):
    assert chief.get("/admin/auth/group/").status_code == 200
    address = f"/admin/auth/{model}/"
    for path in (address, f"{address}add/", f"{address}{group('editors')}/change/"):
        assert manager.get(path).status_code in {403, 404}
        assert manager.post(path, {"name": "x"}).status_code in {403, 404}
    assert Group.objects.filter(name="editors").exists()


def test_an_old_form_brings_back_no_right_that_was_taken_away_meanwhile(rf):
    colleague = UserFactory(chief=True)
    account = User.objects.get(pk=colleague.pk)
    User.objects.filter(pk=colleague.pk).update(is_superuser=False)

    class Form:
        changed_data = ["first_name", "groups"]

    account.first_name = "Nour"
    admin.site.get_model_admin(User).save_model(rf.post("/"), account, Form(), change=True)
    assert (row(colleague)["first_name"], row(colleague)["is_superuser"]) == ("Nour", False)


def test_a_superuser_still_gives_every_right(chief):
    colleague = member("editors")
    assert "is_superuser" in text(chief.get(page(colleague)))
    send(chief, page(colleague), {"is_superuser": "on"})
    assert row(colleague)["is_superuser"]
    assert chief.get(page(colleague, "history")).status_code == 200


# What leaks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "password__startswith=a", "password=a", "is_superuser__exact=1", "is_superuser=1", "user_permissions__id=1",
        "groups__permissions__codename=change_user", "email__startswith=a", "logentry__id=1", "_to_field=password",
    ],
)  # fmt: skip
def test_the_list_answers_no_question_about_what_it_does_not_show(manager, chief, query):
    assert manager.get(f"{LIST}?{query}").status_code in {302, 400}
    assert chief.get(f"{LIST}?{query}").status_code in {302, 400}


def test_the_list_is_filtered_by_what_it_shows(manager):
    member("editors", username="nour")
    member("reporters", username="sami")
    shown = text(manager.get(f"{LIST}?groups__id__exact={group('editors')}&is_active__exact=1"))
    assert "nour" in shown
    assert "sami" not in shown


def test_no_page_shows_any_of_a_password(manager, chief):
    colleague = member("editors")
    digest = colleague.password.rpartition("$")[2]
    for address in (page(colleague), LIST, page(colleague, "history"), page(colleague, "password_change")):
        shown = text(manager.get(address))
        assert digest[:6] not in shown
        assert "md5" not in shown


def test_the_history_of_whoever_is_above_stays_closed(manager, above):
    assert manager.get(page(above, "history")).status_code == 403
    assert manager.get(page(member("editors"), "history")).status_code == 200


def test_choosing_from_a_list_offers_nobody_to_an_outsider(outsider, publisher):
    asked = "/admin/autocomplete/?app_label=claims&model_name=claim&field_name=created_by&term=a"
    assert outsider.get(asked).status_code == 403
    assert publisher.get(asked).status_code == 403


@pytest.mark.parametrize("cast", ["reporter", "editor", "publisher", "outsider"])
def test_nobody_else_sees_accounts(request, cast):
    client = request.getfixturevalue(cast)
    for address in (LIST, ADD, page(client.user), page(client.user, "password_change")):
        assert client.get(address).status_code == 403
