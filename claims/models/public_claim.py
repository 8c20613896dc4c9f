"""The rows by which public lists filter, sort and count. Triggers keep them: see `claims.models.kept_rows`."""

from datetime import date
from enum import IntEnum
from typing import Any, Final, Self

from django.db import models

from .claim import Claim
from .fields import PartialDateField
from .place import Place
from .speaker import Speaker
from .statement import Statement
from .topic import Topic

NEVER: Final = date.min  # the day on which a gap moved that has not


def kept_reference(model: type[models.Model], **options: Any) -> Any:
    """A reference that the database does not enforce: the triggers remove the row together with what it refers to."""
    return models.ForeignKey(
        model, models.DO_NOTHING, db_constraint=False, db_index=False, **{"related_name": "+", **options}
    )


class PublicClaimQuerySet(models.QuerySet["PublicClaim"]):
    def known_by(self, day: date) -> Self:
        """The claims whose words had been said by the day. A month or a year counts from its last day."""
        return self.filter(known_from__lte=day.isoformat())

    def within(self, node: Topic | Place) -> Self:
        """The claims of a topic or a place, and of everything inside it."""
        return self.filter(**{f"{node._meta.model_name}_rows__node": node})


class KeptRow(models.Model):
    """A row that only triggers write."""

    class Meta:
        abstract = True


class PublicClaim(KeptRow):
    """A claim that readers can see, with all that lists read of it, from the claim, its statement, speaker and gap."""

    claim = models.OneToOneField(
        Claim, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="public"
    )
    statement = kept_reference(Statement)
    position = models.PositiveSmallIntegerField()
    speaker = kept_reference(Speaker)
    standing = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    said_on = PartialDateField()
    known_from = models.CharField(max_length=10)  # the last day of `said_on`
    settled_as = models.CharField(max_length=12)
    settled_on = models.DateField(null=True)
    has_answer = models.BooleanField()
    state = models.CharField(max_length=20)  # empty if it was never scored
    tentative = models.BooleanField()
    is_unscored = models.BooleanField()  # has no headline gap
    headline = models.FloatField(null=True)
    doubt = models.FloatField(null=True)
    moved_on = models.DateField()  # NEVER, if it has not moved

    objects = PublicClaimQuerySet.as_manager()

    class Meta:
        # The orders of the list of claims: claims without a verdict are last, and the last column is unique.
        indexes = [
            models.Index(fields=["is_unscored", "-said_on", "statement", "position", "claim"], name="public_latest"),
            models.Index(fields=["is_unscored", "said_on", "statement", "position", "claim"], name="public_earliest"),
            models.Index(fields=["is_unscored", "-headline", "statement", "position", "claim"], name="public_widest"),
            models.Index(
                fields=["is_unscored", "headline", "statement", "position", "claim"], name="public_narrowest"
            ),
            models.Index(fields=["is_unscored", "-doubt", "statement", "position", "claim"], name="public_doubt"),
            models.Index(fields=["-moved_on", "statement", "position", "claim"], name="public_moved"),
            # The list and the page of a speaker.
            models.Index(
                fields=["speaker", "is_unscored", "-said_on", "statement", "position", "claim"],
                name="public_of_speaker",
            ),
            # The list by verdict, largest gap first.
            models.Index(
                fields=["state", "is_unscored", "-headline", "statement", "position", "claim"],
                name="public_of_state",
            ),
            models.Index(fields=["statement"], name="public_of_statement"),  # the page of a statement
            models.Index(fields=["known_from"], name="public_by_day"),  # the first words, and what is not known yet
            models.Index(fields=["settled_on"], name="public_by_settlement"),  # what is not settled yet
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.claim_id)


class PublicClaimNode(KeptRow):
    """That a public claim is about a topic or place, or about one inside it; with the order of the list of its page."""

    is_unscored = models.BooleanField()
    said_on = PartialDateField()
    statement = kept_reference(Statement)
    position = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


def _node_rows(kind: str) -> type[Any]:
    """The options of the rows of topics or places."""

    class Meta:
        unique_together = (("claim", "node"),)
        indexes = [
            models.Index(
                fields=["node", "is_unscored", "-said_on", "statement", "position", "claim"],
                name=f"public_of_{kind}",
            )
        ]

    return Meta


class PublicClaimTopic(PublicClaimNode):
    claim = kept_reference(PublicClaim, related_name="topic_rows")
    node = kept_reference(Topic, related_name="public_rows")

    Meta = _node_rows("topic")


class PublicClaimPlace(PublicClaimNode):
    claim = kept_reference(PublicClaim, related_name="place_rows")
    node = kept_reference(Place, related_name="public_rows")

    Meta = _node_rows("place")


class Scope(IntEnum):
    """Of what claims are counted: of the whole site, or of a speaker, topic or place."""

    SITE = 0
    SPEAKER = 1
    TOPIC = 2
    PLACE = 3


class ClaimCount(KeptRow):
    """How many public claims of a scope have these values. A row whose claims have gone stays, with 0."""

    scope = models.PositiveSmallIntegerField(choices=[(each.value, each.name.capitalize()) for each in Scope])
    node = models.BigIntegerField()  # the key of the speaker, topic or place; 0 for the site
    standing = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=20)
    settled_as = models.CharField(max_length=12)
    claims = models.IntegerField()
    scored = models.IntegerField()  # those with a headline gap
    headlines = models.BigIntegerField()  # the sum of their headline gaps, in millionths

    class Meta:
        unique_together = (("scope", "node", "standing", "kind", "state", "settled_as"),)

    def __str__(self) -> str:
        return f"{self.get_scope_display()} {self.node}: {self.claims}"
