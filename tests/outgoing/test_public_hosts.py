"""Which addresses are fetched: of the web, with a name, on machines that anybody may reach."""

import pytest

from claims.outgoing.public_hosts import find_machines, is_public, read_target
from claims.outgoing.rules import FetchFault, OutgoingRules

RULES = OutgoingRules(user_agent="x")


def fault(address, rules=RULES):
    with pytest.raises(FetchFault) as refused:
        find_machines(read_target(address, rules), rules, 5)
    return str(refused.value)


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "168.63.129.16",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "fe80::1", "fe80::1%eth0", "fc00::1",
        "fd00:ec2::254", "ff02::1", "2002:7f00:1::", "2001:0:4136:e378::", "64:ff9b::7f00:1", "64:ff9b:1::1",
        "2001:db8::1", "fec0::1",
    ],
)  # fmt: skip
def test_numbers_that_are_not_of_the_public_web(number):
    assert not is_public(number)


@pytest.mark.parametrize(
    "number", ["93.184.215.14", "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_numbers_of_the_public_web(number):
    assert is_public(number)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/",
        "http://169.254.169.254/latest/meta-data/", "http://[::]/",
    ],
)  # fmt: skip
def test_numbers_in_addresses_are_held_against_the_same_rule(address):
    assert "is not on the public web" in fault(address)


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0177.0.0.1", "0x7f.1", "0x7f000001", "127.1", "127.0.0.01", "1.2.3.4.5", "1.2.3.256"],
)
def test_unusual_numbers_are_not_even_read(host):
    assert fault(f"http://{host}/") == "The address names a machine by an unusual number. Give its name."


@pytest.mark.parametrize("host", ["localhost", "localhost.", "LOCALHOST", "intranet", "ｌｏｃａｌｈｏｓｔ"])
def test_names_of_the_own_network(host):
    assert fault(f"http://{host}/") == "The address names a machine of this network, not of the web."


@pytest.mark.parametrize("host", ["１２７.0.0.1", "127。0。0。1", "①②⑦.0.0.1"])
def test_letters_that_browsers_read_as_a_number(host):
    assert "is not on the public web" in fault(f"http://{host}/")


def test_a_name_that_leads_to_a_public_and_to_a_private_machine(names):
    names("both.example", ["93.184.215.14", "10.0.0.1"])
    assert fault("http://both.example/").startswith(
        "both.example leads to a machine that is not on the public web"
    )


def test_a_name_that_leads_nowhere():
    assert fault("http://nowhere.invalid/").startswith("There is no machine called nowhere.invalid.")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("ftp://news.example/", "Give an address that begins with http:// or https://."),
        ("file:///etc/passwd", "Give an address that begins with http:// or https://."),
        ("gopher://127.0.0.1:70/", "Give an address that begins with http:// or https://."),
        ("news.example", "Give an address that begins with http:// or https://."),
        ("http://ann:secret@news.example/", "leave out what stands before the @"),
        ("http://news.example@127.0.0.1/", "leave out what stands before the @"),
        ("http://news.example:22/", "The address names port 22; only these are fetched: 80, 443."),
        ("http://news.example:99999/", "The address cannot be read"),
        ("http://news.example:x/", "The address cannot be read"),
        ("http://news.example\\@127.0.0.1/", "a backslash"),
        ("http://news.example/\r\nHost: x", "a control character"),
        ("http://news.example/\0", "a control character"),
        ("http://news example/", "a blank"),
        ("http:///path", "names a machine of this network"),
        ("http://news..example/", "The address names no machine"),
        ("http://-x.example/", "The address names no machine"),
        ("http://news.example%2e/", "The address names no machine"),
        ("http://[::1", "The address cannot be read"),
        ("http://[fe80::1%25eth0]/", "The address names no machine"),
        ("http://news.example/" + "x" * 3000, "longer than 2000 letters"),
    ],
)
def test_addresses_that_are_refused_say_why(address, words):
    assert words in fault(address)


def test_the_password_of_an_address_is_not_repeated():
    assert "secret" not in fault("http://ann:secret@news.example/")


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("HTTP://News.Example./a b"[:-2], "http://news.example/a"),
        (" https://news.example ", "https://news.example/"),
        ("https://bücher.example/ä?q=ß", "https://xn--bcher-kva.example/%C3%A4?q=%C3%9F"),
        ("https://أخبار.example/", "https://xn--igbicxr.example/"),
        ("http://news.example:80/x#part", "http://news.example/x"),
        ("https://news.example:443/%C3%A4", "https://news.example/%C3%A4"),
        ("http://1.1.1.1/", "http://1.1.1.1/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
    ],
)
def test_addresses_are_read_as_browsers_read_them(address, read):
    assert str(read_target(address, RULES)) == read


def test_a_question_for_a_name_that_is_not_answered_ends(monkeypatch):
    import socket
    import threading

    waits = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: waits.wait(10))
    with pytest.raises(FetchFault, match="was not found in time"):
        find_machines(read_target("http://slow.example/", RULES), RULES, 0.05)
    waits.set()
