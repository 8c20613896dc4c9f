"""The one FilterSet: what it finds, what it offers, how it counts, and how it says that it cannot."""

from datetime import date

import pytest
from django.http import QueryDict

from claims.actions import rescore_claims
from claims.domain.vocabulary import ClaimKind, ClaimStanding
from claims.filters import RELEVANCE, SORTS, ClaimFilter
from claims.models import Claim, Place, Speaker, Topic
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.claim_lists import ORDERS, ClaimGaps
from tests.factories import (
    NOW,
    ClaimFactory,
    EvidenceFactory,
    EvidenceLinkFactory,
    PlaceFactory,
    SpeakerFactory,
    StatementFactory,
    TopicFactory,
)
from tests.syria import load_for_a_module

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
STORED, COMPUTED = AsOfDay(TODAY), AsOfDay(TODAY, asked=True)
both = pytest.mark.parametrize("day", [STORED, COMPUTED], ids=["stored", "computed"])

loaded = pytest.fixture(load_for_a_module, scope="module", autouse=True)


@pytest.fixture(scope="module", autouse=True)
def scored(loaded, django_db_blocker):
    with django_db_blocker.unblock():
        rescore_claims(Claim.objects.all(), as_of=TODAY, now=NOW)


def ask(query="", day=STORED):
    return ClaimFilter(QueryDict(query), gaps=ClaimGaps(Claim.objects.published(), day))


def found(query, day=STORED):
    return set(ask(query, day).qs)


def by(**lookup):
    return set(Claim.objects.published().filter(**lookup))


def test_without_questions_every_published_claim_is_found():
    assert found("") == by()


QUESTIONS = [
    ("speaker=antony-blinken", {"statement__speaker__slug": "antony-blinken"}),
    ("standing=expert", {"statement__speaker__standing": "expert"}),
    ("standing=expert&standing=official", {"statement__speaker__standing__in": ["expert", "official"]}),
    ("kind=priority", {"kind": "priority"}),
    ("kind=priority&kind=fact", {"kind__in": ["priority", "fact"]}),
    ("state=insufficient&state=mixed", {"gap__state__in": ["insufficient", "mixed"]}),
    ("gap_min=50", {"gap__headline__gte": 50}),
    ("gap_max=50", {"gap__headline__lte": 50}),
    ("gap_min=30&gap_max=70", {"gap__headline__range": (30, 70)}),
    ("kind=priority&gap_min=50", {"kind": "priority", "gap__headline__gte": 50}),
    ("said_from=2025", {"statement__said_on__last__gte": "2025-01-01"}),
    ("said_to=2021", {"statement__said_on__first__lte": "2021-12-31"}),
    ("sort=latest", {}),
    ("speaker=&topic=&kind=&gap_min=&q=&sort=", {}),
]


@both
@pytest.mark.parametrize(("query", "lookup"), QUESTIONS, ids=[query for query, _ in QUESTIONS])
def test_a_question_finds_what_it_asks_for(query, lookup, day):
    assert found(query, day) == by(**lookup)


def test_two_speakers_are_either():
    slugs = list(
        Speaker.objects.filter(statements__claims__in=by()).distinct().values_list("slug", flat=True)
    )
    assert found("&".join(f"speaker={slug}" for slug in slugs)) == by()


def test_a_topic_holds_what_lies_within_it():
    whole = TopicFactory(name="Whole")
    part = TopicFactory(name="Part", parent=whole)
    claim = ClaimFactory(published=True)
    claim.topics.add(whole, part)
    assert found("topic=whole") == found("topic=part") == {claim}
    assert ask("topic=whole").qs.count() == 1


def test_a_place_holds_what_lies_within_it():
    country = PlaceFactory(name="Land")
    province = PlaceFactory(name="Province", parent=country)
    town = PlaceFactory(name="Town", parent=province)
    claim = ClaimFactory(published=True)
    claim.places.add(town, province)
    assert found("place=land") == found("place=province") == found("place=town") == {claim}
    assert ask("place=land").qs.count() == 1


def test_words_and_other_questions_narrow_each_other():
    claim = next(iter(by(kind="priority")))
    word = claim.proposition.split()[0]
    assert claim in found(f"q={word}&kind=priority")
    assert found(f"q={word}&kind=denial") <= by(kind="denial")


# Order


@both
@pytest.mark.parametrize("order", ORDERS)
def test_the_keys_come_in_the_order_asked_for(order, day):
    asked = ask(f"sort={order}", day)
    assert list(asked.keys) == list(asked.gaps.sorted(asked.qs, order))


def test_every_order_offered_can_be_given_and_the_newest_come_first_unasked():
    assert {name for name, _ in SORTS} == {RELEVANCE, *ORDERS}
    assert ask("").order == ask("sort=nonsense").order == "latest"


# Refusals


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("gap_min=-1", "gap_min", "greater than or equal to 0"),
        ("gap_max=101", "gap_max", "less than or equal to 100"),
        ("gap_min=much", "gap_min", "Enter a number"),
        ("gap_min=NaN", "gap_min", "Enter a number"),
        ("gap_min=1e999", "gap_min", "less than or equal to 100"),
        ("said_from=soon", "said_from", "is not a date. Write a day"),
        ("said_to=2021-02-30", "said_to", "is not in the calendar"),
        ("kind=opinion", "kind", "opinion is not one of the available choices"),
        ("state=true", "state", "true is not one of the available choices"),
        ("sort=random", "sort", "random is not one of the available choices"),
        ("topic=nowhere", "topic", "not one of the available choices"),
        ("speaker=nobody", "speaker", "nobody is not one of the available choices"),
        ("q=" + "x" * 201, "q", "at most 200 characters"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words_beside_its_field(query, field, words):
    asked = ask(query)
    assert list(asked.form.errors) == [field]
    assert words in asked.form.errors[field][0]


def test_what_was_refused_filters_nothing_and_the_rest_still_does():
    assert found("gap_min=much&kind=priority") == by(kind="priority")


# What is not published does not exist


@pytest.fixture
def hidden():
    """A draft, and a published claim of a draft statement, each of things that nothing else speaks of."""
    claims = [
        ClaimFactory(statement=StatementFactory(published=True, speaker=SpeakerFactory(name="Secret one"))),
        ClaimFactory(published=True, statement=StatementFactory(speaker=SpeakerFactory(name="Secret two"))),
    ]
    for claim in claims:
        claim.topics.add(TopicFactory(name=f"Secret {claim.pk}"))
        claim.places.add(
            PlaceFactory(name=f"Secret {claim.pk}", parent=PlaceFactory(name=f"Secret land {claim.pk}"))
        )
        EvidenceLinkFactory(claim=claim, evidence=EvidenceFactory(published=True), stance=-2)
    rescore_claims(Claim.objects.all(), as_of=TODAY, now=NOW)
    return claims


@both
def test_nothing_unpublished_is_offered_as_a_choice(hidden, day):
    form = ask("", day).form
    for name, model in {"speaker": Speaker, "topic": Topic, "place": Place}.items():
        offered = form.fields[name].queryset
        assert offered.exists()
        assert not set(offered) & set(model.objects.filter(name__startswith="Secret"))


@pytest.mark.parametrize("name", ["speaker", "topic", "place"])
def test_asking_for_something_unpublished_is_refused_as_if_it_were_not_there(hidden, name):
    slugs = {
        "speaker": "secret-one",
        "topic": hidden[0].topics.get().slug,
        "place": hidden[0].places.get().slug,
    }
    (there,) = ask(f"{name}={slugs[name]}").form.errors[name]
    (not_there,) = ask(f"{name}=nothing-at-all").form.errors[name]
    assert there.replace(slugs[name], "x") == not_there.replace("nothing-at-all", "x")


@both
@pytest.mark.parametrize("query", ["", "q=assistance", "gap_min=0", "state=insufficient", "kind=fact"])
def test_nothing_unpublished_is_found_or_counted(hidden, query, day):
    asked = ask(query, day)
    assert not set(asked.qs) & set(hidden)
    assert not set(asked.keys) & {claim.pk for claim in hidden}
    assert sum(asked.counts("state", "gap__state").values()) <= len(by())


def test_on_another_day_nothing_said_later_is_offered_or_accepted():
    early = AsOfDay(date(2021, 12, 31), asked=True)
    offered = ask("", early).form.fields["speaker"].queryset
    assert set(offered) == set(
        Speaker.objects.filter(statements__claims__in=Claim.objects.known_by(early.date))
    )
    assert offered.count() < ask("").form.fields["speaker"].queryset.count()


# Facets


FACETS = [
    ("kind", "kind"),
    ("standing", "statement__speaker__standing"),
    ("speaker", "statement__speaker__slug"),
]


@both
@pytest.mark.parametrize(
    "query", ["", "kind=priority", "gap_min=30", "standing=official&q=the", "state=insufficient"]
)
@pytest.mark.parametrize(("name", "column"), [*FACETS, ("state", "gap__state")])
def test_the_counts_of_a_facet_add_up_to_what_is_found_without_it(name, column, query, day):
    rest = "&".join(part for part in query.split("&") if not part.startswith(f"{name}="))
    counts = ask(query, day).counts(name, column)
    assert sum(counts.values()) == len(found(rest, day))
    assert all(counts.values())


@both
def test_a_count_is_what_choosing_it_finds(day):
    terms = {"kind": ClaimKind, "standing": ClaimStanding}
    for name, column in FACETS[:2]:
        counts = ask("gap_min=30", day).counts(name, column)
        for term in terms[name]:
            assert len(found(f"gap_min=30&{name}={term}", day)) == counts.get(term.value, 0)


@both
def test_words_of_a_vague_day_are_found_by_every_day_that_they_may_be_of(day):
    month = ClaimFactory(published=True, statement=StatementFactory(published=True, said_on="2020-02"))
    rescore_claims(Claim.objects.all(), as_of=TODAY, now=NOW)
    assert month in found("said_from=2020-02-29", day)
    assert month in found("said_to=2020-02-01", day)
    assert month not in found("said_from=2020-03", day)
    assert month not in found("said_to=2020-01", day)
