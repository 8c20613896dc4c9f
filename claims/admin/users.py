"""Accounts and groups. A manager cannot give anybody more rights than the desk's own groups grant."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

ROLES = ("reporters", "editors", "publishers")
RAISING = ("is_superuser", "user_permissions")
# The lookups allowed in a list's address. Others would allow guessing values letter by letter.
FILTERS = ("is_active__exact", "is_staff__exact", "groups__id__exact", "groups__isnull")


def grantable_groups() -> QuerySet[Group]:
    """The groups that a manager may assign: those of the desk, and only while they grant no rights on accounts."""
    return Group.objects.filter(name__in=ROLES).exclude(permissions__content_type__app_label="auth")


def may_manage_account(actor: Any, account: User) -> bool:
    """Whether the actor may change the account.

    Who sets a password can act as the account, so it must not have rights that the actor could not grant.
    """
    if actor.is_superuser:
        return True
    if account.is_superuser or account.pk == actor.pk or account.user_permissions.exists():
        return False
    return not account.groups.exclude(pk__in=grantable_groups()).exists()


class NewAccountForm(UserCreationForm):
    """A new account with its password. There is no other way to sign in."""

    class Meta(UserCreationForm.Meta):
        fields = ("username", "first_name", "last_name", "email", "is_staff", "groups")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_staff"].initial = True


class AccountAdmin(UserAdmin):
    add_form = NewAccountForm
    add_form_template = None
    list_display = ("username", "email", "first_name", "last_name", "is_active", "last_login")
    list_filter = ("is_active", "is_staff", "groups")
    person = (_("Person"), {"fields": ("username", "first_name", "last_name", "email")})
    work = {
        "fields": ("is_active", "is_staff", "groups"),
        "description": _(
            "Accounts are never deleted, because records name them: take “active” away instead, which signs the "
            "person out everywhere. Reporters enter, editors also delete drafts, publishers decide what readers see."
        ),
    }
    add_fieldsets = (
        (
            _("Person"),
            {
                "fields": ("username", "first_name", "last_name", "email"),
                "description": _(
                    "One account for each person. They sign in with the name, and records name them by it."
                ),
            },
        ),
        (
            _("What they may do"),
            {
                "fields": ("is_staff", "groups"),
                "description": _(
                    "Reporters enter, editors also delete drafts, publishers decide what readers see."
                ),
            },
        ),
        (
            _("First password"),
            {
                "fields": ("password1", "password2"),
                "description": _(
                    "Hand it over in person or by telephone; they choose their own under “Change password”."
                ),
            },
        ),
    )

    # Who may do what ---------------------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and (
            obj is None or may_manage_account(request.user, obj)
        )

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False  # nobody deletes accounts; a deactivated account keeps its name on records

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        return lookup in FILTERS and super().lookup_allowed(lookup, value, request)

    def changeform_view(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_superuser and any(name in request.POST for name in RAISING):
            raise PermissionDenied  # their pages have no such field
        return super().changeform_view(request, *args, **kwargs)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        account = self.get_object(request, unquote(object_id))
        if account is not None and not may_manage_account(request.user, account):
            raise PermissionDenied  # the history reveals who became a superuser, and when
        return super().history_view(request, object_id, extra_context)

    # What a page shows -------------------------------------------------------------------------------------

    def get_fieldsets(self, request: Any, obj: User | None = None) -> Any:
        if obj is None or request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        if not may_manage_account(request.user, obj):
            return [(self.person[0], {**self.person[1], "description": self._why_not(request, obj)})]
        return [
            self.person,
            (_("What they may do"), self.work),
            (_("Password"), {"fields": ("new_password",)}),
        ]

    def get_readonly_fields(self, request: Any, obj: User | None = None) -> Any:
        return ("last_login", "date_joined", "new_password")

    def _why_not(self, request: HttpRequest, obj: User) -> Any:
        if obj.pk == request.user.pk:
            return _(
                "This is your own account. Your password is yours to change, with “Change password” above; for "
                "anything else ask another manager or a superuser."
            )
        return _("This account has rights that you can't give, so only a superuser may change it.")

    @admin.display(description=_("Password"))
    def new_password(self, obj: User) -> str:
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:auth_user_password_change", args=[obj.pk]),
            _("Set a new one, which signs the person out everywhere"),
        )

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name != "groups":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        offered = Group.objects.all() if request.user.is_superuser else grantable_groups()
        return forms.ModelMultipleChoiceField(
            offered.order_by("name"),
            required=False,
            label=_("Groups"),
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Rights come from groups alone; without one, a person can sign in and see nothing."),
        )

    # Writing -----------------------------------------------------------------------------------------------

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Save only the fields that were changed.

        A form opened earlier must not restore rights that were taken away since.
        """
        if not change:
            return super().save_model(request, obj, form, change)
        own = {field.name for field in obj._meta.concrete_fields}
        obj.save(update_fields=[name for name in form.changed_data if name in own])
        return None


class RolesAdmin(GroupAdmin):
    """The pages of groups. Only the operator may change what a group grants."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return request.user.is_superuser


admin.site.unregister([User, Group])
admin.site.register(User, AccountAdmin)
admin.site.register(Group, RolesAdmin)
