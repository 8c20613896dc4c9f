"""Test data: accounts with their groups, and the moment at which tests take place."""

from datetime import UTC, datetime
from typing import Any

import factory
from django.contrib.auth.models import Group, User
from django.test import Client
from factory.django import DjangoModelFactory, Password

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PASSWORD = "correct horse battery staple"


def member_of(name):
    """Put the user into a group after it is stored."""
    return factory.PostGeneration(
        lambda user, create, extracted, **kwargs: create and user.groups.add(Group.objects.get(name=name))
    )


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        django_get_or_create = ("username",)
        skip_postgeneration_save = True

    class Params:
        reporter = factory.Trait(username=factory.Sequence("reporter{}".format), group=member_of("reporters"))
        editor = factory.Trait(username=factory.Sequence("editor{}".format), group=member_of("editors"))
        publisher = factory.Trait(
            username=factory.Sequence("publisher{}".format), group=member_of("publishers")
        )
        chief = factory.Trait(username=factory.Sequence("chief{}".format), is_superuser=True)

    username = factory.Sequence("user{}".format)
    password = Password(PASSWORD)
    is_staff = True


def signed_in(user: User) -> Any:
    """A test client in which the user is signed in. Its attribute `user` is the user."""
    client: Any = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.user = user
    return client
