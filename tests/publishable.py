"""The base of the factories of records that are drafted, reviewed and published."""

import factory
from factory.django import DjangoModelFactory

from tests.people import NOW, UserFactory


def second_person():
    """The columns of a published record: one person wrote it, another approved it."""
    return {
        "status": "published",
        "created_by": factory.SubFactory(UserFactory, editor=True),
        "changed_by": factory.SelfAttribute("created_by"),
        "submitted_by": factory.SelfAttribute("created_by"),
        "submitted_at": NOW,
        "published_at": NOW,
        "published_by": factory.SubFactory(UserFactory, publisher=True),
        "approved_by": factory.SelfAttribute("published_by"),
    }


class PublishableFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    class Params:
        in_review = factory.Trait(
            status="in_review",
            created_by=factory.SubFactory(UserFactory, editor=True),
            changed_by=factory.SelfAttribute("created_by"),
            submitted_by=factory.SelfAttribute("created_by"),
            submitted_at=NOW,
        )
        published = factory.Trait(**second_person())
        withdrawn = factory.Trait(
            status="withdrawn",
            published_at=NOW,
            withdrawn_at=NOW,
            withdrawn_by=factory.SubFactory(UserFactory, publisher=True),
            withdrawal_reason="The record could not be confirmed.",
        )
