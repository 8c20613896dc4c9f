"""The address of a visitor, by which sign-in and the form for readers count attempts."""

import re
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# Some proxies append the port: 198.51.100.1:4711, [2001:db8::1]:4711. An IPv6 address alone has two colons or more.
WITH_PORT = re.compile(r"\[(?P<v6>[^\]]+)\](:\d+)?|(?P<v4>[\d.]+):\d+")
PREFIX_OF_ONE_CLIENT = 64  # bits of an IPv6 address: providers give each customer a network, not one address


def client_address(request: HttpRequest) -> str | None:
    """The visitor's address as the outermost trusted proxy saw it; without a proxy, the address of the connection.

    Each proxy appends the address it saw to X-Forwarded-For. Only the last TRUSTED_PROXIES entries are from our own
    proxies; the visitor may have forged the others. Of an IPv6 address the first address of its /64 is returned.
    """
    peer = request.META.get("REMOTE_ADDR") or None
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if settings.TRUSTED_PROXIES and len(hops) >= settings.TRUSTED_PROXIES:
        return read_client_address(hops[-settings.TRUSTED_PROXIES]) or read_client_address(peer)
    return read_client_address(peer)


def read_client_address(text: str | None) -> str | None:
    """The address in one entry of X-Forwarded-For, without its port; None if there is none."""
    if (match := WITH_PORT.fullmatch(text or "")) is not None:
        text = match["v6"] or match["v4"]
    try:
        address = ip_address(text or "")
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), PREFIX_OF_ONE_CLIENT), strict=False).network_address)
    return str(address)
