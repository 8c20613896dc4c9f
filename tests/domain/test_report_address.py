"""Which web addresses are the same page."""

import pytest

from claims.domain.report_address import canonical_address

ONE = "reports.example/syria/2021?id=7"


@pytest.mark.parametrize(
    "address",
    [
        "https://reports.example/syria/2021?id=7",
        "http://reports.example/syria/2021?id=7",
        "HTTPS://WWW.Reports.Example/syria/2021?id=7",
        "https://reports.example:443/syria/2021/?id=7",
        "https://reports.example/syria/2021?id=7#paragraph-3",
        "https://reports.example/syria/2021?utm_source=x&id=7&utm_campaign=y",
        "https://reports.example/syria/2021?fbclid=abc&id=7&gclid=d&mc_cid=e&msclkid=f&gbraid=g",
        "  https://reports.example/syria/2021//?id=7& ",
    ],
)
def test_what_leads_to_one_page_is_one_address(address):
    assert canonical_address(address) == ONE


@pytest.mark.parametrize(
    "address",
    [
        "https://reports.example/syria/2022?id=7",
        "https://reports.example/Syria/2021?id=7",
        "https://reports.example/syria/2021?id=8",
        "https://reports.example/syria/2021",
        "https://ar.reports.example/syria/2021?id=7",
    ],
)
def test_another_page_is_another_address(address):
    assert canonical_address(address) != ONE


def test_the_order_of_parameters_and_escapes_of_letters_make_no_difference():
    assert canonical_address("https://a.example/?b=2&a=1") == canonical_address(
        "http://www.a.example?a=1&b=2"
    )
    escaped = canonical_address("https://a.example/%D8%AF%D9%85%D8%B4%D9%82")
    assert escaped == canonical_address("https://a.example/دمشق")
    assert canonical_address("https://a.example/%ff") == canonical_address("https://a.example/%FF")


def test_no_address_is_none():
    assert canonical_address("") == canonical_address("   ") == ""
