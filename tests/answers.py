"""Test data: factories for replies and the texts about the site."""

import factory

from claims import models
from tests.publishable import PublishableFactory


class ReplyFactory(PublishableFactory):
    class Meta:
        model = models.Reply

    claim = factory.SubFactory("tests.factories.ClaimFactory", published=True)
    text = factory.Sequence("The figures leave out the north, {}.".format)
    answered_on = "2026-10-01"
    url = factory.Sequence("https://ministry.example/{}".format)


class AboutFactory(PublishableFactory):
    class Meta:
        model = models.About

    subject = factory.Iterator(["run", "paid", "complaints", "corrections"])
    text = "Three editors in Berne."
