"""What lies within a topic or a place, at any depth."""

from datetime import date

import pytest

from claims.models import Claim, Place, Topic
from claims.records.page_visibility import visible_refs
from tests import factories as f

pytestmark = pytest.mark.django_db
DEPTH = 5


def chain(factory):
    """Each within the one before it."""
    nodes = [factory(name="node 0")]
    for number in range(1, DEPTH):
        nodes.append(factory(name=f"node {number}", parent=nodes[-1]))
    return nodes


@pytest.mark.parametrize(("factory", "model"), [(f.TopicFactory, Topic), (f.PlaceFactory, Place)])
def test_within_gives_the_node_and_all_below_it(factory, model, django_assert_num_queries):
    nodes, other = chain(factory), factory(name="beside")
    with django_assert_num_queries(1):
        assert set(model.objects.within(nodes[1])) == set(nodes[1:])
    assert set(model.objects.within(other)) == {other}


@pytest.mark.parametrize(("factory", "model"), [(f.TopicFactory, Topic), (f.PlaceFactory, Place)])
def test_nodes_that_lie_within_each_other_end_the_descent(factory, model):
    nodes = chain(factory)
    model.objects.filter(pk=nodes[0].pk).update(parent=nodes[-1])
    assert set(model.objects.within(nodes[2])) == set(nodes)
    assert model.objects.ancestor_keys({nodes[2].pk}) == {node.pk for node in nodes}


@pytest.mark.parametrize(
    ("factory", "field", "kind"), [(f.TopicFactory, "topics", "topic"), (f.PlaceFactory, "places", "place")]
)
def test_a_claim_opens_the_pages_of_all_that_its_topics_and_places_lie_within(factory, field, kind):
    nodes, beside = chain(factory), factory(name="beside")
    claim = f.ClaimFactory(published=True)
    getattr(claim, field).set([nodes[-1]])
    refs = {(kind, node.slug) for node in [*nodes, beside]}
    assert visible_refs(refs, date.max) == refs - {(kind, beside.slug)}
    model = type(beside)
    assert set(model.objects.holding(Claim.objects.all(), field)) == set(nodes)
    pairs = Claim.objects.filter(**{f"{field}__isnull": False}).values_list("pk", field)
    assert model.objects.counts_within(pairs) == {node.pk: 1 for node in nodes}
