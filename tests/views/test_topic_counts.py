"""A topic's number of claims is the same in the list of topics, in its parent, in filters and on its own page."""

import re

import pytest

from claims.models import Topic
from tests.factories import ClaimFactory, TopicFactory

pytestmark = pytest.mark.django_db


def counts_in_list(page):
    """Each topic's number in the list of topics."""
    found = {}
    for item in page.all("li", "report"):
        (number,) = re.findall(r"(\d+) claims?\b", item.one("p", "meta").text)
        found[item.one("h2").text] = int(number)
    return found


def counts_by_verdict(page):
    """The sum of the bar by verdict; nothing where there is no bar."""
    return [
        sum(int(each.text) for each in bar.one("ul").all("b")) for bar in page.all("nav", "verdict-counts")
    ]


def check_every_topic(look, query=""):
    listed = counts_in_list(look(f"/topics/{query}"))
    assert listed
    for name, number in listed.items():
        topic = Topic.objects.get(name=name)
        page = look(f"{topic.get_absolute_url()}{query}")
        assert set(counts_by_verdict(page)) <= {number}, name
        assert len(page.all("li", "claim-row")) == number, name
        found = look(f"/claims/{query or '?'}&topic={topic.slug}".replace("?&", "?"))
        assert f"{number} claim" in found.one(id_="told").text, name
        for child in topic.children.all():
            if child.name in listed:
                assert f"{child.name} {listed[child.name]}" in page.main.text


@pytest.mark.usefixtures("syria")
@pytest.mark.parametrize("query", ["", "?as_of=2023-12-31"])
def test_every_topic_of_the_dossier_has_one_count(look_again, query):
    check_every_topic(look_again, query)


def test_a_claim_of_a_parent_and_its_child_counts_once_in_each(look):
    parent = TopicFactory(name="Aid")
    child = TopicFactory(name="Corridors", parent=parent)
    ClaimFactory(published=True).topics.set([parent, child])
    ClaimFactory(published=True).topics.set([child])
    ClaimFactory().topics.set([child])
    check_every_topic(look)
