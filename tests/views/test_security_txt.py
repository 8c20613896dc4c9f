from datetime import UTC, datetime, timedelta

import pytest

ADDRESS = "/.well-known/security.txt"


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        ("desk@example.org", "Contact: mailto:desk@example.org"),
        ("https://example.org/contact", "Contact: https://example.org/contact"),
    ],
)
def test_who_finds_a_weakness_learns_whom_to_tell(client, settings, contact, line):
    settings.SITE_CONTACT = contact
    response = client.get(ADDRESS)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == line
    expires = datetime.fromisoformat(lines[1].removeprefix("Expires: "))
    assert timedelta(days=170) < expires - datetime.now(UTC) < timedelta(days=365)


def test_without_a_contact_there_is_no_such_file(client, settings):
    settings.SITE_CONTACT = ""
    assert client.get(ADDRESS).status_code == 404
