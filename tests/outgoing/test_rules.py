"""What the settings make of requests to other sites."""

import pytest

from claims.outgoing.rules import FetchFault, site_rules


def test_a_site_that_cannot_be_reached_visits_nobody(settings):
    settings.SITE_CONTACT, settings.DEMO = "", False
    with pytest.raises(FetchFault, match="SITE_CONTACT"):
        site_rules()


def test_the_contact_is_in_the_name_that_other_sites_see(settings):
    settings.SITE_CONTACT, settings.DEMO = "desk@example.org", False
    assert site_rules().user_agent == "WordsAndGround/1 (+desk@example.org)"


def test_a_contact_of_any_letters_fits_a_header(settings):
    settings.SITE_CONTACT = "https://أخبار.example/desk"
    assert site_rules().user_agent.isascii()


def test_no_setting_opens_the_own_network(settings):
    settings.SITE_CONTACT, settings.OUTGOING_PORTS = "desk@example.org", [80, 443, 8080]
    assert site_rules().ports == {80, 443, 8080}
    assert site_rules().also_allowed == frozenset()
